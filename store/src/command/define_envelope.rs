//! Appropriates money to a theme for a fiscal year, and records the consultation on its payment.

use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::id::{EnvelopeId, ThemeId};
use domain::ledger::{Account, RecordKind, TransferKind};
use domain::{Money, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    Set,
};
use serde::{Deserialize, Serialize};

use crate::dossier::{ensure_year_open, place_of_theme};
use crate::entity::{envelope, programme, theme};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::persist::ledger::{self, Posting};
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Appropriates money to a theme. Nothing may be appropriated at first: such an envelope takes in what
/// is carried over into its year. Run again for the same year it is a supplementary appropriation, or
/// records the reference of the consultation alone (then the amount is zero).
#[derive(Debug, Clone, Serialize)]
pub struct DefineEnvelope {
    /// The theme.
    pub theme: ThemeId,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The amount appropriated now.
    pub appropriated: Money,
    /// Reference of the consultation on payment by estimate (Accounts Act, art. 22).
    pub consultation_reference: Option<String>,
}

/// An envelope has its money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeDefined {
    /// The envelope.
    pub envelope: EnvelopeId,
    /// What may still be committed out of it.
    pub balance: Money,
}

impl Command for DefineEnvelope {
    const OPERATION: Operation = Operation::DefineEnvelope;
    type Root = theme::Model;
    type Outcome = EnvelopeDefined;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let place = place_of_theme(tx, self.theme).await?;
        Ok(match self.known(tx).await? {
            Some(row) => place.writing(RootKind::Envelope, row.id),
            None => place,
        })
    }

    async fn run(
        &self,
        theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<EnvelopeDefined, Error> {
        if let Some(reference) = &self.consultation_reference {
            ensure_fits("consultation_reference", reference, 200)?;
        }
        self.ensure_currency(work, &theme).await?;
        // The theme is locked: nobody else makes its envelope at the same time.
        let known = self.known(work.tx()).await?;
        if known.is_none() || self.appropriated.is_positive() {
            ensure_year_open(work.tx(), theme.id, self.fiscal_year).await?;
        }
        let row = match known {
            Some(row) => self.supplement(work, row).await?,
            None => self.create(work, &theme).await?,
        };
        let account = Account::envelope(self.theme, self.fiscal_year, self.appropriated.currency());
        if self.appropriated.is_positive() {
            let posting = Posting {
                kind: TransferKind::Appropriate,
                reason: None,
                from: Account::appropriation(
                    theme.programme_id.into(),
                    self.fiscal_year,
                    self.appropriated.currency(),
                ),
                to: account,
                amount: self.appropriated,
                record: (RecordKind::Envelope, row.id),
            };
            ledger::post(work, theme.programme_id, posting).await?;
        }
        Ok(EnvelopeDefined {
            envelope: row.id.into(),
            balance: ledger::balance(work, &account).await?,
        })
    }
}

impl DefineEnvelope {
    async fn known(&self, db: &impl ConnectionTrait) -> Result<Option<envelope::Model>, Error> {
        Ok(envelope::Entity::find()
            .filter(envelope::Column::ThemeId.eq(self.theme.uuid()))
            .filter(envelope::Column::FiscalYear.eq(i64::from(self.fiscal_year.get())))
            .one(db)
            .await?)
    }

    async fn ensure_currency(
        &self,
        work: &Work<'_>,
        theme: &Locked<theme::Model>,
    ) -> Result<(), Error> {
        let programme = programme::Entity::find_by_id(theme.programme_id)
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::corrupt("the theme's programme is missing"))?;
        let found = self.appropriated.currency().code();
        if programme.currency == found {
            return Ok(());
        }
        Err(Refusal::CurrencyMismatch {
            expected: programme.currency,
            found: found.to_owned(),
        }
        .into())
    }

    async fn create(
        &self,
        work: &mut Work<'_>,
        theme: &Locked<theme::Model>,
    ) -> Result<envelope::Model, Error> {
        if self.appropriated.is_negative() {
            return Err(Refusal::AmountNotPositive {}.into());
        }
        let row = envelope::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(theme.programme_id),
            theme_id: Set(theme.id),
            fiscal_year: Set(i64::from(self.fiscal_year.get())),
            currency: Set(self.appropriated.currency().code().to_owned()),
            consultation_reference: Set(self.consultation_reference.clone()),
            awards_numbered: Set(0),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        };
        Ok(row.insert(work.tx()).await?)
    }

    async fn supplement(
        &self,
        work: &mut Work<'_>,
        row: envelope::Model,
    ) -> Result<envelope::Model, Error> {
        let says_something = self.appropriated.is_positive()
            || self.appropriated.is_zero() && self.consultation_reference.is_some();
        if !says_something {
            return Err(Refusal::AmountNotPositive {}.into());
        }
        let Some(reference) = &self.consultation_reference else {
            return Ok(row);
        };
        let columns = envelope::ActiveModel {
            id: Set(row.id),
            consultation_reference: Set(Some(reference.clone())),
            revision: Set(row.revision + 1),
            ..Default::default()
        };
        Ok(columns.update(work.tx()).await?)
    }
}
