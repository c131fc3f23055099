//! The bank's answers as finance has them: a table, sent to the running server.

use std::fmt::Write;

use reqwest::{Method, StatusCode};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use store::entity::settlement_file;

use super::answers::{payment_row, state_of, two_payments};
use super::assert_in_order;
use crate::builders::World;
use crate::harness::server::Server;

/// What the server answers to a table.
async fn sent(server: &Server, token: &str, name: &str, table: Vec<u8>) -> (StatusCode, Value) {
    let request = server.request(Method::PUT, &format!("/settlements?file_name={name}"));
    let request = request.bearer_auth(token).header("accept-language", "ja");
    let answer = request.body(table).send().await.expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

async fn files(world: &World) -> u64 {
    let count = settlement_file::Entity::find().count(world.store.reads());
    count.await.expect("a number")
}

on_both! {
    /// More lines than one command takes in, in the words and the bytes of a Japanese spreadsheet.
    async fn a_table_of_answers_is_taken_in_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let [first, second] = two_payments(&world).await;
        let preparer = world.token(world.people.preparer).await;
        let day = world.clock.today().format("%Y/%m/%d");
        let references = [payment_row(&world, first).await.reference, payment_row(&world, second).await.reference];
        let mut table = "振込参照番号,金額,処理日,結果,返却事由\r\n".to_owned();
        writeln!(table, "{},\"10,000,000\",{day},着金,", references[0]).expect("text");
        writeln!(table, "{},10000000,{day},返却,口座解約済み", references[1]).expect("text");
        for other in 0..250 {
            writeln!(table, "OTHER-{other},1,{day},着金,").expect("text");
        }
        let (table, _, lossy) = encoding_rs::SHIFT_JIS.encode(&table);
        assert!(!lossy);

        let server = Server::on(&db, &[]).await;
        let taken = json!({ "settlement": {
            "lines": 252, "parts": 2, "knownParts": 0, "matched": 2, "repeated": 0, "unmatched": 250,
        } });
        let monday = sent(&server, &preparer, "monday.csv", table.to_vec()).await;
        assert_eq!(monday, (StatusCode::OK, taken.clone()));
        assert_eq!(state_of(&world, first).await, "SETTLED");
        assert_eq!(state_of(&world, second).await, "BOUNCED");
        // The same file again, whatever it is called now.
        let mut known = taken;
        known["settlement"]["knownParts"] = 2.into();
        for name in ["monday.csv", "tuesday.csv"] {
            let again = sent(&server, &preparer, name, table.to_vec()).await;
            assert_eq!(again, (StatusCode::OK, known.clone()), "{name}");
        }
        assert_eq!(files(&world).await, 2);
        assert_in_order(&world).await;
    }

    async fn a_table_with_a_wrong_cell_or_from_other_hands_changes_nothing(db: TestDatabase) {
        let world = World::new(&db).await;
        let [first, _] = two_payments(&world).await;
        let people = world.people;
        let (preparer, auditor) = (world.token(people.preparer).await, world.token(people.auditor).await);
        let day = world.clock.today();
        let reference = payment_row(&world, first).await.reference;
        let line = format!("{reference},10000000,{day},SETTLED,\n");
        let sound = format!("reference,amount,value_date,result,return_reason\n{line}");
        let server = Server::on(&db, &[]).await;
        let wrong = format!("{sound}OTHER,10000000,{day},RETURNED,\n");
        let (status, answer) = sent(&server, &preparer, "wrong.csv", wrong.into_bytes()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
        let field = &answer["refusal"]["fields"][0];
        assert_eq!(answer["refusal"]["code"], "INVALID_INPUT");
        assert_eq!((&field["path"], &field["code"]), (&json!("rows[3].RETURN_REASON"), &json!("REQUIRED")));
        let (status, answer) = sent(&server, &auditor, "monday.csv", sound.clone().into_bytes()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
        assert_eq!(answer["refusal"]["code"], "ROLE_REQUIRED");
        let elsewhere = sent(&server, &preparer, "monday.csv&programme=OTHER", sound.into_bytes()).await;
        assert_eq!(elsewhere.1["refusal"]["code"], "NOT_FOUND");
        assert_eq!((files(&world).await, state_of(&world, first).await), (0, "SENT".to_owned()));
        assert_in_order(&world).await;
    }
}
