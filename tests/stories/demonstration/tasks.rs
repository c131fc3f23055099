//! What is on the work lists of the demonstration, whoever asks.

use std::collections::BTreeSet;

use domain::Coded;
use domain::access::Actor;
use store::entity::person;
use store::read::Sight;
use store::read::task::{Asking, TaskFilter, Whose, page};

use super::Demonstration;

/// More than anybody has.
const TASKS_MAX: u64 = 1_000;

impl Demonstration {
    /// The codes of all kinds of tasks that wait for somebody, and of those that are late.
    pub(super) async fn tasks(&self) -> BTreeSet<String> {
        let (db, now) = (self.store.reads(), self.store.now());
        let mut found = BTreeSet::new();
        for row in self.rows::<person::Entity>().await {
            let person = row.id.into();
            let actor = Actor::Person {
                person,
                token: None,
            };
            let authority = store::load_authority(db, &actor, now).await.expect("roles");
            let sight = Sight::new(person, authority);
            for whose in [Whose::Own, Whose::Overdue] {
                let asking = Asking {
                    sight: &sight,
                    whose,
                    filter: &TaskFilter::default(),
                    now,
                };
                let page = page(db, &asking, (TASKS_MAX, None)).await.expect("a page");
                assert_eq!(page.next, None);
                let kinds = page
                    .tasks
                    .iter()
                    .map(|(_, task)| task.kind.code().to_owned());
                found.extend(kinds);
            }
        }
        found
    }
}
