//! The HTTP edge: routes, what every request and answer has in common, and nothing about grants. It
//! knows the rooms behind it only through [`Backend`].
//!
//! The stock async-graphql handler is not used: it runs mutations that came by GET or as a form, takes
//! bodies of any size, and lets the texts of database errors out.

mod accept;
mod address;
mod answer;
mod authentication;
mod backend;
mod demonstration;
mod document;
mod document_limits;
mod document_tokens;
mod evidence;
mod exports;
mod graphiql;
mod graphql;
mod health;
mod observe;
mod parameters;
mod problem;
mod protection;
mod reference;
mod router;
mod settlements;

pub use authentication::Caller;
pub use backend::{
    AttachedEvidence, Backend, EvidenceFile, ExportFailure, ExportFile, NotReady, Persona,
    PersonaName, Upload, UploadFailure,
};
pub use demonstration::{SCENES, Scene};
pub use document_limits::DocumentLimits;
pub use observe::{DURATION, REQUESTS};
pub use problem::Problem;
pub use router::{Edge, router};

#[cfg(test)]
mod tests;
