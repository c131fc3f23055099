//! What a person may see, as conditions of statements (domain.md, 2.2 and 5).
//!
//! Applicants see the awards of their body; officers, directors, finance and auditors those of
//! their programme or theme; panel members see an award only through a gate on which they sit;
//! administrators see people and no casework. The conditions say the same as
//! [`Authority::sees`](domain::access::Authority::sees), for many rows at once.

use std::collections::BTreeSet;

use domain::access::{Authority, GrantScope, Role, Scope};
use domain::id::PersonId;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::entity::{award, gate, gate_member, ledger_transfer, recusal, theme};

/// What a person may see.
#[derive(Debug, Clone)]
pub struct Sight {
    /// Who looks.
    pub person: PersonId,
    /// With which roles.
    pub authority: Authority,
}

/// The scopes of some grants, by kind.
#[derive(Default)]
struct Scopes {
    programmes: Vec<Uuid>,
    themes: Vec<Uuid>,
    organizations: Vec<Uuid>,
}

impl Scopes {
    /// Whether an award lies in one of the scopes.
    fn awards(self) -> Condition {
        Condition::any()
            .add(award::Column::ProgrammeId.is_in(self.programmes))
            .add(award::Column::ThemeId.is_in(self.themes))
            .add(award::Column::OrganizationId.is_in(self.organizations))
    }
}

impl Sight {
    /// What `person` sees with `authority`.
    #[must_use]
    pub const fn new(person: PersonId, authority: Authority) -> Self {
        Self { person, authority }
    }

    fn scopes(&self, admits: impl Fn(Role) -> bool) -> Scopes {
        let mut scopes = Scopes::default();
        for grant in self.authority.grants() {
            if !admits(grant.role) {
                continue;
            }
            match grant.scope {
                GrantScope::Programme(id) => scopes.programmes.push(id.uuid()),
                GrantScope::Theme(id) => scopes.themes.push(id.uuid()),
                GrantScope::Organization(id) => scopes.organizations.push(id.uuid()),
            }
        }
        scopes
    }

    /// Programmes for the whole of which the person holds one of `roles`.
    #[must_use]
    pub fn programmes(&self, roles: &[Role]) -> Vec<Uuid> {
        self.scopes(|role| roles.contains(&role)).programmes
    }

    /// Whether a column that names a programme names one for which, or for a theme of which, the
    /// person holds one of `roles`.
    #[must_use]
    pub fn of_programme(&self, roles: &[Role], programme: impl ColumnTrait) -> Condition {
        let scopes = self.scopes(|role| roles.contains(&role));
        let of_themes = Query::select()
            .column(theme::Column::ProgrammeId)
            .from(theme::Entity)
            .cond_where(theme::Column::Id.is_in(scopes.themes))
            .to_owned();
        Condition::any()
            .add(programme.is_in(scopes.programmes))
            .add(programme.in_subquery(of_themes))
    }

    /// Whether a row with the columns `programme` and `theme` is of a theme for which, or for the
    /// programme of which, the person holds one of `roles`.
    #[must_use]
    pub fn of_theme(
        &self,
        roles: &[Role],
        programme: impl ColumnTrait,
        theme: impl ColumnTrait,
    ) -> Condition {
        let scopes = self.scopes(|role| roles.contains(&role));
        Condition::any()
            .add(programme.is_in(scopes.programmes))
            .add(theme.is_in(scopes.themes))
    }

    /// Transfers of the programmes and themes whose books the person works with: a theme's are those
    /// of its envelopes and of its awards, both sides of each.
    #[must_use]
    pub fn transfers(&self) -> Condition {
        use ledger_transfer::Column::{FromOwner, ProgrammeId, ToOwner};
        let scopes = self.scopes(|role| Role::BOOKKEEPERS.contains(&role));
        let of_themes = award::Column::ThemeId.is_in(scopes.themes.clone());
        let awards = ids_of_awards(Condition::all().add(of_themes));
        Condition::any()
            .add(ProgrammeId.is_in(scopes.programmes))
            .add(FromOwner.is_in(scopes.themes.clone()))
            .add(FromOwner.in_subquery(awards.clone()))
            .add(ToOwner.is_in(scopes.themes))
            .add(ToOwner.in_subquery(awards))
    }

    /// Whether the person works with the books of anything.
    #[must_use]
    pub fn works_with_books(&self) -> bool {
        let scopes = self.scopes(|role| Role::BOOKKEEPERS.contains(&role));
        !(scopes.programmes.is_empty() && scopes.themes.is_empty())
    }

    /// Whether the person works with the books of what lies in `scope`.
    #[must_use]
    pub fn keeps_books_of(&self, scope: &Scope) -> bool {
        let mut roles = Role::BOOKKEEPERS.iter();
        roles.any(|role| self.authority.holds(*role, scope))
    }

    /// Bodies that the person acts for.
    #[must_use]
    pub fn own_bodies(&self) -> Vec<Uuid> {
        self.scopes(Role::is_applicant_side).organizations
    }

    /// Awards in which the person holds one of `roles`.
    #[must_use]
    pub fn awards_as(&self, roles: &BTreeSet<Role>) -> Condition {
        self.scopes(|role| roles.contains(&role)).awards()
    }

    /// Whether the person sees what the applicant body of `scope` has not handed in yet: its own people
    /// do, and the auditor.
    #[must_use]
    pub fn sees_drafts(&self, scope: &Scope) -> bool {
        let mut grants = self.authority.grants().iter();
        grants.any(|grant| {
            (grant.role.is_applicant_side() || grant.role == Role::Auditor)
                && grant.scope.covers(scope)
        })
    }

    /// Awards that are seen whole.
    #[must_use]
    pub fn awards_whole(&self) -> Condition {
        let casework = |role| !matches!(role, Role::Reviewer | Role::Chair | Role::Administrator);
        self.scopes(casework).awards()
    }

    /// Awards that are seen at all: whole, or through a gate.
    #[must_use]
    pub fn awards(&self) -> Condition {
        Condition::any().add(self.awards_whole()).add(
            award::Column::Id.in_subquery(
                Query::select()
                    .column((gate::Entity, gate::Column::AwardId))
                    .from(gate::Entity)
                    .cond_where(gate::Column::Id.in_subquery(self.seats()))
                    .to_owned(),
            ),
        )
    }

    /// Whether a column that names an award names one that is seen whole.
    #[must_use]
    pub fn of_award_whole(&self, column: impl ColumnTrait) -> SimpleExpr {
        column.in_subquery(ids_of_awards(self.awards_whole()))
    }

    /// Whether a column that names an award names one that is seen at all.
    #[must_use]
    pub fn of_award(&self, column: impl ColumnTrait) -> SimpleExpr {
        column.in_subquery(ids_of_awards(self.awards()))
    }

    /// Whether a row of a table with the columns `award` and `gate` is of an award seen whole, or
    /// of a gate on which the person sits.
    #[must_use]
    pub fn of_gate(&self, award: impl ColumnTrait, gate: impl ColumnTrait) -> Condition {
        Condition::any()
            .add(self.of_award_whole(award))
            .add(gate.in_subquery(self.seats()))
    }

    /// Gates on which the person sits: on the roster, not replaced, and still a panel member by
    /// role.
    #[must_use]
    pub fn seats(&self) -> SelectStatement {
        let panels = self.scopes(|role| matches!(role, Role::Reviewer | Role::Chair));
        Query::select()
            .column((gate_member::Entity, gate_member::Column::GateId))
            .from(gate_member::Entity)
            .inner_join(
                gate::Entity,
                Expr::col((gate::Entity, gate::Column::Id))
                    .equals((gate_member::Entity, gate_member::Column::GateId)),
            )
            .inner_join(
                award::Entity,
                Expr::col((award::Entity, award::Column::Id))
                    .equals((gate::Entity, gate::Column::AwardId)),
            )
            .cond_where(gate_member::Column::PersonId.eq(self.person.uuid()))
            .cond_where(gate_member::Column::ReplacedAt.is_null())
            .cond_where(panels.awards())
            .to_owned()
    }

    /// Gates on which the person sits and judges: not recused. Who must not judge must not read.
    #[must_use]
    pub fn judged_gates(&self) -> SelectStatement {
        let recused = Query::select()
            .column((recusal::Entity, recusal::Column::GateId))
            .from(recusal::Entity)
            .cond_where(recusal::Column::PersonId.eq(self.person.uuid()))
            .to_owned();
        let mut seats = self.seats();
        seats.cond_where(gate_member::Column::GateId.not_in_subquery(recused));
        seats
    }
}

fn ids_of_awards(condition: Condition) -> SelectStatement {
    Query::select()
        .column((award::Entity, award::Column::Id))
        .from(award::Entity)
        .cond_where(condition)
        .to_owned()
}
