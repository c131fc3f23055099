//! Setting a programme up: bodies, people, roles, tokens, themes, templates and envelopes.

use chrono::{DateTime, Utc};
use domain::access::{Actor, GrantScope, Role};
use domain::id::{PersonId, ServiceTokenId, ThemeId};
use domain::{BasisPoints, CorporateNumber, Currency, LocalizedText, Money, Policy, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::command::{
    BootstrapAdministrator, DefineEnvelope, DefineGateTemplate, DefineTheme, EndRole, GrantRole,
    IssueServiceToken, PublishGateTemplate, PublishPolicy, PublishTheme, RecordAffiliation,
    RegisterOrganization, RegisterPerson, RevokeServiceToken,
};
use store::entity::{award, gate_template, milestone};
use store::identity::{new_token_secret, person_by_identity, person_by_token_hash, token_hash};
use store::{Clock, Error, Request};

use crate::builders::{World, date, millions, year};

fn exists(kind: &str) -> Refusal {
    Refusal::AlreadyExists {
        kind: kind.to_owned(),
    }
}

fn grant(world: &World, person: PersonId, role: Role) -> GrantRole {
    GrantRole {
        person,
        role,
        scope: GrantScope::Programme(world.programme),
        from: world.clock.today(),
        until: None,
    }
}

fn person(world: &World, subject: &str) -> RegisterPerson {
    RegisterPerson {
        programme: world.programme,
        name: LocalizedText::new("新しい人", "Newcomer"),
        email: Some("newcomer@example.com".to_owned()),
        identity: Some(("https://id.example".to_owned(), subject.to_owned())),
        affiliations: vec![],
    }
}

fn theme(world: &World, code: &str) -> DefineTheme {
    DefineTheme {
        programme: world.programme,
        code: code.to_owned(),
        title: LocalizedText::new("希少疾病", "Rare diseases"),
    }
}

async fn template(world: &World) -> domain::template::GateTemplate {
    let row = gate_template::Entity::find()
        .one(world.store.reads())
        .await
        .expect("an answer")
        .expect("a template");
    store::mapping::document(&row.document).expect("a document")
}

async fn issue(
    world: &World,
    person: PersonId,
    roles: Vec<Role>,
    expires_at: DateTime<Utc>,
) -> (String, ServiceTokenId) {
    let secret = new_token_secret(world.store.entropy());
    let command = IssueServiceToken {
        person,
        label: "会計システム".to_owned(),
        roles,
        expires_at,
        token_hash: token_hash(&secret),
    };
    let issued = world.run(world.people.administrator, &command).await;
    (secret, issued.service_token)
}

async fn bearer(world: &World, secret: &str) -> Option<(PersonId, ServiceTokenId)> {
    person_by_token_hash(world.store.reads(), &token_hash(secret), world.clock.now())
        .await
        .expect("an answer")
}

on_both! {
    async fn there_is_one_first_administrator(db: TestDatabase) {
        let world = World::new(&db).await;
        let bootstrap = BootstrapAdministrator {
            programme: world.programme,
            policy: Policy::default(),
            name: LocalizedText::new("もう一人", "Another"),
            email: None,
            identity: None,
        };
        let system = Request::by(Actor::System { on_behalf_of: None });
        let result = world.store.execute(&system, &bootstrap).await;
        let Err(Error::Refused(refusal)) = result else { panic!("{result:?}") };
        assert_eq!(refusal, Refusal::AdministratorExists {});
        let refusal = world.refusal(world.people.administrator, &bootstrap).await;
        assert!(matches!(refusal, Refusal::RoleRequired { .. }), "{refusal}");
    }

    async fn bodies_are_registered_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let number = CorporateNumber::parse("7000012050002").expect("a corporate number");
        let body = |corporate_number, identifiers: &[(&str, &str)]| RegisterOrganization {
            programme: world.programme,
            name: LocalizedText::new("国税庁", "National Tax Agency"),
            corporate_number,
            identifiers: identifiers
                .iter()
                .map(|(scheme, value)| ((*scheme).to_owned(), (*value).to_owned()))
                .collect(),
        };
        let administrator = world.people.administrator;
        world.run(administrator, &body(Some(number), &[("GB-COH", "09668396")])).await;
        for again in [
            body(Some(number), &[]),
            body(None, &[("GB-COH", "09668396")]),
            body(None, &[("GB-COH", "1"), ("GB-COH", "1")]),
        ] {
            assert_eq!(world.refusal(administrator, &again).await, exists("ORGANIZATION"));
        }
        world.run(administrator, &body(None, &[("US-EIN", "09668396")])).await;
        let refusal = world.refusal(world.people.officer, &body(None, &[])).await;
        assert!(matches!(refusal, Refusal::RoleRequired { .. }), "{refusal}");
    }

    async fn an_identity_is_one_persons(db: TestDatabase) {
        let world = World::new(&db).await;
        let administrator = world.people.administrator;
        let registered = world.run(administrator, &person(&world, "sub-1")).await;
        assert_eq!(world.refusal(administrator, &person(&world, "sub-1")).await, exists("PERSON"));
        let known = |subject: &'static str| {
            person_by_identity(world.store.reads(), "https://id.example", subject)
        };
        assert_eq!(known("sub-1").await.expect("an answer"), Some(registered.person));
        assert_eq!(known("sub-2").await.expect("an answer"), None);
        let affiliation = |from, until| RecordAffiliation {
            person: registered.person,
            organization: world.bodies.rival,
            from: date(from),
            until: Some(date(until)),
        };
        world.run(administrator, &affiliation("2020-04-01", "2024-03-31")).await;
        let again = world.refusal(administrator, &affiliation("2020-04-01", "2021-03-31")).await;
        assert_eq!(again, exists("AFFILIATION"));
        let backwards = world.refusal(administrator, &affiliation("2025-04-01", "2025-03-31")).await;
        assert!(matches!(backwards, Refusal::InvalidInput { .. }), "{backwards}");
        world.assert_sound().await;
    }

    async fn roles_are_granted_where_they_belong_and_never_to_oneself(db: TestDatabase) {
        let world = World::new(&db).await;
        let administrator = world.people.administrator;
        let newcomer = world.run(administrator, &person(&world, "sub-1")).await.person;
        let director = grant(&world, newcomer, Role::Director);
        world.run(administrator, &director).await;
        assert_eq!(world.refusal(administrator, &director).await, exists("ROLE"));
        let overlapping = GrantRole { from: date("2026-07-01"), ..director.clone() };
        assert_eq!(world.refusal(administrator, &overlapping).await, exists("ROLE"));
        for (role, scope) in [
            (Role::Representative, GrantScope::Programme(world.programme)),
            (Role::Director, GrantScope::Organization(world.bodies.rival)),
            (Role::Auditor, GrantScope::Theme(world.theme)),
        ] {
            let wrong = GrantRole { role, scope, ..director.clone() };
            assert_eq!(world.refusal(administrator, &wrong).await, Refusal::RoleScopeWrong {});
        }
        let nowhere = GrantScope::Theme(ThemeId::new(world.programme.uuid()));
        let nowhere = GrantRole { scope: nowhere, ..director.clone() };
        let missing = Refusal::NotFound { kind: "THEME".to_owned() };
        assert_eq!(world.refusal(administrator, &nowhere).await, missing);
        let past = GrantRole { from: date("2026-05-31"), ..grant(&world, newcomer, Role::Chair) };
        let refusal = world.refusal(administrator, &past).await;
        assert_eq!(refusal, Refusal::DateInPast { date: date("2026-05-31") });
        let own = grant(&world, administrator, Role::Director);
        assert_eq!(world.refusal(administrator, &own).await, Refusal::SecondPersonRequired {});
    }

    async fn a_role_ends_and_what_it_opened_closes(db: TestDatabase) {
        let world = World::new(&db).await;
        let administrator = world.people.administrator;
        let newcomer = world.run(administrator, &person(&world, "sub-1")).await.person;
        let granted = world.run(administrator, &grant(&world, newcomer, Role::Officer)).await;
        world.run(newcomer, &theme(&world, "RARE")).await;
        world.clock.pass_days(10);
        let end = |until| EndRole { role_grant: granted.role_grant, until: date(until) };
        let refusal = world.refusal(administrator, &end("2026-06-09")).await;
        assert_eq!(refusal, Refusal::DateInPast { date: date("2026-06-09") });
        world.run(administrator, &end("2026-06-20")).await;
        world.run(newcomer, &theme(&world, "AMR")).await;
        let later = world.refusal(administrator, &end("2026-06-21")).await;
        assert_eq!(later, Refusal::RoleAlreadyEnded {});
        world.run(administrator, &end("2026-06-10")).await;
        // Without any role left the programme is not even there for them.
        let refusal = world.refusal(newcomer, &theme(&world, "DEVICE")).await;
        assert_eq!(refusal, Refusal::NotFound { kind: "PROGRAMME".to_owned() });
        world.run(administrator, &grant(&world, newcomer, Role::Officer)).await;
        world.run(newcomer, &theme(&world, "DEVICE")).await;
        world.assert_sound().await;
    }

    async fn a_token_works_until_it_expires_or_is_revoked(db: TestDatabase) {
        let world = World::new(&db).await;
        let (administrator, officer) = (world.people.administrator, world.people.officer);
        let expires_at = world.clock.now() + chrono::TimeDelta::days(30);
        let (secret, token) = issue(&world, officer, vec![], expires_at).await;
        assert!(secret.starts_with("htc_") && secret.len() == 68, "{secret}");
        assert_eq!(bearer(&world, &secret).await, Some((officer, token)));
        assert_eq!(bearer(&world, "htc_guess").await, None);
        let with_token = Actor::Person { person: officer, token: Some(token) };
        world.store.execute(&Request::by(with_token), &theme(&world, "RARE")).await.expect("a theme");

        let revoke = RevokeServiceToken { service_token: token, reason: "漏えい".to_owned() };
        world.run(administrator, &revoke).await;
        assert_eq!(bearer(&world, &secret).await, None);
        assert_eq!(world.refusal(administrator, &revoke).await, Refusal::TokenAlreadyRevoked {});

        let (secret, _) = issue(&world, officer, vec![], expires_at).await;
        world.clock.pass_days(30);
        assert_eq!(bearer(&world, &secret).await, None, "expired");
    }

    async fn a_token_may_carry_fewer_roles_than_its_person(db: TestDatabase) {
        let world = World::new(&db).await;
        let (administrator, officer) = (world.people.administrator, world.people.officer);
        world.run(administrator, &grant(&world, officer, Role::Auditor)).await;
        let expires_at = world.clock.now() + chrono::TimeDelta::days(30);
        let (_, token) = issue(&world, officer, vec![Role::Auditor], expires_at).await;
        let reading = Request::by(Actor::Person { person: officer, token: Some(token) });
        let result = world.store.execute(&reading, &theme(&world, "RARE")).await;
        assert!(matches!(result, Err(Error::Refused(Refusal::RoleRequired { .. }))), "{result:?}");

        let valid = IssueServiceToken {
            person: officer,
            label: "token".to_owned(),
            roles: vec![],
            expires_at,
            token_hash: token_hash("htc_secret"),
        };
        world.run(administrator, &valid).await;
        assert_eq!(world.refusal(administrator, &valid).await, exists("TOKEN"));
        for unfit in [
            IssueServiceToken { token_hash: "ABC".to_owned(), ..valid.clone() },
            IssueServiceToken { label: String::new(), ..valid.clone() },
        ] {
            let refusal = world.refusal(administrator, &unfit).await;
            assert!(matches!(refusal, Refusal::InvalidInput { .. }), "{refusal}");
        }
        let expired = IssueServiceToken { expires_at: world.clock.now(), ..valid };
        let refusal = world.refusal(administrator, &expired).await;
        assert_eq!(refusal, Refusal::DateInPast { date: date("2026-06-01") });
    }

    async fn a_theme_and_its_template_are_published_by_another_person(db: TestDatabase) {
        let world = World::new(&db).await;
        let (officer, director) = (world.people.officer, world.people.director);
        let administrator = world.people.administrator;
        for code in ["R", "rare", "TOOLONGCODE", "R-1"] {
            let refusal = world.refusal(officer, &theme(&world, code)).await;
            assert!(matches!(refusal, Refusal::InvalidInput { .. }), "{refusal}");
        }
        assert_eq!(world.refusal(officer, &theme(&world, "SAMD")).await, exists("THEME"));
        world.run(administrator, &grant(&world, director, Role::Officer)).await;
        let own = world.run(director, &theme(&world, "RARE")).await.theme;
        let refusal = world.refusal(director, &PublishTheme { theme: own }).await;
        assert_eq!(refusal, Refusal::PublisherIsAuthor {});
        let again = world.refusal(director, &PublishTheme { theme: world.theme }).await;
        assert_eq!(again, Refusal::AlreadyPublished {});

        let document = template(&world).await;
        let define = |document| DefineGateTemplate { theme: world.theme, document };
        let defined = world.run(director, &define(document.clone())).await;
        assert_eq!(defined.version, 2, "whatever the document says");
        let publish = PublishGateTemplate { gate_template: defined.gate_template };
        assert_eq!(world.refusal(director, &publish).await, Refusal::PublisherIsAuthor {});
        let unsound = domain::template::GateTemplate {
            advance_bp: BasisPoints::of(501),
            ..document.clone()
        };
        let foreign = domain::template::GateTemplate { code: "RARE".to_owned(), ..document };
        for unfit in [unsound, foreign] {
            let refusal = world.refusal(officer, &define(unfit)).await;
            assert!(matches!(refusal, Refusal::TemplateUnsound { .. }), "{refusal}");
        }
    }

    async fn an_award_without_a_plan_takes_the_themes_own_template_or_the_one_it_names(
        db: TestDatabase
    ) {
        let world = World::new(&db).await;
        let (officer, director) = (world.people.officer, world.people.director);
        let own = template(&world).await;
        let first = own.stages[0].clone();
        let document = domain::template::GateTemplate {
            code: "SAMD_SHORT".to_owned(),
            advance_bp: BasisPoints::of(9_500 - first.default_share_bp.get()),
            retention_bp: BasisPoints::of(500),
            rounds_max: 7,
            stages: vec![first],
            ..own.clone()
        };
        let define = DefineGateTemplate { theme: world.theme, document };
        let defined = world.run(officer, &define).await;
        let command = store::command::OfferAward { plan: None, ..world.award().command() };
        let named = store::command::OfferAward {
            gate_template: Some(defined.gate_template),
            ..command.clone()
        };
        assert_eq!(
            world.refusal(director, &named).await,
            Refusal::NotFound { kind: "GATE_TEMPLATE".to_owned() },
            "it is a draft"
        );
        let publish = PublishGateTemplate { gate_template: defined.gate_template };
        world.run(director, &publish).await;

        let plan = world.award().command().plan.expect("a plan");
        let planned = plan.milestones.len();
        let with_plan = store::command::OfferAward { plan: Some(plan), ..named.clone() };
        for (offer, stages, rounds_max) in [
            (command, own.stages.len(), own.rounds_max),
            (named, 1, 7),
            (with_plan, planned, 7),
        ] {
            let award = world.run(director, &offer).await.award;
            let milestones = milestone::Entity::find()
                .filter(milestone::Column::AwardId.eq(award.uuid()))
                .count(world.store.reads())
                .await
                .expect("milestones");
            let row = award::Entity::find_by_id(award.uuid())
                .one(world.store.reads())
                .await
                .expect("an answer")
                .expect("the award");
            assert_eq!((milestones, row.rounds_max), (stages as u64, i64::from(rounds_max)));
        }
        assert_eq!(world.envelope(2026).await, 880);
        world.assert_sound().await;
    }

    async fn an_envelope_grows_by_supplements_of_the_programmes_money(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let define = |fiscal_year, appropriated, reference: Option<&str>| DefineEnvelope {
            theme: world.theme,
            fiscal_year: year(fiscal_year),
            appropriated,
            consultation_reference: reference.map(ToOwned::to_owned),
        };
        let zero = define(2028, millions(0), Some("財計第2号"));
        let less = define(2028, millions(-1), None);
        assert_eq!(world.refusal(director, &less).await, Refusal::AmountNotPositive {});
        let dollars = define(2028, Money::of_minor(1, Currency::USD), None);
        let refusal = world.refusal(director, &dollars).await;
        assert!(matches!(refusal, Refusal::CurrencyMismatch { .. }), "{refusal}");
        world.run(director, &define(2028, millions(7), None)).await;
        let idle = world.refusal(director, &define(2028, millions(0), None)).await;
        assert_eq!(idle, Refusal::AmountNotPositive {});
        let noted = world.run(director, &zero).await;
        assert_eq!(noted.balance, millions(7), "the reference alone moves nothing");
        assert_eq!(world.refusal(director, &less).await, Refusal::AmountNotPositive {});
        world.assert_sound().await;
    }

    async fn a_policy_is_followed_by_its_next_version(db: TestDatabase) {
        let world = World::new(&db).await;
        let publish = |votes_min| PublishPolicy {
            programme: world.programme,
            policy: Policy { votes_min, ..Policy::default() },
        };
        assert_eq!(world.run(world.people.director, &publish(2)).await.version, 2);
        assert_eq!(world.run(world.people.director, &publish(3)).await.version, 3);
        let nobody = world.refusal(world.people.director, &publish(0)).await;
        assert!(matches!(nobody, Refusal::InvalidInput { .. }), "{nobody}");
    }
}
