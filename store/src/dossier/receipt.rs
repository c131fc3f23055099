//! Money that came in for a return, with what became of it.

use domain::access::Scope;
use domain::closing::Receipt;
use domain::id::{PersonId, ReceiptId};
use domain::{Money, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait};

use crate::entity::receipt;
use crate::error::Error;
use crate::mapping;
use crate::read::receipt as receipts;
use crate::root::{Named, Place};

/// A receipt as it stands.
#[derive(Debug, Clone)]
pub(crate) struct ReceiptDossier {
    /// Its row.
    pub(crate) row: receipt::Model,
    /// What the domain knows of it.
    pub(crate) receipt: Receipt,
    /// What of it is neither applied nor paid back.
    pub(crate) rest: Money,
}

impl ReceiptDossier {
    /// The receipt `id`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or when a row contradicts itself.
    pub(crate) async fn load(db: &impl ConnectionTrait, id: ReceiptId) -> Result<Self, Error> {
        let row = receipt_row(db, id).await?;
        let amount = mapping::money(row.amount_minor, &row.currency)?;
        let used = receipts::used(db, vec![row.id]).await?;
        let used = used.get(&row.id).copied().unwrap_or_default();
        let rest = amount.minus(Money::of_minor(used, amount.currency()));
        Ok(Self {
            receipt: Receipt {
                programme: row.programme_id.into(),
                payer: row.organization_id.into(),
                amount,
            },
            rest: rest.map_err(Refusal::from)?,
            row,
        })
    }

    /// Requires that `person` is another than who recorded it: whoever says that money came does not
    /// say what it pays.
    ///
    /// # Errors
    /// [`Refusal::SecondPersonRequired`].
    pub(crate) fn ensure_another(&self, person: PersonId) -> Result<(), Refusal> {
        if self.row.recorded_by == Some(person.uuid()) {
            return Err(Refusal::SecondPersonRequired {});
        }
        Ok(())
    }

    /// Requires that it stands and that something of it is left.
    ///
    /// # Errors
    /// [`Refusal::ReceiptTakenBack`] or [`Refusal::NothingOutstanding`].
    pub(crate) fn ensure_rest(&self) -> Result<(), Refusal> {
        if self.row.taken_back_at.is_some() {
            return Err(Refusal::ReceiptTakenBack {});
        }
        if self.rest.is_positive() {
            Ok(())
        } else {
            Err(Refusal::NothingOutstanding {})
        }
    }
}

/// The row of the receipt `id`.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(crate) async fn receipt_row(
    db: &impl ConnectionTrait,
    id: ReceiptId,
) -> Result<receipt::Model, Error> {
    let found = receipt::Entity::find_by_id(id.uuid()).one(db).await?;
    found.ok_or_else(|| Error::not_found("RECEIPT"))
}

/// The place of a command on a receipt: the body that paid is its root and its scope.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such receipt.
pub(crate) async fn place_of_receipt(
    db: &impl ConnectionTrait,
    id: ReceiptId,
) -> Result<Place, Error> {
    let row = receipt_row(db, id).await?;
    let scope = Scope {
        organization: Some(row.organization_id.into()),
        ..Scope::programme(row.programme_id.into())
    };
    let named = Named {
        id: row.id,
        seen: |sight, id| {
            Query::select()
                .column(receipt::Column::Id)
                .from(receipt::Entity)
                .cond_where(receipt::Column::Id.eq(id))
                .cond_where(receipts::seen(sight))
                .to_owned()
        },
    };
    Ok(Place::at("RECEIPT", row.organization_id, scope).named(named))
}
