//! Bearer tokens, to come in over HTTP as somebody of the story.

use domain::id::PersonId;
use store::command::IssueServiceToken;
use store::identity;

use super::World;

impl World {
    /// A token of `person` that outlives every story.
    pub(crate) async fn token(&self, person: PersonId) -> String {
        let secret = identity::new_token_secret(self.store.entropy());
        let command = IssueServiceToken {
            person,
            label: "story".to_owned(),
            roles: Vec::new(),
            expires_at: "2100-01-01T00:00:00Z".parse().expect("an instant"),
            token_hash: identity::token_hash(&secret),
        };
        self.run(self.people.administrator, &command).await;
        secret
    }
}
