//! Whatever people write into what is published, it comes out as that text.

use domain::wording::Language;
use proptest::prelude::*;

use super::*;
use crate::fixtures::{any_localized, any_text};

fn any_body() -> impl Strategy<Value = PublishedBody> {
    let registered = (any_text(), any_text())
        .prop_map(|(scheme, value)| BodyIdentifier::Registered { scheme, value });
    let identifier = prop_oneof![Just(body("7000012050002", "").identifier), registered];
    (identifier, any_localized()).prop_map(|(identifier, name)| PublishedBody { identifier, name })
}

fn any_publication() -> impl Strategy<Value = Publication> {
    let publisher = (any_text(), any_localized(), any_text());
    (publisher, any_text(), any_localized()).prop_map(
        |((prefix, name, licence), programme_code, programme_title)| Publication {
            publisher: Publisher {
                prefix,
                corporate_number: publication().publisher.corporate_number,
                name,
                licence,
            },
            programme_code,
            programme_title,
        },
    )
}

fn tranche(ordinal: u16, title: LocalizedText) -> PublishedTranche {
    let like = grant("", yen(1)).tranches.swap_remove(0);
    PublishedTranche {
        id: like.id,
        ordinal,
        kind: TrancheKind::Milestone,
        title,
        amount: like.amount,
        committed_on: like.committed_on,
        due_on: like.due_on,
        payments: like.payments,
    }
}

fn any_grant() -> impl Strategy<Value = PublishedGrant> {
    let theme = (any_text(), any_localized());
    let titles = proptest::collection::vec(any_localized(), 0..4);
    (any_text(), any_localized(), theme, any_body(), titles).prop_map(
        |(award_number, title, (theme_code, theme_title), recipient, titles)| {
            let like = grant("", yen(1));
            PublishedGrant {
                award_number,
                title,
                theme_code,
                theme_title,
                decided_on: like.decided_on,
                applied: like.applied,
                decided: like.decided,
                paid: like.paid,
                planned: like.planned,
                recipient,
                tranches: (1..)
                    .zip(titles)
                    .map(|(ordinal, title)| tranche(ordinal, title))
                    .collect(),
                recorded_at: like.recorded_at,
            }
        },
    )
}

/// English and Japanese in one text, and once where they are the same.
fn both(text: &LocalizedText) -> String {
    let LocalizedText { ja, en } = text;
    if ja == en {
        en.clone()
    } else {
        [en.as_str(), ja].join(" / ")
    }
}

fn id(identifier: &BodyIdentifier) -> String {
    match identifier {
        BodyIdentifier::CorporateNumber(number) => format!("JP-JCN-{number}"),
        BodyIdentifier::Registered { scheme, value } => [scheme.as_str(), value].join("-"),
    }
}

proptest! {
    #[test]
    fn whatever_the_texts_are_they_come_back(
        publication in any_publication(),
        grant in any_grant(),
    ) {
        let package = published(&publication, std::slice::from_ref(&grant)).expect("a package");
        let programme = both(&publication.programme_title);
        let publisher = &publication.publisher;
        let funder = id(&publisher.body().identifier);
        let recipient = id(&grant.recipient.identifier);
        let texts = [
            ("/title", programme.clone()),
            ("/license", publisher.licence.clone()),
            ("/publisher/name", both(&publisher.name)),
            ("/publisher/identifier", funder.clone()),
            ("/grants/0/id", format!("{}-{}", publisher.prefix, grant.award_number)),
            ("/grants/0/title", both(&grant.title)),
            ("/grants/0/recipientOrganization/0/id", recipient.clone()),
            ("/grants/0/recipientOrganization/0/name", both(&grant.recipient.name)),
            ("/grants/0/fundingOrganization/0/id", funder.clone()),
            ("/grants/0/fundingOrganization/0/name", both(&publisher.name)),
            ("/grants/0/grantProgramme/0/code", publication.programme_code.clone()),
            ("/grants/0/grantProgramme/0/title", programme),
            ("/grants/0/classifications/0/code", grant.theme_code.clone()),
            ("/grants/0/classifications/0/title", both(&grant.theme_title)),
        ];
        let read = |place: &str| package.pointer(place).and_then(Value::as_str);
        for (place, text) in &texts {
            prop_assert_eq!(read(place), Some(text.as_str()), "{}", place);
        }
        let description = read("/grants/0/description").expect("a description");
        for language in Language::ALL {
            prop_assert!(description.contains(grant.theme_title.in_language(language)));
        }
        for (index, tranche) in grant.tranches.iter().enumerate() {
            for language in Language::ALL {
                prop_assert!(description.contains(tranche.title.in_language(language)));
            }
            for movement in ["commitmentTransaction", "disbursementTransaction"] {
                let of = |member| read(&format!("/grants/0/{movement}/{index}/{member}"));
                let title = format!("{}. Milestone: {}", tranche.ordinal, both(&tranche.title));
                prop_assert_eq!(of("description"), Some(title.as_str()));
                prop_assert_eq!(of("provider"), Some(funder.as_str()));
                prop_assert_eq!(of("recipient"), Some(recipient.as_str()));
            }
        }
    }
}
