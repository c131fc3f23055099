//! The graph as people of a world ask it, without a server between: the clock stays in the story's
//! hands.

use std::sync::OnceLock;

use async_graphql::{Request, Variables};
use domain::id::PersonId;
use graphql::{ProgrammeSchema, Viewer};
use serde_json::Value;

use super::World;

/// The schema, which takes longer to build than most questions take to answer.
static SCHEMA: OnceLock<ProgrammeSchema> = OnceLock::new();

impl World {
    /// What `person` is answered: data and errors.
    pub(crate) async fn answer(&self, person: PersonId, document: &str, variables: Value) -> Value {
        self.reply(Some(person), document, variables).await
    }

    /// The data that `person` asked for; no field fails.
    pub(crate) async fn ask(&self, person: PersonId, document: &str, variables: Value) -> Value {
        data(self.answer(person, document, variables).await)
    }

    /// The data that anybody may ask for.
    pub(crate) async fn ask_unsigned(&self, document: &str) -> Value {
        data(self.reply(None, document, Value::Null).await)
    }

    /// What `asker`, the anonymous where nobody is signed in, is answered: data and errors.
    pub(crate) async fn reply(
        &self,
        asker: Option<PersonId>,
        document: &str,
        variables: Value,
    ) -> Value {
        let request = Request::new(document).variables(Variables::from_json(variables));
        self.heard(asker, request).await.0
    }

    /// The same, with the statements that the answer took; finding out who asks takes others.
    pub(crate) async fn heard(
        &self,
        asker: Option<PersonId>,
        request: Request,
    ) -> (Value, Vec<String>) {
        let viewer = match asker {
            Some(person) => {
                let viewer = Viewer::load(&self.store, person, None).await;
                Some(viewer.expect("a viewer"))
            }
            None => None,
        };
        self.statements.taken();
        let schema = SCHEMA.get_or_init(graphql::build);
        let answer = graphql::answer(schema, request, &self.store, viewer, Some("en")).await;
        let statements = self.statements.taken();
        (serde_json::to_value(answer).expect("an answer"), statements)
    }
}

fn data(mut answer: Value) -> Value {
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].take()
}
