//! In whose name notices are issued: as it was when something was recorded.

use domain::report::{Notice, NoticeKind};
use domain::{InputRule, LocalizedText, Refusal};
use serde_json::json;
use store::command::DefineLetterhead;

use super::{filled, listed};
use crate::builders::{Granted, World};

/// The notice of the decision of `award`, or why there is none.
async fn of_decision(world: &World, award: &Granted) -> Result<Notice, Refusal> {
    let representative = world.people.representative;
    let notices = listed(world, representative, award.id).await;
    let decision = notices.iter().find(|one| one.kind == NoticeKind::Decision);
    let decision = decision.expect("a decision");
    filled(world, representative, (decision.kind, decision.id)).await
}

fn office(notice: &Notice) -> &str {
    &notice.signatories[0].office.en
}

on_both! {
    async fn an_act_is_told_in_the_name_of_its_time(db: TestDatabase) {
        let world = World::without_originator(&db, "2026-04-06", &[(2026, 1_000)]).await;
        let early = world.award().offered().await;
        world.clock.pass_days(1);
        assert_eq!(of_decision(&world, &early).await, Err(Refusal::LetterheadMissing {}));

        // The first one is that of every act before it: they could not be told otherwise.
        let director = world.people.director;
        let first = world.issuing();
        world.run(director, &first).await;
        let notice = of_decision(&world, &early).await.expect("a notice");
        assert_eq!(office(&notice), "Minister of Health, Labour and Welfare");
        assert_eq!(notice.remarks, []);

        world.clock.pass_days(1);
        let mut second = first.clone();
        second.signatories[0].office = LocalizedText::new("事務局長", "Director of the office");
        second.remarks[0].kind = None;
        world.run(director, &second).await;
        let late = world.award().offered().await;
        world.clock.pass_days(1);
        assert_eq!(of_decision(&world, &early).await, Ok(notice));
        let notice = of_decision(&world, &late).await.expect("a notice");
        assert_eq!(office(&notice), "Director of the office");
        assert_eq!(notice.remarks[0].en, "Pay with the slip.");

        let asked = "{ programme { letterheads { version signatories { office { en } person { ja } }
            remarks { kind text { en } } } } }";
        let known = world.ask(world.people.representative, asked, json!({})).await;
        let known = &known["programme"]["letterheads"];
        assert_eq!(known[0]["signatories"][0]["office"]["en"], "Director of the office");
        assert_eq!((&known[1]["version"], &known[1]["remarks"][0]["kind"]), (&json!(1), &json!("RETURN_ORDER")));
    }

    async fn a_letterhead_names_somebody(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let nobody = DefineLetterhead { signatories: Vec::new(), ..world.issuing() };
        let field = "signatories".to_owned();
        let refused = Refusal::InvalidInput { field, rule: InputRule::Required };
        assert_eq!(world.refusal(director, &nobody).await, refused);
        let without = DefineLetterhead { reason: " ".to_owned(), ..world.issuing() };
        assert_eq!(world.refusal(director, &without).await, Refusal::ReasonRequired {});
    }
}
