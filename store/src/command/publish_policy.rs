//! Puts a new version of the policy parameters in force for what is pinned from now on.

use domain::Policy;
use domain::access::{Operation, Scope};
use domain::id::{PolicyVersionId, ProgrammeId};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::latest_policy;
use crate::entity::programme;
use crate::error::Error;
use crate::persist::policy as policies;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Publishes the next version of a programme's policy.
#[derive(Debug, Clone, Serialize)]
pub struct PublishPolicy {
    /// The programme.
    pub programme: ProgrammeId,
    /// All parameters of the new version.
    pub policy: Policy,
}

/// A version of the policy is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPublished {
    /// The version.
    pub policy_version: PolicyVersionId,
    /// Its number within the programme, from 1.
    pub version: u32,
}

impl Command for PublishPolicy {
    const OPERATION: Operation = Operation::PublishPolicy;
    type Root = programme::Model;
    type Outcome = PolicyPublished;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<PolicyPublished, Error> {
        let last = latest_policy(work.tx(), self.programme).await?;
        let version = last.version.saturating_add(1);
        let policy_version = policies::insert(work, programme.id, version, &self.policy).await?;
        Ok(PolicyPublished {
            policy_version,
            version,
        })
    }
}
