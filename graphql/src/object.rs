//! The objects of the graph: read models shown field by field.

mod people;
mod programme;

pub use people::{Organization, Person, RoleGrant, ViewerObject};
pub use programme::{Programme, PublicTotal, Theme};

/// Something that a command named; it is read when it is asked for, as the viewer may see it then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ref<T>(pub T);
