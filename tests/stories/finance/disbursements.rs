//! The disbursement report: reproducible, adding up to the ledger, for the right eyes.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::Coded;
use domain::id::PersonId;
use domain::ledger::{AccountKind, TransferKind};
use graphql::Id;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Value, json};
use store::entity::{ledger_transfer, tranche_release};
use uuid::Uuid;

use super::{another_theme, offer_in, officer_of, release, revoke};
use crate::builders::World;

const REPORT: &str = "query($asOf: Instant) {
    disbursements(first: 100, asOf: $asOf) { asOf final nodes {
        releaseId awardNumber themeCode ordinal kind budgetYear state amount { amount currency }
        valueDate releasedAt } }
    disbursementReport(by: [AWARD, BUDGET_YEAR, KIND, STATE], asOf: $asOf) { asOf final
        groups { award { number } budgetYear kind state lines amount { amount } }
        totals { lines amount { amount } } }
    envelopes(asOf: $asOf) { id final fiscalYear appropriated { amount } available { amount }
        committed { amount } retained { amount } released { amount } decommitted { amount } }
    ledger(asOf: $asOf) { trialBalance { kind debits { amount } credits { amount } } }
}";

/// An instant, as it is asked by.
fn text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Micros, true)
}

async fn report(world: &World, as_of: Option<&str>) -> Value {
    let asked = json!({ "asOf": as_of });
    world.ask(world.people.auditor, REPORT, asked).await
}

/// The states of the lines, in the order of their releases.
async fn states(world: &World, as_of: &str) -> Vec<String> {
    let answer = report(world, Some(as_of)).await;
    let lines = answer["disbursements"]["nodes"].as_array().expect("lines");
    lines
        .iter()
        .map(|line| line["state"].as_str().expect("a state").to_owned())
        .collect()
}

/// The groups of a report by these keys with this filter, as `person` sees it.
async fn groups(world: &World, person: PersonId, by: &str, filter: &str) -> Value {
    let document = format!(
        "{{ disbursementReport(by: [{by}], filter: {{{filter}}}) {{
            groups {{ theme {{ code }} budgetYear organization {{ name {{ en }} }} kind state lines
                amount {{ amount }} }}
            totals {{ lines amount {{ amount }} }} }} }}"
    );
    let mut answer = world.ask(person, &document, Value::Null).await;
    answer["disbursementReport"].take()
}

/// Posts a transfer of a release as the work on payments will: until then nobody else does.
async fn post(world: &World, release: Uuid, kind: TransferKind, reverses: Option<Uuid>) -> Uuid {
    let like = ledger_transfer::Entity::find()
        .filter(ledger_transfer::Column::RecordId.eq(release))
        .one(world.store.reads());
    let like = like.await.expect("an answer").expect("its release");
    let (mut from, mut to) = kind.sides()[0];
    if reverses.is_some() {
        (from, to) = (to, from);
    }
    let year = |account: AccountKind| account.has_budget_year().then_some(2026);
    let id = Uuid::from_u128(u128::MAX - world.transfers().await.len() as u128);
    let row = ledger_transfer::ActiveModel {
        id: Set(id),
        kind: Set(kind.code().to_owned()),
        from_account: Set(from.code().to_owned()),
        from_owner: Set(like.to_owner),
        from_budget_year: Set(year(from)),
        to_account: Set(to.code().to_owned()),
        to_owner: Set(like.to_owner),
        to_budget_year: Set(year(to)),
        value_date: Set(world.clock.today()),
        reverses_id: Set(reverses),
        recorded_at: Set(world.store.now()),
        ..like.into_active_model().reset_all()
    };
    row.insert(world.store.reads()).await.expect("a transfer");
    id
}

on_both! {
    async fn a_report_asked_for_again_is_the_same_whatever_came_after(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let advance = award.advance.expect("an advance");
        release(&world, advance).await;
        world.pass(award.milestones[0]).await;
        let instant = text(world.store.now());
        world.clock.pass_days(1);
        let first = report(&world, Some(&instant)).await;
        assert_eq!(first["disbursements"]["asOf"], instant);
        assert_eq!(first["disbursements"]["final"], true);
        assert_eq!(first["disbursements"]["nodes"].as_array().map(Vec::len), Some(1));
        let now = report(&world, None).await;
        assert_eq!(now["disbursements"]["final"], false);
        assert_eq!(now["disbursements"]["nodes"], first["disbursements"]["nodes"]);

        revoke(&world, advance).await;
        release(&world, award.tranches[0]).await;
        let other = world.award().active().await;
        release(&world, other.advance.expect("an advance")).await;
        assert_eq!(report(&world, Some(&instant)).await, first, "what was, stays");
        let now = report(&world, None).await;
        assert_eq!(now["disbursements"]["nodes"].as_array().map(Vec::len), Some(2));
        for changed in ["disbursements", "disbursementReport", "envelopes", "ledger"] {
            assert_ne!(now[changed], first[changed], "{changed}");
        }

        let early = json!({ "asOf": text(world.store.now()) });
        let answer = world.answer(world.people.auditor, REPORT, early).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "AS_OF_NOT_CLOSED", "{answer}");
    }

    async fn lines_groups_and_ledger_come_to_the_same(db: TestDatabase) {
        let world = World::new(&db).await;
        let first = world.award().advance(3).milestone(10, 2026).milestone(7, 2027).active().await;
        let second = world.award().advance(2).milestone(4, 2026).active().await;
        for (award, place) in [(&first, 0), (&second, 0)] {
            world.pass(award.milestones[place]).await;
            release(&world, award.tranches[place]).await;
            release(&world, award.advance.expect("an advance")).await;
        }
        revoke(&world, second.tranches[0]).await;

        let all = report(&world, None).await;
        let balances = "{ ledger { balances(kind: PAYABLE) { owner budgetYear balance { amount } } } }";
        let balances = world.ask(world.people.auditor, balances, Value::Null).await;
        let balances = balances["ledger"]["balances"].as_array().expect("accounts").clone();
        let payable: i64 = balances.iter().map(|row| amount(&row["balance"])).sum();
        let lines = all["disbursements"]["nodes"].as_array().expect("lines");
        let by_line: i64 = lines.iter().map(|line| amount(&line["amount"])).sum();
        let groups = all["disbursementReport"]["groups"].as_array().expect("groups");
        let by_group: i64 = groups.iter().map(|group| amount(&group["amount"])).sum();
        let totals = &all["disbursementReport"]["totals"];
        assert_eq!((payable, by_line, by_group), (15_000_000, 15_000_000, 15_000_000));
        assert_eq!(*totals, json!([{ "lines": 3, "amount": { "amount": "15000000" } }]));
        assert_eq!(groups.len(), 3, "two kinds of the first award, one of the second");

        // The same again, one line a page.
        let document = "query($after: String) { disbursements(first: 1, after: $after) {
            nodes { releaseId } pageInfo { hasNextPage endCursor } } }";
        let (mut walked, mut after) = (Vec::new(), Value::Null);
        loop {
            let asked = json!({ "after": after });
            let page = world.ask(world.people.auditor, document, asked).await;
            walked.push(page["disbursements"]["nodes"][0]["releaseId"].clone());
            if page["disbursements"]["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["disbursements"]["pageInfo"]["endCursor"].clone();
        }
        let ids: Vec<Value> = lines.iter().map(|line| line["releaseId"].clone()).collect();
        assert_eq!(walked, ids);
    }

    async fn a_report_is_narrowed_and_gathered_as_asked(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().advance(3).milestone(10, 2027).active().await;
        release(&world, award.advance.expect("an advance")).await;
        let day = world.clock.today().to_string();
        world.clock.set_day("2027-04-01");
        world.pass(award.milestones[0]).await;
        release(&world, award.tranches[0]).await;
        let auditor = world.people.auditor;
        let yen = |amount: &str| json!({ "amount": amount });
        let total = |lines, amount| json!([{ "lines": lines, "amount": yen(amount) }]);

        let by = groups(&world, auditor, "THEME, ORGANIZATION, BUDGET_YEAR", "").await;
        assert_eq!(by["totals"], total(2, "13000000"));
        assert_eq!(by["groups"][0], json!({
            "theme": { "code": "SAMD" }, "organization": { "name": { "en": "Applicant" } },
            "budgetYear": 2026, "kind": null, "state": null, "lines": 1, "amount": yen("3000000"),
        }));
        let by = groups(&world, auditor, "", "").await;
        assert_eq!(by["groups"].as_array().map(Vec::len), Some(1));
        let award_id = Id(award.id).text();
        let theme = Id(world.theme).text();
        let rival = Id(world.bodies.rival).text();
        for (filter, lines) in [
            ("kind: ADVANCE".to_owned(), Some("3000000")),
            ("budgetYear: 2027".to_owned(), Some("10000000")),
            (format!("valueUntil: \"{day}\""), Some("3000000")),
            ("valueFrom: \"2027-04-01\"".to_owned(), Some("10000000")),
            (format!("award: \"{award_id}\", theme: \"{theme}\", state: RELEASED"), Some("13000000")),
            ("state: PLANNED".to_owned(), None),
            ("valueFrom: \"2027-04-02\"".to_owned(), None),
            (format!("organization: \"{rival}\""), None),
            (format!("theme: \"{award_id}\""), None),
        ] {
            let by = groups(&world, auditor, "STATE", &filter).await;
            let found = by["totals"][0]["amount"]["amount"].as_str();
            assert_eq!(found, lines, "{filter}");
        }
    }

    async fn a_line_is_where_its_money_is_by_the_transfers_until_then(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        release(&world, award.advance.expect("an advance")).await;
        let row = tranche_release::Entity::find().one(world.store.reads()).await;
        let id = row.expect("an answer").expect("a release").id;
        let mut told = Vec::new();
        let mut settled = None;
        for (kind, state) in [
            (None, "RELEASED"),
            (Some(TransferKind::Send), "SENT"),
            (Some(TransferKind::Bounce), "BOUNCED"),
            (Some(TransferKind::Send), "SENT"),
            (Some(TransferKind::SettleEstimate), "SETTLED"),
        ] {
            if let Some(kind) = kind {
                settled = Some(post(&world, id, kind, None).await);
            }
            told.push((text(world.store.now()), state));
            world.clock.pass_days(1);
        }
        // A settlement recorded by mistake is reversed: the money is on its way again.
        post(&world, id, TransferKind::SettleEstimate, settled).await;
        told.push((text(world.store.now()), "SENT"));
        world.clock.pass_days(1);
        for (instant, state) in &told {
            assert_eq!(states(&world, instant).await, [*state], "{instant}");
        }
        let paid = "query($asOf: Instant) { envelopes(filter: { fiscalYear: 2026 }, asOf: $asOf) {
            released { amount } paid { amount } } }";
        for (place, amount) in [(1, "0"), (4, "5000000"), (5, "0")] {
            let asked = json!({ "asOf": told[place].0 });
            let answer = world.ask(world.people.auditor, paid, asked).await;
            assert_eq!(answer["envelopes"][0]["released"]["amount"], "5000000");
            assert_eq!(answer["envelopes"][0]["paid"]["amount"], amount, "{}", told[place].0);
        }
    }

    async fn a_report_shows_the_viewers_own_part(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        release(&world, award.advance.expect("an advance")).await;
        let theme = another_theme(&world).await;
        let officer = officer_of(&world, theme).await;
        let other = offer_in(&world, theme).await;
        world.account_of_rival().await;
        release(&world, other).await;
        let lines = |person| groups(&world, person, "THEME", "");
        let people = world.people;
        for (person, codes) in [
            (people.auditor, vec!["SAMD", "OTHER"]),
            (people.preparer, vec!["SAMD", "OTHER"]),
            (people.finance_contact, vec!["SAMD"]),
            (people.rival, vec!["OTHER"]),
            (officer, vec!["OTHER"]),
            (people.chair, vec![]),
            (people.reviewers[0], vec![]),
            (people.administrator, vec![]),
        ] {
            let answer = lines(person).await;
            let found = answer["groups"].as_array().expect("groups").clone();
            let found: Vec<_> = found.iter().map(|group| group["theme"]["code"].as_str()).collect();
            assert_eq!(found, codes.into_iter().map(Some).collect::<Vec<_>>(), "{answer}");
        }
    }
}

/// An amount in yen.
fn amount(money: &Value) -> i64 {
    money["amount"]
        .as_str()
        .expect("an amount")
        .parse()
        .expect("yen")
}
