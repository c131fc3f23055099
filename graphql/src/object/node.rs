//! Anything that has an id.

use async_graphql::{Context, ID, Interface, Result};
use store::read::{people, plan_version, programme, registry, rules, submission};

use super::{
    Award, Condition, Determination, Envelope, Evidence, Gate, GateTemplate, Milestone,
    Organization, PayeeAccount, Payment, PaymentBatch, Person, PlanVersion, PolicyVersion,
    Programme, Receipt, Ref, Release, Report, ReturnOrder, RoleGrant, ServiceToken, SettlementLine,
    Submission, Theme, Tranche,
};
use crate::loader::load;
use crate::node_id::Node;
use crate::session::Session;

/// Anything that has an id. The id tells when the thing was made, and nothing else.
#[derive(Debug, Clone, Interface)]
#[graphql(
    name = "Node",
    field(
        name = "id",
        ty = "ID",
        desc = "The thing's id: opaque, global and typed."
    )
)]
pub enum AnyNode {
    /// A programme.
    Programme(Programme),
    /// A theme.
    Theme(Theme),
    /// A body.
    Organization(Organization),
    /// A person.
    Person(Person),
    /// An award.
    Award(Award),
    /// A milestone.
    Milestone(Milestone),
    /// A version of a submission.
    Submission(Submission),
    /// A piece of evidence.
    Evidence(Evidence),
    /// A gate.
    Gate(Gate),
    /// A condition.
    Condition(Condition),
    /// A tranche.
    Tranche(Tranche),
    /// A version of a programme's policy.
    PolicyVersion(PolicyVersion),
    /// A version of a theme's gate template.
    GateTemplate(GateTemplate),
    /// A version of an award's plan.
    PlanVersion(PlanVersion),
    /// A granted role.
    RoleGrant(RoleGrant),
    /// A bearer token.
    ServiceToken(ServiceToken),
    /// A release of a tranche.
    Release(Release),
    /// A report.
    Report(Report),
    /// A determination of the amount.
    Determination(Determination),
    /// An order to return.
    ReturnOrder(ReturnOrder),
    /// Money that came in for a return.
    Receipt(Receipt),
    /// An envelope.
    Envelope(Envelope),
    /// A version of an account that a body is paid to.
    PayeeAccount(PayeeAccount),
    /// A payment batch.
    PaymentBatch(PaymentBatch),
    /// A payment.
    Payment(Payment),
    /// An answer of the bank.
    SettlementLine(SettlementLine),
}

impl AnyNode {
    /// What `id` names, as the viewer may see it.
    pub(crate) async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let Some(node) = Node::read(id) else {
            return Ok(None);
        };
        Ok(match node {
            Node::Theme(id) => load(ctx, id).await?.map(|view| Self::Theme(Theme(view))),
            Node::Programme(id) => {
                let found = session
                    .read(|store| programme::programmes(store.reads()))
                    .await?;
                let found = found.into_iter().find(|view| view.id == id);
                found.map(|view| Self::Programme(Programme(view)))
            }
            Node::Organization(id) => {
                let found = session
                    .read(|store| people::organization(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::Organization(Organization(view)))
            }
            Node::Person(id) => {
                let found = session
                    .read(|store| people::person(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::Person(Person(view)))
            }
            Node::Evidence(id) => {
                let found = session
                    .read(|store| submission::evidence(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::Evidence(Evidence(view)))
            }
            Node::Award(id) => Ref(id).load(ctx).await?.map(Self::Award),
            Node::Milestone(id) => Ref(id).load(ctx).await?.map(Self::Milestone),
            Node::Submission(id) => Ref(id).load(ctx).await?.map(Self::Submission),
            Node::Gate(id) => Ref(id).load(ctx).await?.map(Self::Gate),
            Node::Condition(id) => Ref(id).load(ctx).await?.map(Self::Condition),
            Node::Release(id) => load(ctx, id)
                .await?
                .map(|view| Self::Release(Release(view))),
            Node::Report(id) => load(ctx, id).await?.map(|view| Self::Report(Report(view))),
            Node::Determination(id) => load(ctx, id)
                .await?
                .map(|view| Self::Determination(Determination(view))),
            Node::ReturnOrder(id) => Ref(id).load(ctx).await?.map(Self::ReturnOrder),
            Node::Receipt(id) => Ref(id).load(ctx).await?.map(Self::Receipt),
            Node::Envelope(id) => {
                let line = load(ctx, id).await?;
                line.map(|line| Self::Envelope(Envelope { line, as_of: None }))
            }
            Node::PayeeAccount(id) => Ref(id).load(ctx).await?.map(Self::PayeeAccount),
            Node::PaymentBatch(id) => Ref(id).load(ctx).await?.map(Self::PaymentBatch),
            Node::Payment(id) => Ref(id).load(ctx).await?.map(Self::Payment),
            Node::SettlementLine(id) => Ref(id).load(ctx).await?.map(Self::SettlementLine),
            Node::Tranche(id) => Ref(id).load(ctx).await?.map(Self::Tranche),
            Node::PolicyVersion(id) => {
                let found = session
                    .read(|store| rules::policy_version(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::PolicyVersion(PolicyVersion(view)))
            }
            Node::GateTemplate(id) => {
                let found = session
                    .read(|store| rules::template(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::GateTemplate(GateTemplate(view)))
            }
            Node::PlanVersion(id) => {
                let found = session
                    .read(|store| plan_version::by_id(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::PlanVersion(PlanVersion(view)))
            }
            Node::RoleGrant(id) => {
                let found = session
                    .read(|store| registry::role_grant(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::RoleGrant(RoleGrant(view)))
            }
            Node::ServiceToken(id) => {
                let found = session
                    .read(|store| registry::service_token(store.reads(), &sight, id))
                    .await?;
                found.map(|view| Self::ServiceToken(ServiceToken(view)))
            }
        })
    }
}
