//! What a history is replayed into: a programme and a theme of its own, its money, the import
//! persons, and the evaluators.
//!
//! Everything is found again by its key, so that a second run prepares nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{GrantScope, Role};
use domain::calendar::start_of_jst_day;
use domain::id::{PersonId, ProgrammeId, ThemeId};
use domain::ledger::TransferKind;
use domain::{BasisPoints, Coded, FiscalYear, LocalizedText, Money, Policy};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use store::command::{
    BootstrapAdministrator, DefineEnvelope, DefineTheme, GrantRole, PublishTheme,
    RegisterOrganization, RegisterPerson,
};
use store::entity::ledger_transfer;
use store::{Command, Error, Store};

use super::history::History;
use super::key::key;
use super::{ReplayError, ReplayOptions};
use crate::act::act;

/// Who acts in a replay, and where.
#[derive(Debug)]
pub(super) struct Crew {
    pub(super) programme: ProgrammeId,
    pub(super) theme: ThemeId,
    /// Convenes and recommends.
    pub(super) chair: PersonId,
    /// Sits on every panel, because a roster needs a deputy, and never acts.
    pub(super) deputy: PersonId,
    /// Offers and decides.
    pub(super) decider: PersonId,
    /// Releases, and confirms the accounts to which it would be paid.
    pub(super) releaser: PersonId,
    /// The evaluators, by their pseudonym.
    pub(super) evaluators: BTreeMap<String, PersonId>,
}

/// The policy of a replay: the first version, but one vote is enough and may come from one body,
/// because the history has one evaluator at a time. Rounds stay limited.
pub(super) fn policy() -> Policy {
    Policy {
        votes_min: 1,
        bodies_min: 1,
        quorum_bp: BasisPoints::of(5_001),
        ..Policy::default()
    }
}

/// Makes or finds everything that the rows of `history` need.
///
/// # Errors
/// When the store does not answer, or a rule refuses what the replay stands on.
pub(super) async fn assemble(
    store: &Store,
    options: &ReplayOptions,
    history: &History,
) -> Result<Crew, ReplayError> {
    let source = &options.source;
    let title = LocalizedText::new(
        format!("実績データの再現（{source}）"),
        format!("Replayed history ({source})"),
    );
    let currency = options.nominal_amount.currency();
    let programme = store.ensure_programme(source, &title, currency).await?;
    let setup = Setup {
        store,
        source,
        programme,
    };
    let bootstrap = BootstrapAdministrator {
        programme,
        policy: policy(),
        name: LocalizedText::new("取込管理者", "Import administrator"),
        email: None,
        identity: None,
    };
    setup.run("administrator", "", &bootstrap).await?;
    let theme = setup.theme(title).await?;
    for (year, tranches) in history.tranches_by_year() {
        setup
            .appropriate(theme, year, options.nominal_amount, tranches)
            .await?;
    }
    let chair = setup.person("import-chair", "取込委員長", None).await?;
    let deputy = setup.person("import-deputy", "取込副委員長", None).await?;
    let decider = setup.person("import-decider", "取込決定者", None).await?;
    let releaser = setup.person("import-releaser", "取込交付者", None).await?;
    for (person, role) in [
        (chair, Role::Officer),
        (chair, Role::Chair),
        (deputy, Role::Chair),
        (decider, Role::Director),
        (releaser, Role::FinancePreparer),
    ] {
        setup.grant(person, role).await?;
    }
    let mut evaluators = BTreeMap::new();
    for evaluator in history.evaluators() {
        evaluators.insert(evaluator.to_owned(), setup.evaluator(evaluator).await?);
    }
    Ok(Crew {
        programme,
        theme,
        chair,
        deputy,
        decider,
        releaser,
        evaluators,
    })
}

struct Setup<'a> {
    store: &'a Store,
    source: &'a str,
    programme: ProgrammeId,
}

impl Setup<'_> {
    async fn run<C: Command>(
        &self,
        what: &str,
        name: &str,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let key = key(self.source, &[name], what);
        act(self.store, None, beginning(), key, command).await
    }

    async fn theme(&self, title: LocalizedText) -> Result<ThemeId, Error> {
        let define = DefineTheme {
            programme: self.programme,
            code: self.source.to_owned(),
            title,
        };
        let theme = self.run("theme", "", &define).await?.theme;
        self.run("theme-published", "", &PublishTheme { theme })
            .await?;
        Ok(theme)
    }

    /// Gives the theme what the file's tranches of `year` need and it does not have yet; at least
    /// one nominal amount, because there is no envelope of nothing.
    async fn appropriate(
        &self,
        theme: ThemeId,
        year: FiscalYear,
        nominal_amount: Money,
        tranches: usize,
    ) -> Result<(), ReplayError> {
        let parts = core::iter::repeat_n(nominal_amount, tranches.max(1));
        let needed = Money::sum(nominal_amount.currency(), parts)?;
        let missing = needed.minus(self.appropriated(theme, year, needed).await?)?;
        if missing.is_positive() {
            let envelope = DefineEnvelope {
                theme,
                fiscal_year: year,
                appropriated: missing,
                consultation_reference: Some(format!("REPLAY {}", self.source)),
            };
            let name = format!("{year}:{}", needed.minor());
            self.run("envelope", &name, &envelope).await?;
        }
        Ok(())
    }

    async fn appropriated(
        &self,
        theme: ThemeId,
        year: FiscalYear,
        needed: Money,
    ) -> Result<Money, ReplayError> {
        let amounts: Vec<i64> = ledger_transfer::Entity::find()
            .select_only()
            .column(ledger_transfer::Column::AmountMinor)
            .filter(ledger_transfer::Column::Kind.eq(TransferKind::Appropriate.code()))
            .filter(ledger_transfer::Column::ToOwner.eq(theme.uuid()))
            .filter(ledger_transfer::Column::ToBudgetYear.eq(i64::from(year.get())))
            .into_tuple()
            .all(self.store.reads())
            .await
            .map_err(Error::from)?;
        let currency = needed.currency();
        let amounts = amounts
            .into_iter()
            .map(|minor| Money::of_minor(minor, currency));
        Ok(Money::sum(currency, amounts)?)
    }

    async fn person(
        &self,
        code: &str,
        ja: &str,
        body: Option<domain::id::OrganizationId>,
    ) -> Result<PersonId, Error> {
        let register = RegisterPerson {
            programme: self.programme,
            name: LocalizedText::new(ja, code),
            email: None,
            identity: None,
            affiliations: body
                .into_iter()
                .map(|body| (body, first_day(), None))
                .collect(),
        };
        Ok(self.run("person", code, &register).await?.person)
    }

    async fn grant(&self, person: PersonId, role: Role) -> Result<(), Error> {
        let grant = GrantRole {
            person,
            role,
            scope: GrantScope::Programme(self.programme),
            from: first_day(),
            until: None,
        };
        self.run(role.code(), &person.to_string(), &grant).await?;
        Ok(())
    }

    /// An evaluator, of a body of their own: nothing tells whether two share one.
    async fn evaluator(&self, pseudonym: &str) -> Result<PersonId, Error> {
        let body = RegisterOrganization {
            programme: self.programme,
            name: LocalizedText::new(
                format!("{pseudonym}の所属先"),
                format!("The body of {pseudonym}"),
            ),
            corporate_number: None,
            identifiers: vec![(format!("{}-EVALUATOR", self.source), pseudonym.to_owned())],
        };
        let body = self.run("body", pseudonym, &body).await?.organization;
        let person = self.person(pseudonym, pseudonym, Some(body)).await?;
        self.grant(person, Role::Reviewer).await?;
        Ok(person)
    }
}

/// The day from which import persons hold their roles: before every history there is.
fn first_day() -> NaiveDate {
    FiscalYear::new(2000).starts_on()
}

/// When the set-up happened.
fn beginning() -> DateTime<Utc> {
    start_of_jst_day(first_day())
}
