//! Who publishes awards as open data.
//!
//! Versions, of which the last is in force. A file as of an instant is published by the version that was
//! in force then, so that it is the same whenever it is asked for.

use serde::{Deserialize, Serialize};

use super::{BodyIdentifier, PublishedBody};
use crate::corporate_number::CorporateNumber;
use crate::input_rule::InputRule;
use crate::refusal::Refusal;
use crate::text::LocalizedText;

/// With what every prefix begins that 360Giving registers.
const PREFIX_BEGINS: &str = "360G-";

/// Characters of what follows in the prefix at most.
const PREFIX_CHARS_MAX: usize = 40;

/// Characters of the licence's address at most.
const LICENCE_CHARS_MAX: usize = 500;

/// A body that publishes what it awards, and how its data may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// The prefix that 360Giving registered for it, such as `360G-htc`; ids of grants begin with it.
    pub prefix: String,
    /// Its corporate number.
    pub corporate_number: CorporateNumber,
    /// Its name.
    pub name: LocalizedText,
    /// The address of the licence under which the data may be used.
    pub licence: String,
}

impl Publisher {
    /// Refuses a publisher whose files no reader of open data could place.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] for a prefix that does not begin with `360G-`, for a licence that is no
    /// `https` address, and for a name that is missing in one language.
    pub fn ensure_may_publish(&self) -> Result<(), Refusal> {
        let registered = self.prefix.strip_prefix(PREFIX_BEGINS).is_some_and(|own| {
            let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            (1..=PREFIX_CHARS_MAX).contains(&own.len()) && own.chars().all(known)
        });
        let address = self.licence.strip_prefix("https://");
        let address = address.is_some_and(|rest| {
            !rest.is_empty()
                && self.licence.len() <= LICENCE_CHARS_MAX
                && rest.chars().all(|c| c.is_ascii_graphic())
        });
        let named = [&self.name.ja, &self.name.en]
            .iter()
            .all(|name| !name.trim().is_empty());
        let rules = [
            ("prefix", registered, InputRule::Form),
            ("licence", address, InputRule::Form),
            ("name", named, InputRule::Required),
        ];
        let broken = rules.into_iter().find(|(_, kept, _)| !kept);
        broken.map_or(Ok(()), |(field, _, rule)| {
            let field = field.to_owned();
            Err(Refusal::InvalidInput { field, rule })
        })
    }

    /// The publisher as open data names bodies.
    #[must_use]
    pub fn body(&self) -> PublishedBody {
        PublishedBody {
            identifier: BodyIdentifier::CorporateNumber(self.corporate_number),
            name: self.name.clone(),
        }
    }
}

/// What is published: the awards of a programme, by whoever publishes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Who publishes.
    pub publisher: Publisher,
    /// The code of the programme.
    pub programme_code: String,
    /// The title of the programme.
    pub programme_title: LocalizedText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_has_a_registered_prefix_a_licence_and_a_name() {
        let publisher = Publisher {
            prefix: "360G-htc".to_owned(),
            corporate_number: "6000012070001".parse().expect("a number"),
            name: LocalizedText::new("厚生労働省", "Ministry of Health, Labour and Welfare"),
            licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        };
        assert_eq!(publisher.ensure_may_publish(), Ok(()));
        let refused = |change: &dyn Fn(&mut Publisher)| {
            let mut publisher = publisher.clone();
            change(&mut publisher);
            match publisher.ensure_may_publish() {
                Err(Refusal::InvalidInput { field, .. }) => field,
                other => format!("{other:?}"),
            }
        };
        for prefix in ["", "360G-", "htc", "360G-h tc", "360G-ヘルス"] {
            assert_eq!(refused(&|one| prefix.clone_into(&mut one.prefix)), "prefix");
        }
        let long = format!("360G-{}", "x".repeat(41));
        assert_eq!(refused(&|one| one.prefix.clone_from(&long)), "prefix");
        for licence in [
            "",
            "https://",
            "http://example.org/",
            "CC BY",
            "https://a b",
        ] {
            assert_eq!(
                refused(&|one| licence.clone_into(&mut one.licence)),
                "licence"
            );
        }
        assert_eq!(refused(&|one| " ".clone_into(&mut one.name.en)), "name");
    }
}
