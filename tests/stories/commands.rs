//! What every command promises: it runs once, in ten seconds, by whoever may, and it is on record.

use domain::access::{Actor, Operation};
use domain::award::AwardStateCode;
use domain::{InputRule, Refusal};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::command::{AcceptAward, DefineTheme, RecordNotice, RegisterPerson, SuspendAward};
use store::entity::{audit_event, award, idempotency_key, theme};
use store::{Clock, Error, Request};

use crate::builders::{World, date, seconds};

fn by(person: domain::id::PersonId) -> Request {
    Request::by(Actor::Person {
        person,
        token: None,
    })
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn awards(world: &World) -> u64 {
    award::Entity::find()
        .count(world.store.reads())
        .await
        .expect("a count")
}

on_both! {
    /// One database keeps them and the other cannot: both refuse, and name the field.
    async fn control_characters_are_refused_by_name_in_any_text(db: TestDatabase) {
        let world = World::new(&db).await;
        let named = |ja: &str, issuer: &str| RegisterPerson {
            programme: world.programme,
            name: domain::LocalizedText::new(ja, "Newcomer"),
            email: None,
            identity: Some((issuer.to_owned(), "newcomer".to_owned())),
            affiliations: vec![],
        };
        let administrator = world.people.administrator;
        let invalid = |field: &str| Refusal::InvalidInput {
            field: field.to_owned(),
            rule: InputRule::NoControlCharacters,
        };
        for character in ['\0', '\u{1}', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}'] {
            let text = format!("名{character}前");
            let refusal = world.refusal(administrator, &named(&text, "https://id.example")).await;
            assert_eq!(refusal, invalid("name.ja"));
            let refusal = world.refusal(administrator, &named("名前", &text)).await;
            assert_eq!(refusal, invalid("identity[0]"));
            let request = by(administrator).with_key(text);
            let refusal = refused(world.store.execute(&request, &named("名前", "issuer")).await);
            assert_eq!(refusal, invalid("idempotency_key"));
        }
        // What an import says is no better.
        let import = Request::by(Actor::System { on_behalf_of: None });
        let refusal = refused(world.store.execute(&import, &named("\0", "issuer")).await);
        assert_eq!(refusal, invalid("name.ja"));
        // What lays a text out stays.
        world.run(administrator, &named("名前\t一行目\r\n二行目", "issuer")).await;
    }

    async fn the_same_key_gives_the_same_outcome(db: TestDatabase) {
        let world = World::new(&db).await;
        let request = by(world.people.director).with_key("offer");
        let command = world.award().command();
        let first = world.store.execute(&request, &command).await.expect("an award");
        world.clock.pass_days(400);
        for _ in 0..3 {
            let again = world.store.execute(&request, &command).await.expect("the same award");
            assert_eq!(again, first);
        }
        assert_eq!(awards(&world).await, 1);

        let other = world.award().milestone(1, 2026).command();
        let refusal = refused(world.store.execute(&request, &other).await);
        assert_eq!(refusal, Refusal::IdempotencyKeyReused {});
        let elsewhere = by(world.people.officer).with_key("offer");
        let theme = DefineTheme {
            programme: world.programme,
            code: "RARE".to_owned(),
            title: domain::LocalizedText::new("希少疾病", "Rare diseases"),
        };
        world.store.execute(&elsewhere, &theme).await.expect("another's key is another key");
        world.assert_sound().await;
    }

    async fn twins_with_one_key_are_one(db: TestDatabase) {
        let world = World::new(&db).await;
        let request = by(world.people.director).with_key("offer");
        let command = world.award().command();
        let twins: Vec<_> = (0..4)
            .map(|_| {
                let (store, request, command) = (world.store.clone(), request.clone(), command.clone());
                tokio::spawn(async move { store.execute(&request, &command).await })
            })
            .collect();
        let mut outcomes = Vec::new();
        for twin in twins {
            outcomes.push(twin.await.expect("a task").expect("an award"));
        }
        outcomes.dedup();
        assert_eq!(outcomes.len(), 1, "{outcomes:?}");
        assert_eq!(awards(&world).await, 1);
        world.assert_sound().await;
    }

    async fn a_refusal_leaves_the_key_free_and_no_trace(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().offered().await;
        let events = audit_event::Entity::find().count(world.store.reads()).await;
        let keys = idempotency_key::Entity::find().count(world.store.reads()).await;
        let request = by(world.people.representative).with_key("accept");
        let accept = |day| AcceptAward { award: award.id, notice_received_on: date(day) };
        let refusal = refused(world.store.execute(&request, &accept("2026-06-02")).await);
        assert_eq!(refusal, Refusal::DateInFuture { date: date("2026-06-02") });
        assert_eq!(audit_event::Entity::find().count(world.store.reads()).await, events);
        assert_eq!(idempotency_key::Entity::find().count(world.store.reads()).await, keys);
        let accepted = world.store.execute(&request, &accept("2026-06-01")).await;
        assert_eq!(accepted.expect("accepted").state, AwardStateCode::Active);
    }

    async fn what_moves_money_needs_a_key(db: TestDatabase) {
        let world = World::new(&db).await;
        let command = world.award().command();
        let refusal = refused(world.store.execute(&by(world.people.director), &command).await);
        assert_eq!(refusal, Refusal::IdempotencyKeyRequired {});
        assert_eq!(awards(&world).await, 0);
    }

    async fn only_the_system_says_when_something_occurred(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().offered().await;
        let notice = RecordNotice { award: award.id, notice_received_on: date("2026-06-01") };
        let then = world.clock.now();
        world.clock.pass_days(3);
        let refusal = refused(world.store.execute(&by(world.people.officer).at(then), &notice).await);
        assert_eq!(refusal, Refusal::TimeNotYours {});
        let import = Actor::System { on_behalf_of: Some(world.people.officer) };
        world.store.execute(&Request::by(import).at(then), &notice).await.expect("an import");
        let event = audit_event::Entity::find().all(world.store.reads()).await.expect("the audit");
        let event = event
            .iter()
            .find(|event| event.operation == "RECORD_NOTICE")
            .expect("the event");
        assert_eq!(event.occurred_at, then);
        assert!(event.recorded_at > then, "recorded when the server recorded it");
        assert_eq!((event.actor_kind.as_str(), event.actor_id), ("SYSTEM", Some(world.people.officer.uuid())));
        // In somebody's name the system may do what they may, and nothing more.
        let suspend = SuspendAward {
            award: award.id,
            until: date("2026-07-01"),
            consequence: "取消し".to_owned(),
            reason: "遅延".to_owned(),
        };
        let refusal = refused(world.store.execute(&Request::by(import), &suspend).await);
        assert!(matches!(refusal, Refusal::RoleRequired { operation: Operation::SuspendAward, .. }));
    }

    /// A rehearsal answers what the command would, and leaves nothing behind: no row, no audit, and
    /// the key is still free.
    async fn a_rehearsal_keeps_nothing(db: TestDatabase) {
        let world = World::new(&db).await;
        let db = world.store.reads();
        let request = by(world.people.director).with_key("offer");
        let command = world.award().command();
        let events = audit_event::Entity::find().count(db).await;
        let keys = idempotency_key::Entity::find().count(db).await;
        let rehearsed = world.store.rehearse(&request, &command).await.expect("accepted");
        assert_eq!(rehearsed.number, "HTC-R08-SAMD-0001");
        assert_eq!(awards(&world).await, 0);
        assert_eq!(audit_event::Entity::find().count(db).await, events);
        assert_eq!(idempotency_key::Entity::find().count(db).await, keys);
        let refusal = refused(world.store.rehearse(&by(world.people.officer).with_key("x"), &command).await);
        assert!(matches!(refusal, Refusal::RoleRequired { .. }), "{refusal}");
        let offered = world.store.execute(&request, &command).await.expect("accepted");
        assert_eq!((offered.number, awards(&world).await), (rehearsed.number, 1));
        world.assert_sound().await;
    }

    async fn a_command_that_takes_too_long_is_abandoned(db: TestDatabase) {
        let world = World::new(&db).await;
        let request = by(world.people.director).with_key("offer");
        let command = world.award().command();
        world.clock.jump_after(1, seconds(11));
        let result = world.store.execute(&request, &command).await;
        assert!(matches!(result, Err(Error::Abandoned)), "{result:?}");
        assert_eq!(awards(&world).await, 0);
        assert_eq!(world.envelope(2026).await, 1_000);

        world.clock.jump_after(1, seconds(9));
        let offered = world.store.execute(&request, &command).await.expect("in time");
        assert_eq!(offered.number, "HTC-R08-SAMD-0001", "an abandoned command used no number");
        world.assert_sound().await;
    }

    async fn every_command_is_on_the_chain_of_its_root(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().accepted().await;
        let events = audit_event::Entity::find().all(world.store.reads()).await.expect("the audit");
        let of = |chain: uuid::Uuid| {
            let mut operations: Vec<_> = events
                .iter()
                .filter(|event| event.chain_id == chain)
                .map(|event| (event.sequence, event.operation.as_str()))
                .collect();
            operations.sort_unstable();
            operations
        };
        assert_eq!(of(award.id.uuid()), [(1, "OFFER_AWARD"), (2, "ACCEPT_AWARD")]);
        assert_eq!(
            of(world.people.director.uuid()),
            [(1, "REGISTER_PERSON"), (2, "GRANT_ROLE")]
        );
        assert_eq!(
            of(world.bodies.applicant.uuid()),
            [
                (1, "REGISTER_ORGANIZATION"),
                (2, "PROPOSE_PAYEE_ACCOUNT"),
                (3, "CONFIRM_PAYEE_ACCOUNT"),
            ]
        );
        assert_eq!(
            of(world.programme.uuid()),
            [
                (1, "BOOTSTRAP_ADMINISTRATOR"),
                (2, "DEFINE_ORIGINATOR"),
                (3, "DEFINE_PUBLISHER"),
                (4, "DEFINE_LETTERHEAD"),
            ]
        );
        let themes = of(world.theme.uuid());
        assert_eq!(themes.first(), Some(&(1, "DEFINE_THEME")));
        assert_eq!(themes.last(), Some(&(6, "DEFINE_ENVELOPE")));
        assert_eq!(theme::Entity::find().count(world.store.reads()).await, Ok(1));
        world.assert_sound().await;
    }
}
