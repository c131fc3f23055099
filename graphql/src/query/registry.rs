//! People and bodies, as lists to choose from.

use async_graphql::{Context, InputObject, Object, Result};
use domain::access::Role;
use domain::id::OrganizationId;
use store::read::people::{OrganizationView, PersonView};
use store::read::registry::{self, NameKey, PersonFilter as Asked};

use super::filter::searched;
use crate::coded::Coded;
use crate::connection::{Connection, Cursor, asked, page};
use crate::node_id::Id;
use crate::object::{Organization, Person};
use crate::session::Session;

/// The code of the one order of people.
const PEOPLE_BY_NAME: &str = "PEOPLE_BY_NAME";

/// The code of the one order of bodies.
const ORGANIZATIONS_BY_NAME: &str = "ORGANIZATIONS_BY_NAME";

/// Which people a list shows.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct PersonFilter {
    /// Only those who hold this role today, wherever it reaches.
    role: Option<Coded<Role>>,
    /// Only those who belong to this body today, by an affiliation or by a role that they hold for it.
    organization: Option<Id<OrganizationId>>,
    /// Words that all occur in the name, in either language, however they are typed; at most 100
    /// characters.
    search: Option<String>,
}

/// Which bodies a list shows.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct OrganizationFilter {
    /// Words that all occur in the name, in either language, or in the corporate number, however they
    /// are typed; at most 100 characters.
    search: Option<String>,
}

/// The people and bodies of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RegistryQuery;

#[Object]
impl RegistryQuery {
    /// People to choose from, such as a gate's panel, by their English names; for administrators,
    /// officers, directors and auditors.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which people; all of them when absent.")] filter: Option<PersonFilter>,
    ) -> Result<Connection<Person>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let (first, after) = asked(first, after.as_deref(), PEOPLE_BY_NAME, key)?;
        let has_previous = after.is_some();
        let filter = filter.unwrap_or_default();
        let filter = Asked {
            role: filter.role.map(|role| role.0),
            organization: filter.organization.map(|body| body.0),
            search: searched(filter.search)?,
        };
        let (page_of, today) = ((first, after), session.today());
        let rows = session
            .read(|store| registry::people(store.reads(), &sight, &filter, page_of, today))
            .await?;
        let cursor = |view: &PersonView| {
            Cursor::new(PEOPLE_BY_NAME, [view.name.en.clone(), view.id.to_string()])
        };
        Ok(page(rows, first, has_previous, cursor, Person))
    }

    /// Bodies by their English names: all of them for the programme's side, but for panel members,
    /// and their own for its people.
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which bodies; all of them when absent.")] filter: Option<
            OrganizationFilter,
        >,
    ) -> Result<Connection<Organization>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let (first, after) = asked(first, after.as_deref(), ORGANIZATIONS_BY_NAME, key)?;
        let has_previous = after.is_some();
        let words = searched(filter.unwrap_or_default().search)?;
        let page_of = (first, after);
        let words = words.as_deref();
        let rows = session
            .read(|store| registry::organizations(store.reads(), &sight, words, page_of))
            .await?;
        let cursor = |view: &OrganizationView| {
            let parts = [view.name.en.clone(), view.id.to_string()];
            Cursor::new(ORGANIZATIONS_BY_NAME, parts)
        };
        Ok(page(rows, first, has_previous, cursor, Organization))
    }
}

fn key(parts: &[String]) -> Option<NameKey> {
    match parts {
        [name, id] => Some((name.clone(), id.parse().ok()?)),
        _ => None,
    }
}
