//! Damage to the money.

use domain::Currency;
use domain::calendar::FiscalYear;
use domain::finding::FindingCode::{
    AccountOverdrawn, CalculationWrong, CommittedWithoutNeed, ReleaseTransferWrong,
    ReleaseWithoutGate, ReleasedAboveDecided, RowUnreadable, TrancheStateWrong, TransferNotAllowed,
    WindDownWrong,
};
use domain::ledger::Account;
use sea_orm::EntityTrait;
use store::entity::{ledger_transfer, wind_down};
use uuid::Uuid;

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};
use crate::builders::Granted;

#[expect(clippy::too_many_lines, reason = "one list, an entry a damage")]
pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let History { award, fresh, .. } = history;
    let release = history.release().await;
    let commit = history.transfer("COMMIT").await;
    let moved = history.transfer("RELEASE").await;
    let appropriated = history.transfer("APPROPRIATE").await;
    let envelope = Account::envelope(history.world.theme, FiscalYear::new(2026), Currency::JPY);
    let nobody = Uuid::from_u128(7);
    let (paid, tranche) = (
        format!("release {}", release.id),
        format!("tranche {}", award.tranches[0]),
    );
    let number = |award: &Granted| format!("award {}", award.number);
    let transfer = |change: &str, row: &ledger_transfer::Model| {
        format!(
            "UPDATE ledger_transfer SET {change} WHERE id = {}",
            db.id(row.id)
        )
    };
    let released = |change: &str| {
        let id = db.id(release.id);
        format!("UPDATE tranche_release SET {change} WHERE id = {id}")
    };
    let calculation = release
        .calculation
        .to_string()
        .replace("10000000", "9999999");
    let of = |id: domain::id::TrancheId| db.id(id.uuid());
    let wound_down = history.first(wind_down::Entity::find()).await;
    let undecided = || {
        let place = format!("tranche {}", wound_down.tranche_id);
        [(WindDownWrong, place)]
    };
    vec![
        damage(
            "UPDATE wind_down SET amount_minor = amount_minor + 1".to_owned(),
            undecided(),
        ),
        damage("DELETE FROM wind_down".to_owned(), undecided()),
        damage(
            transfer("reason = 'ACT_17'", &commit),
            [(TransferNotAllowed, format!("transfer {}", commit.id))],
        ),
        damage(
            transfer("kind = 'GIFT'", &appropriated),
            [
                (RowUnreadable, format!("transfer {}", appropriated.id)),
                (AccountOverdrawn, envelope.to_string()),
            ],
        ),
        damage(
            transfer("amount_minor = 1", &appropriated),
            [(AccountOverdrawn, envelope.to_string())],
        ),
        damage(
            transfer(&format!("record_id = {}", db.id(nobody)), &moved),
            [
                (ReleaseTransferWrong, paid.clone()),
                (ReleaseTransferWrong, format!("release {nobody}")),
            ],
        ),
        damage(
            transfer("amount_minor = amount_minor - 1", &moved),
            [
                (ReleaseTransferWrong, paid.clone()),
                (CommittedWithoutNeed, number(award)),
            ],
        ),
        damage(
            format!("DELETE FROM ledger_transfer WHERE id = {}", db.id(moved.id)),
            [
                (ReleaseTransferWrong, paid.clone()),
                (CommittedWithoutNeed, number(award)),
            ],
        ),
        damage(
            released("gate_id = NULL"),
            [(ReleaseWithoutGate, tranche.clone())],
        ),
        damage(
            format!(
                "UPDATE gate SET state = 'CONVENED' WHERE id = {}",
                db.id(history.gate.uuid())
            ),
            [(ReleaseWithoutGate, tranche.clone())],
        ),
        damage(
            released(&format!("calculation = '{calculation}'")),
            [(CalculationWrong, tranche.clone())],
        ),
        damage(
            released("amount_minor = amount_minor - 1"),
            [
                (CalculationWrong, tranche.clone()),
                (ReleaseTransferWrong, paid),
            ],
        ),
        damage(
            format!(
                "UPDATE tranche SET state = 'PLANNED' WHERE id = {}",
                of(award.tranches[0])
            ),
            [(TrancheStateWrong, tranche)],
        ),
        damage(
            format!(
                "UPDATE decided_amount SET amount_minor = 9999999 WHERE award_id = {}",
                db.id(award.id.uuid())
            ),
            [(ReleasedAboveDecided, number(award))],
        ),
        damage(
            format!(
                "UPDATE tranche SET state = 'LAPSED' WHERE id = {}",
                of(fresh.tranches[2])
            ),
            [(CommittedWithoutNeed, number(fresh))],
        ),
        damage(
            format!(
                "UPDATE tranche SET budget_year = 2027 WHERE id = {}",
                of(fresh.tranches[2])
            ),
            [(CommittedWithoutNeed, number(fresh))],
        ),
    ]
}
