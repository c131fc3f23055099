//! Roles and the scopes in which they are granted.

use crate::code::coded;

coded! {
    /// What a person may be in the programme; granted for a scope and a time, always by someone.
    pub enum Role {
        /// Speaks for an applicant body: accepts, withdraws, submits, proposes changes.
        Representative = "REPRESENTATIVE",
        /// Works on an applicant body's submissions.
        Researcher = "RESEARCHER",
        /// Follows an applicant body's money.
        FinanceContact = "FINANCE_CONTACT",
        /// Does the case work: drafts themes, convenes gates.
        Officer = "OFFICER",
        /// The authority: offers awards and decides gates.
        Director = "DIRECTOR",
        /// Sits on panels and signs.
        Reviewer = "REVIEWER",
        /// Leads a panel and recommends.
        Chair = "CHAIR",
        /// Releases, revokes and withholds tranches.
        FinancePreparer = "FINANCE_PREPARER",
        /// Approves payment batches.
        FinanceApprover = "FINANCE_APPROVER",
        /// Reads everything and changes nothing.
        Auditor = "AUDITOR",
        /// Keeps people, roles and tokens; no casework and no money.
        Administrator = "ADMINISTRATOR",
    }
}

coded! {
    /// How far a granted role reaches.
    pub enum ScopeKind {
        /// A whole programme.
        Programme = "PROGRAMME",
        /// One theme of a programme.
        Theme = "THEME",
        /// One applicant body.
        Organization = "ORGANIZATION",
    }
}

impl Role {
    /// Whether the role belongs to the applicant's side, and so is granted for an organization.
    #[must_use]
    pub const fn is_applicant_side(self) -> bool {
        matches!(
            self,
            Self::Representative | Self::Researcher | Self::FinanceContact
        )
    }

    /// The roles that work with the books of their programme or theme.
    pub const BOOKKEEPERS: &'static [Self] = &[
        Self::Officer,
        Self::Director,
        Self::FinancePreparer,
        Self::FinanceApprover,
        Self::Auditor,
    ];

    /// The roles that take the books away in files: finance, and whoever audits it.
    pub const EXPORTERS: &'static [Self] =
        &[Self::FinancePreparer, Self::FinanceApprover, Self::Auditor];

    /// Whether the role may be granted for this kind of scope. Applicants act for their body;
    /// administrators and auditors for the whole programme; everyone else for a programme or theme.
    #[must_use]
    pub const fn may_be_granted_for(self, scope: ScopeKind) -> bool {
        match (self, scope) {
            (Self::Representative | Self::Researcher | Self::FinanceContact, scope) => {
                matches!(scope, ScopeKind::Organization)
            }
            (Self::Administrator | Self::Auditor, scope) => matches!(scope, ScopeKind::Programme),
            (_, scope) => matches!(scope, ScopeKind::Programme | ScopeKind::Theme),
        }
    }
}
