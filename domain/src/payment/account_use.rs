//! Whether a payee was paid before, as banks ask (新規コード).

use crate::id::PayeeAccountId;

/// Whether the payee was paid before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountUse {
    /// The first payment to this payee.
    First,
    /// The payee's account was changed since the last one.
    Changed,
    /// The same account as last time.
    Same,
}

impl AccountUse {
    /// What a payment to the account `now` is after the last one to `before`.
    #[must_use]
    pub fn after(before: Option<PayeeAccountId>, now: PayeeAccountId) -> Self {
        match before {
            None => Self::First,
            Some(before) if before == now => Self::Same,
            Some(_) => Self::Changed,
        }
    }
}
