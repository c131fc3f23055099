//! What the GraphiQL page of the demonstration shows: a button for each persona, a tab for each
//! reader's scene. The routes exist in demonstration mode only, which listens on loopback only and
//! answers to loopback names only.
//!
//! The scenes are the files of `graphql/operations` and no copies of them: the page opens them, the
//! stories run them, the README sends them, and a typed client is generated from them.

use super::{Backend, Edge, Persona};
use axum::{Json, extract::State};
use serde::Serialize;
use std::sync::Arc;

/// What one reader asks the graph.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Scene {
    /// The name of its file, without the ending.
    pub name: &'static str,
    /// The persona's token; none is needed for the public part.
    pub token: Option<&'static str>,
    /// The operations, with comments that introduce them.
    pub document: &'static str,
}

macro_rules! scenes {
    ($( $name:literal: $token:expr; )+) => {
        &[$( Scene {
            name: $name,
            token: $token,
            document: include_str!(concat!("../../../graphql/operations/", $name, ".graphql")),
        } ),+]
    };
}

/// Every reader's scene, in the order of the tabs.
pub const SCENES: &[Scene] = scenes! {
    "public": None;
    "applicant": Some("demo-representative");
    "panel": Some("demo-reviewer-3");
    "officer": Some("demo-officer");
    "director": Some("demo-director");
    "finance": Some("demo-finance-preparer");
    "year-end": Some("demo-finance-approver");
    "auditor": Some("demo-auditor");
};

/// `/demonstration/personas`: every persona with their token.
pub(super) async fn personas<B: Backend>(State(edge): State<Arc<Edge<B>>>) -> Json<Vec<Persona>> {
    Json(edge.personas.clone().unwrap_or_default())
}

/// `/demonstration/scenes`: every reader's scene.
pub(super) async fn scenes() -> Json<&'static [Scene]> {
    Json(SCENES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_of_operations_is_a_scene_of_somebody_who_can_be_taken() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../graphql/operations");
        let files = std::fs::read_dir(folder).expect("the operations");
        let files: BTreeSet<_> = files
            .map(|file| file.expect("a file").file_name().into_string())
            .collect();
        let named = SCENES
            .iter()
            .map(|scene| Ok(format!("{}.graphql", scene.name)));
        assert_eq!(files, named.collect());
        let personas = seeds::demonstration::PERSONAS.iter();
        let tokens: BTreeSet<_> = personas.map(|persona| persona.token).collect();
        for scene in SCENES {
            assert!(
                scene.token.is_none_or(|token| tokens.contains(token)),
                "{}",
                scene.name
            );
        }
    }
}
