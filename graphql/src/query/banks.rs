//! What a Japanese bank knows: banks and branches to choose from, and how it reads a name.

use async_graphql::{Context, Object, Result};
use domain::bank::{self, BankCode};

use super::filter::searched;
use crate::object::{BankPlace, NamePreview};
use crate::session::Session;

/// Most places of an answer.
const PLACES_MAX: usize = 100;

/// The bank list of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BankQuery;

#[Object]
impl BankQuery {
    /// Banks by number, at most 100: narrow the search for others. For whoever is signed in.
    async fn banks(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Words that all occur in the number, the name or its reading; at most 100 \
                    characters."
        )]
        search: Option<String>,
    ) -> Result<Vec<BankPlace>> {
        Session::of(ctx)?.viewer()?;
        let asked = searched(search)?.unwrap_or_default();
        let found = bank::banks(&asked).take(PLACES_MAX);
        Ok(found
            .map(|(code, place)| BankPlace::of(&code, place))
            .collect())
    }

    /// The branches of a bank by number, at most 100: narrow the search for others. Empty for a bank
    /// that is not listed. For whoever is signed in.
    async fn branches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bank, four digits.")] bank: String,
        #[graphql(
            desc = "Words that all occur in the number, the name or its reading; at most 100 \
                    characters."
        )]
        search: Option<String>,
    ) -> Result<Vec<BankPlace>> {
        Session::of(ctx)?.viewer()?;
        let asked = searched(search)?.unwrap_or_default();
        let found = BankCode::parse(&bank).and_then(|of| bank::branches(of, &asked));
        let found = found.into_iter().flatten().take(PLACES_MAX);
        Ok(found
            .map(|(code, place)| BankPlace::of(&code, place))
            .collect())
    }

    /// How a bank will read a holder's name, before it is proposed. For whoever is signed in.
    async fn payee_name_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name in kana of any width; at most 200 characters.")] name: String,
    ) -> Result<NamePreview> {
        let session = Session::of(ctx)?;
        session.viewer()?;
        Ok(NamePreview::of(&name, session.language))
    }
}
