//! Whether an account still says what the audit has of it.
//!
//! The seals stand in the events of the proposal and of the confirmation, and nowhere else: whoever
//! can write the account's row cannot write the chain. Accounts proposed before there were seals have
//! none, and neither have their events.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Operation, RootKind};
use domain::payment::{PayeeAccountState, SealedAccount, SealedCallBack};
use domain::{Coded, Refusal, Seal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::entity::{audit_event, payee_account};
use crate::error::Error;
use crate::mapping;

/// What happened to an account: the event of its proposal.
pub(crate) const PROPOSED: &str = "PAYEE_ACCOUNT_PROPOSED";

/// What happened to an account: the event of its answer.
pub(crate) const ANSWERED: &str = "PAYEE_ACCOUNT_ANSWERED";

/// The seals that the audit has of accounts, by event and account.
#[derive(Debug, Default)]
pub(crate) struct ChainedSeals(BTreeMap<(String, Uuid), String>);

impl ChainedSeals {
    /// Those of the accounts of these bodies.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        bodies: BTreeSet<Uuid>,
    ) -> Result<Self, Error> {
        use audit_event::Column::{ChainId, ChainKind, Operation as Ran};
        let sealing = [
            Operation::ProposePayeeAccount,
            Operation::ConfirmPayeeAccount,
        ];
        let events = audit_event::Entity::find()
            .filter(ChainKind.eq(RootKind::Organization.code()))
            .filter(ChainId.is_in(bodies))
            .filter(Ran.is_in(sealing.map(Coded::code)))
            .all(db)
            .await?;
        let happened = events
            .iter()
            .filter_map(|event| event.event["happened"].as_array())
            .flatten();
        let seals = happened.filter_map(|happened| {
            let facts = &happened["facts"];
            let account = facts["id"].as_str()?.parse().ok()?;
            let event = happened["event"].as_str()?.to_owned();
            Some(((event, account), facts["seal"].as_str()?.to_owned()))
        });
        Ok(Self(seals.collect()))
    }

    /// Whether the row of an account gives the seals that the audit has of it.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the row contradicts itself.
    pub(crate) fn hold_for(&self, row: &payee_account::Model) -> Result<bool, Error> {
        let chained = |event: &str| self.0.get(&(event.to_owned(), row.id));
        let holds = |event: &str, computed: Option<Seal>| {
            chained(event).cloned() == computed.map(|seal| seal.to_string())
        };
        let is_confirmed = row.state == PayeeAccountState::Confirmed.code();
        let call = if is_confirmed { call_seal(row)? } else { None };
        Ok(holds(PROPOSED, account_seal(row)?) && holds(ANSWERED, call))
    }
}

/// The seal over what `row` says of the account; none for one of before there were seals.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub(crate) fn account_seal(row: &payee_account::Model) -> Result<Option<Seal>, Error> {
    let details = mapping::account_details(row)?;
    let sealed = sealed(row, &details)?;
    Ok(sealed.map(|sealed| sealed.seal()))
}

/// The seal over what `row`, which is answered, says of the account and of the call-back; none for one
/// of before there were seals.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub(crate) fn call_seal(row: &payee_account::Model) -> Result<Option<Seal>, Error> {
    let details = mapping::account_details(row)?;
    let Some(account) = sealed(row, &details)? else {
        return Ok(None);
    };
    let call = SealedCallBack {
        account,
        confirmed_by: mapping::required(row.answered_by, "answered_by")?.into(),
        confirmed_at: mapping::required(row.answered_at, "answered_at")?,
        called: mapping::required(row.called_person_id, "called_person_id")?.into(),
        called_on: mapping::required(row.called_on, "called_on")?,
        note: row.answer_note.as_deref().unwrap_or_default(),
    };
    Ok(Some(call.seal()))
}

fn sealed<'a>(
    row: &'a payee_account::Model,
    details: &'a domain::payment::AccountDetails,
) -> Result<Option<SealedAccount<'a>>, Error> {
    let Some(salt) = row.salt else {
        return Ok(None);
    };
    Ok(Some(SealedAccount {
        salt,
        account: row.id.into(),
        organization: row.organization_id.into(),
        version: mapping::version(row.version)?,
        details,
        holder: &row.holder,
        proposed_by: row.proposed_by.into(),
        proposed_at: row.occurred_at,
    }))
}

/// Refuses an account that no longer says what was sealed.
///
/// # Errors
/// [`Refusal::PayeeAccountAltered`]; [`Error::Corrupt`] when a row contradicts itself.
pub(crate) async fn ensure_accounts_intact(
    db: &impl ConnectionTrait,
    accounts: impl IntoIterator<Item = Uuid>,
) -> Result<(), Error> {
    let accounts: BTreeSet<Uuid> = accounts.into_iter().collect();
    let rows = payee_account::Entity::find()
        .filter(payee_account::Column::Id.is_in(accounts))
        .all(db)
        .await?;
    let bodies = rows.iter().map(|row| row.organization_id).collect();
    let chained = ChainedSeals::load(db, bodies).await?;
    for row in &rows {
        if !chained.hold_for(row)? {
            let version = row.version;
            return Err(Refusal::PayeeAccountAltered { version }.into());
        }
    }
    Ok(())
}
