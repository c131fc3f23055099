//! Adds every transfer up again, and holds every release against its transfers.

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::finding::FindingCode;
use domain::ledger::{Account, AccountKind, Balances, RecordKind, Transfer, TransferKind};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Verification;
use super::page::for_each_row;
use super::payment::Paid;
use crate::dossier::{kept_of, left_of};
use crate::entity::{ledger_transfer, tranche_release};
use crate::error::Error;
use crate::mapping;

/// What is committed and retained, account by account, by the award that owns it.
pub(super) type Held = BTreeMap<Uuid, Vec<(Account, Money)>>;

/// What a release moved: into payable, and back.
#[derive(Default)]
struct Moved {
    released: Vec<Money>,
    revoked: Vec<Money>,
}

/// What was added up on the way, for the checks that come after.
pub(super) struct Books {
    pub(super) held: Held,
    pub(super) paid: Paid,
}

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<Books, Error> {
    let mut balances = Balances::default();
    let mut paid = Paid::default();
    let mut releases: BTreeMap<Uuid, Moved> = BTreeMap::new();
    for_each_row!(db, ledger_transfer, |row| {
        verification.count("transfers");
        let place = format!("transfer {}", row.id);
        let Some(transfer) = verification.readable(&place, mapping::transfer(&row))? else {
            continue;
        };
        if let Err(refusal) = transfer.ensure_allowed() {
            verification.find(FindingCode::TransferNotAllowed, &place, refusal.to_string());
        }
        if let Err(error) = balances.post(&transfer) {
            verification.find(FindingCode::TransferNotAllowed, &place, error.to_string());
        }
        note_release(&mut releases, &transfer);
        paid.note(transfer);
    });
    for overdrawn in balances.overdrawn() {
        let place = overdrawn.account.to_string();
        let found = overdrawn.balance.amount();
        verification.find(FindingCode::AccountOverdrawn, place, found);
    }
    check_releases(db, &releases, verification).await?;
    Ok(Books {
        held: held(&balances),
        paid,
    })
}

fn held(balances: &Balances) -> Held {
    let mut held = Held::new();
    for (account, balance) in balances.iter() {
        if matches!(account.kind, AccountKind::Committed | AccountKind::Retained) {
            held.entry(account.owner)
                .or_default()
                .push((account, balance));
        }
    }
    held
}

fn note_release(releases: &mut BTreeMap<Uuid, Moved>, transfer: &Transfer) {
    if transfer.record_kind != RecordKind::Release {
        return;
    }
    let moved = releases.entry(transfer.record).or_default();
    match transfer.kind {
        TransferKind::Release | TransferKind::ReleaseRetention => {
            moved.released.push(transfer.amount);
        }
        TransferKind::Revoke => moved.revoked.push(transfer.amount),
        _ => {}
    }
}

/// Every release has exactly its transfers: one into payable, and one back if it was revoked, of what was
/// not kept of it.
async fn check_releases(
    db: &impl ConnectionTrait,
    releases: &BTreeMap<Uuid, Moved>,
    verification: &mut Verification,
) -> Result<(), Error> {
    let mut unknown: BTreeSet<Uuid> = releases.keys().copied().collect();
    for_each_row!(db, tranche_release, |row| {
        verification.count("releases");
        let place = format!("release {}", row.id);
        unknown.remove(&row.id);
        let amount = mapping::money(row.amount_minor, &row.currency);
        let Some(amount) = verification.readable(&place, amount)? else {
            continue;
        };
        let nothing = Moved::default();
        let moved = releases.get(&row.id).unwrap_or(&nothing);
        let revoked: Vec<Money> = if row.revoked_at.is_some() {
            let left = left_of(&row, &kept_of(db, [row.id]).await?);
            verification.readable(&place, left)?.into_iter().collect()
        } else {
            Vec::new()
        };
        if moved.released != [amount] || moved.revoked != revoked {
            let detail = format!(
                "{amount} released; the ledger moved {} in and {} back",
                sum_text(&moved.released),
                sum_text(&moved.revoked)
            );
            verification.find(FindingCode::ReleaseTransferWrong, place, detail);
        }
    });
    for id in unknown {
        let detail = "the ledger moved money for a release that is not on record";
        let place = format!("release {id}");
        verification.find(FindingCode::ReleaseTransferWrong, place, detail);
    }
    Ok(())
}

fn sum_text(amounts: &[Money]) -> String {
    let texts: Vec<_> = amounts.iter().map(ToString::to_string).collect();
    if texts.is_empty() {
        "nothing".to_owned()
    } else {
        texts.join(" + ")
    }
}
