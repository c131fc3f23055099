//! Who publishes.

use async_graphql::Object;
use store::read::publisher::PublisherView;

use crate::scalar::{Instant, LocalizedText};

/// A publisher.
#[derive(Debug, Clone)]
pub struct Publisher(pub PublisherView);

/// One version of who publishes the awards as open data (360Giving), and under which licence. A file as of an
/// instant is published by the version in force then. Public.
#[Object]
impl Publisher {
    /// Its number within the programme, from 1.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// The prefix that 360Giving registered for the publisher; ids of grants begin with it.
    async fn prefix(&self) -> &str {
        &self.0.publisher.prefix
    }

    /// The publishing body's corporate number (法人番号).
    async fn corporate_number(&self) -> String {
        self.0.publisher.corporate_number.to_string()
    }

    /// Its name.
    async fn name(&self) -> LocalizedText {
        LocalizedText(self.0.publisher.name.clone())
    }

    /// The address of the licence under which the data may be used.
    async fn licence(&self) -> &str {
        &self.0.publisher.licence
    }

    /// Since when it is in force, until the next.
    async fn defined_at(&self) -> Instant {
        Instant(self.0.defined_at)
    }
}
