//! The account that a body is paid to: who confirms it, who takes it back, what is shown of it, and that
//! it cannot be exchanged behind the program's back.

use async_graphql::Request;
use chrono::Days;
use domain::Refusal;
use domain::payment::PayeeAccountState;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use store::command::{RecordAffiliation, RejectPayeeAccount, WithdrawPayeeAccount};
use store::entity::{audit_event, payee_account};

use crate::builders::World;
use crate::harness::database::Backend;

/// The notes and numbers of the accounts, as `who` sees them.
async fn seen(world: &World, who: domain::id::PersonId) -> serde_json::Value {
    let asked = "{ payeeAccounts(first: 100) { nodes { version number answerNote withdrawn } } }";
    let (mut answer, _) = world.heard(Some(who), Request::new(asked)).await;
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"]["payeeAccounts"]["nodes"].take()
}

on_both! {
    /// Two of one body are one pair of eyes, also when one of them has moved to finance.
    async fn nobody_of_the_body_confirms_its_account(db: TestDatabase) {
        let world = World::without_account(&db).await;
        let today = world.clock.today();
        let belonged = |person, years: u64| RecordAffiliation {
            person,
            organization: world.bodies.applicant,
            from: today - Days::new(3_650),
            until: Some(today - Days::new(years * 366)),
        };
        let (administrator, people) = (world.people.administrator, &world.people);
        world.run(administrator, &belonged(people.approver, 2)).await;
        world.run(administrator, &belonged(people.preparer, 4)).await;
        let proposed = world.run(people.finance_contact, &world.proposal("1234567")).await;
        let confirmation = world.confirmation(proposed.payee_account);
        let refused = world.refusal(people.approver, &confirmation).await;
        assert_eq!(refused, Refusal::ConfirmerOfPayee {});
        let mut oneself = confirmation.clone();
        oneself.called_person = people.preparer;
        let refused = world.refusal(people.preparer, &oneself).await;
        assert_eq!(refused, Refusal::CallBackToOneself {});
        // Longer ago than the policy's years counts no more.
        world.run(people.preparer, &confirmation).await;
        world.assert_sound().await;
    }

    async fn who_is_called_back_was_of_the_body_before_and_still_is(db: TestDatabase) {
        let world = World::without_account(&db).await;
        let today = world.clock.today();
        let joins = |person, from, until| RecordAffiliation {
            person,
            organization: world.bodies.applicant,
            from,
            until,
        };
        let [left, late, ..] = world.people.reviewers;
        let administrator = world.people.administrator;
        let before = joins(left, today - Days::new(99), Some(today - Days::new(1)));
        world.run(administrator, &before).await;
        let proposed = world.run(world.people.finance_contact, &world.proposal("1234567")).await;
        // The record says that they were of it long ago, but it says so only since the proposal.
        world.run(administrator, &joins(late, today - Days::new(99), None)).await;
        let mut confirmation = world.confirmation(proposed.payee_account);
        for called_person in [left, late, world.people.rival] {
            confirmation.called_person = called_person;
            let refused = world.refusal(world.people.preparer, &confirmation).await;
            assert_eq!(refused, Refusal::CallBackContactNotKnown {});
        }
    }

    async fn a_body_takes_its_proposal_back(db: TestDatabase) {
        let world = World::without_account(&db).await;
        let contact = world.people.finance_contact;
        let proposed = world.run(contact, &world.proposal("1234567")).await;
        let back = WithdrawPayeeAccount {
            payee_account: proposed.payee_account,
            reason: "番号の誤り".to_owned(),
        };
        // Whose body it is not is told that there is none.
        let refused = world.refusal(world.people.rival, &back).await;
        assert!(matches!(refused, Refusal::NotFound { .. }), "{refused}");
        world.run(world.people.representative, &back).await;
        let state = PayeeAccountState::Rejected;
        let answered = Refusal::PayeeAccountAnswered { state };
        assert_eq!(world.refusal(contact, &back).await, answered);
        let confirmation = world.confirmation(proposed.payee_account);
        assert_eq!(world.refusal(world.people.approver, &confirmation).await, answered);

        let again = world.run(contact, &world.proposal("7654321")).await;
        let reject = RejectPayeeAccount {
            payee_account: again.payee_account,
            reason: "名義の相違".to_owned(),
        };
        world.run(world.people.approver, &reject).await;
        world.young_account("7654321").await;
        // A refusal has its reason told (Act 21-2); what was said in the call stays in the house.
        let notes = |note| json!([
            { "version": 3, "number": "7654321", "answerNote": note, "withdrawn": false },
            { "version": 2, "number": "7654321", "answerNote": "名義の相違", "withdrawn": false },
            { "version": 1, "number": "1234567", "answerNote": "番号の誤り", "withdrawn": true },
        ]);
        assert_eq!(seen(&world, contact).await, notes(None));
        assert_eq!(seen(&world, world.people.preparer).await, notes(Some("口頭で確認")));
        world.assert_sound().await;
    }

    /// The auditor follows every event and sees the last digits of an account.
    async fn no_event_tells_an_account(db: TestDatabase) {
        let world = World::without_account(&db).await;
        // A number that nothing else contains: the events tell the code of who pays.
        world.young_account("8901234").await;
        let events = audit_event::Entity::find().all(world.store.reads()).await;
        let row = payee_account::Entity::find().one(world.store.reads()).await;
        let (events, row) = (events.expect("events"), row.expect("an answer").expect("a row"));
        let salt = row.salt.expect("a salt").to_string();
        let told = events.iter().map(|event| event.event.to_string()).collect::<String>();
        for secret in [&row.number, &row.holder, &row.holder_kana, &salt] {
            assert!(!told.contains(secret.as_str()), "{secret}");
        }
        assert!(told.contains("****234"));
    }

    async fn an_account_that_was_exchanged_in_the_database_is_not_paid_to(db: TestDatabase) {
        let backend: Backend = db.backend;
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.clock.pass_days(3);
        world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        let on_table = match backend {
            Backend::Sqlite => "",
            Backend::Postgres => " ON payee_account",
        };
        let unguarded = [
            format!("DROP TRIGGER payee_account_answered_once_update{on_table}"),
            "UPDATE payee_account SET number = '7654321'".to_owned(),
        ];
        for statement in unguarded {
            let done = world.store.reads().execute_unprepared(&statement).await;
            done.expect("done behind the program's back");
        }
        let refused = world.refusal(world.people.preparer, &world.preparing(&[release])).await;
        assert_eq!(refused, Refusal::PayeeAccountAltered { version: 1 });
        let back = "UPDATE payee_account SET number = '1234567'";
        world.store.reads().execute_unprepared(back).await.expect("put back");
        world.prepared(&[release]).await;
    }

    async fn what_a_bank_knows_is_looked_up_before_it_is_proposed(db: TestDatabase) {
        let world = World::new(&db).await;
        let ask = async |asked: String| {
            let contact = Some(world.people.finance_contact);
            let (mut answer, _) = world.heard(contact, Request::new(asked)).await;
            assert!(answer["errors"].is_null(), "{answer}");
            answer["data"].take()
        };
        let found = ask(r#"{ banks(search: "みずほ") { code name } }"#.to_owned()).await;
        let mizuho = json!({ "code": "0001", "name": "みずほ" });
        assert!(found["banks"].as_array().expect("banks").contains(&mizuho), "{found}");
        let found = ask(r#"{ branches(bank: "0001", search: "001") { code name } }"#.to_owned());
        let first = json!({ "code": "001", "name": "東京営業部" });
        assert!(found.await["branches"].as_array().expect("branches").contains(&first));
        let none = ask(r#"{ branches(bank: "9998") { code } }"#.to_owned()).await;
        assert_eq!(none["branches"], json!([]));

        let preview = async |name: &str| {
            let fields = "written field abbreviated changed { character place read } \
                          refused { character place read } refusal { code }";
            let asked = format!("{{ payeeNamePreview(name: \"{name}\") {{ {fields} }} }}");
            ask(asked).await["payeeNamePreview"].take()
        };
        let (typed, read) = (["カ", "ブ", "シ", "キ", "ガ"], ["ｶ", "ﾌﾞ", "ｼ", "ｷ", "ｶﾞ"]);
        let changed = (1..).zip(typed.iter().zip(read)).map(|(place, (character, read))| {
            json!({ "character": character, "place": place, "read": read })
        });
        assert_eq!(
            preview("カブシキガ ｱｲ").await,
            json!({
                "written": "ｶﾌﾞｼｷｶﾞ ｱｲ", "field": "ｶﾌﾞｼｷｶﾞ ｱｲ", "abbreviated": null,
                "changed": changed.collect::<Vec<_>>(), "refused": [], "refusal": null,
            })
        );
        let refused = preview("山田ヲ").await;
        let letter = |character: &str, place: i32| json!({ "character": character, "place": place, "read": null });
        assert_eq!(refused["refused"], json!([letter("山", 1), letter("田", 2), letter("ヲ", 3)]));
        assert_eq!(refused["written"], json!(null));
        assert_eq!(refused["refusal"]["code"], "NAME_NOT_WRITABLE");
    }
}
