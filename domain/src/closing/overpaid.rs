//! What earlier determinations of a budget year ordered back, when a later one fixes more.
//!
//! What is fixed after all was never overpaid: as far as it is still outstanding its order is rescinded
//! in the same act. What was returned already, or given up, is not the award's any more, and no
//! determination makes it so by silence.

use super::{ReturnOrder, YearMoney};
use crate::money::{Money, MoneyError};
use crate::refusal::Refusal;

impl YearMoney {
    /// What of each of `orders`, those for overpayment of the year in the order of their making, the
    /// award keeps when `fixed` is fixed: of the latest order first.
    ///
    /// # Errors
    /// [`Refusal::FixedAfterReturn`] when it would keep what is not outstanding any more; otherwise
    /// when the amounts do not fit.
    pub(super) fn kept_of(
        &self,
        orders: &[ReturnOrder],
        fixed: Money,
    ) -> Result<Vec<Money>, Refusal> {
        let mut left = self.overpaid_after_all(orders, fixed)?;
        let mut kept = Vec::with_capacity(orders.len());
        for order in orders.iter().rev() {
            let part = left.lesser(order.outstanding()?)?;
            left = left.minus(part)?;
            kept.push(part);
        }
        if left.is_positive() {
            return Err(Refusal::FixedAfterReturn {
                returned: left.amount(),
            });
        }
        kept.reverse();
        Ok(kept)
    }

    /// What `orders` ordered back of `fixed`. What was ordered back for other reasons than overpayment
    /// is not kept, whatever is fixed.
    fn overpaid_after_all(
        &self,
        orders: &[ReturnOrder],
        fixed: Money,
    ) -> Result<Money, MoneyError> {
        let currency = fixed.currency();
        let stand = orders.iter().map(ReturnOrder::stands);
        let stand = Money::sum(currency, stand.collect::<Result<Vec<_>, _>>()?)?;
        let otherwise = self.ordered_back.excess_over(stand)?;
        let held = self.advanced.plus(self.granted)?;
        let missing = fixed.excess_over(held.plus(otherwise)?)?;
        missing.lesser(stand)
    }
}
