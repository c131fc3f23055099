//! Bearer tokens. The issue is written out, because its secret is made here, shown once and never
//! kept.

use async_graphql::{Context, InputObject, MergedObject, Object, Result, SimpleObject};
use domain::access::Role;
use domain::id::{PersonId, ServiceTokenId};
use store::command::IssueServiceToken;
use store::identity;
use validator::{Validate, ValidationErrors};

use super::reading::field;
use super::{OptionalKey, REASON_MAX, mutations};
use crate::coded::Coded;
use crate::execute::{CommandInput, execute};
use crate::node_id::Id;
use crate::outcome::Outcome;
use crate::refusal::Refused;
use crate::scalar::Instant;
use crate::session::Session;

mutations! {
    /// The end of bearer tokens.
    pub struct RevocationMutations;

    /// Revokes a bearer token at once. For administrators.
    fn revoke_service_token = RevokeServiceToken;
    input RevokeServiceTokenInput (key: OptionalKey) {
        /// The token.
        service_token: Id<ServiceTokenId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The token no longer works.
    payload RevokeServiceTokenPayload {
        /// The token's id.
        service_token_id: Id<ServiceTokenId> = service_token,
    }
}

/// Bearer tokens.
#[derive(Debug, Clone, Copy, Default, MergedObject)]
pub(crate) struct TokenMutations(IssueMutations, RevocationMutations);

/// The issue of bearer tokens.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct IssueMutations;

#[Object]
impl IssueMutations {
    /// Issues a bearer token for a person. For administrators.
    async fn issue_service_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is asked for.")] input: IssueServiceTokenInput,
    ) -> Result<Outcome<IssueServiceTokenPayload>> {
        let session = Session::of(ctx)?;
        let secret = identity::new_token_secret(session.entropy());
        let hash = identity::token_hash(&secret);
        let issue = Issue {
            input,
            token_hash: hash.clone(),
        };
        let outcome = execute(ctx, issue, |issued| IssueServiceTokenPayload {
            service_token_id: Id(issued.service_token),
            secret: None,
        })
        .await?;
        let Outcome::Done(payload) = outcome else {
            return Ok(outcome);
        };
        // A repeated key answers with the token of the first time, whose secret is gone.
        let bearer = session
            .read(|store| identity::person_by_token_hash(store.reads(), &hash, store.now()))
            .await?;
        let secret = bearer.map(|_| secret);
        Ok(Outcome::Done(IssueServiceTokenPayload {
            secret,
            ..payload
        }))
    }
}

/// Issues a bearer token for a person.
#[derive(Debug, InputObject, Validate)]
pub(crate) struct IssueServiceTokenInput {
    /// For whom.
    person: Id<PersonId>,
    /// What it is for; 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    label: String,
    /// The roles that it carries, at most 200; all of the person's when empty.
    #[graphql(default)]
    roles: Vec<Coded<Role>>,
    /// When it stops working.
    expires_at: Instant,
    /// The caller's key for this request, 1 to 200 characters. The same key with the same input
    /// answers with the first token again, but without its secret; with another input it is refused.
    /// A refusal leaves the key free.
    idempotency_key: OptionalKey,
}

/// The request with the hash of the secret that was made for it.
struct Issue {
    input: IssueServiceTokenInput,
    token_hash: String,
}

impl Validate for Issue {
    fn validate(&self) -> Result<(), ValidationErrors> {
        self.input.validate()
    }
}

impl CommandInput for Issue {
    type Command = IssueServiceToken;

    fn idempotency_key(&self) -> Option<&str> {
        self.input.idempotency_key.as_deref()
    }

    fn command(self) -> Result<IssueServiceToken, Refused> {
        Ok(IssueServiceToken {
            person: self.input.person.0,
            label: self.input.label,
            roles: field("roles", self.input.roles)?,
            expires_at: self.input.expires_at.0,
            token_hash: self.token_hash,
        })
    }
}

/// The token was issued.
#[derive(Debug, SimpleObject)]
pub(crate) struct IssueServiceTokenPayload {
    /// The token's id, by which it is revoked.
    service_token_id: Id<ServiceTokenId>,
    /// The token itself, to be sent as `Authorization: Bearer`. It is shown this once and kept by
    /// nobody; a repeated idempotency key answers null here.
    secret: Option<String>,
}
