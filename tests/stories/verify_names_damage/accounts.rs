//! Damage to the account that is paid to, and to the record of the call that confirmed it.

use domain::finding::FindingCode::{BatchAltered, PayeeAccountAltered};
use sea_orm::EntityTrait;
use store::entity::{payee_account, payment_batch};

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let account = history.first(payee_account::Entity::find()).await;
    let caller = db.id(history.world.people.finance_contact.uuid());
    let batches = payment_batch::Entity::find()
        .all(history.world.store.reads())
        .await;
    let batches = batches.expect("batches");
    // Whether the change is one of what is paid to, which every batch holds as well.
    [
        ("number = '7654321'".to_owned(), true),
        ("holder_kana = 'ﾄﾞﾛﾎﾞｳ'".to_owned(), true),
        ("number = '7654321', salt = NULL".to_owned(), true),
        (format!("called_person_id = {caller}"), false),
        ("answer_note = 'nobody answered'".to_owned(), false),
    ]
    .into_iter()
    .map(|(change, is_paid_to)| {
        let altered = format!("payee account {}", account.id);
        let paid = batches.iter().filter(|_| is_paid_to);
        let paid = paid.map(|batch| (BatchAltered, format!("batch {}", batch.number)));
        let named: Vec<_> = [(PayeeAccountAltered, altered)]
            .into_iter()
            .chain(paid)
            .collect();
        damage(format!("UPDATE payee_account SET {change}"), named)
    })
    .collect()
}
