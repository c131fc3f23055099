//! The graph as people of a world ask it, without a server between: the clock stays in the story's
//! hands.

use async_graphql::{Request, Variables};
use domain::id::PersonId;
use graphql::{Viewer, build};
use serde_json::Value;

use super::World;

impl World {
    /// What `person` is answered: data and errors.
    pub(crate) async fn answer(&self, person: PersonId, document: &str, variables: Value) -> Value {
        let viewer = Viewer::load(&self.store, person, None).await;
        let viewer = Some(viewer.expect("a viewer"));
        self.answer_to(viewer, document, variables).await
    }

    /// The data that `person` asked for; no field fails.
    pub(crate) async fn ask(&self, person: PersonId, document: &str, variables: Value) -> Value {
        data(self.answer(person, document, variables).await)
    }

    /// The data that anybody may ask for.
    pub(crate) async fn ask_unsigned(&self, document: &str) -> Value {
        data(self.answer_to(None, document, Value::Null).await)
    }

    async fn answer_to(&self, viewer: Option<Viewer>, document: &str, variables: Value) -> Value {
        let request = Request::new(document).variables(Variables::from_json(variables));
        let response = graphql::answer(&build(), request, &self.store, viewer, Some("en")).await;
        serde_json::to_value(response).expect("an answer")
    }
}

fn data(mut answer: Value) -> Value {
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].take()
}
