mod texts;

use domain::report::{
    BodyIdentifier, PublishedBody, PublishedPayment, PublishedTranche, Publisher,
};
use domain::tranche::TrancheKind;
use domain::{Currency, LocalizedText, Money};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::fixtures::{date, instant, yen};

fn body(number: &str, name: &str) -> PublishedBody {
    PublishedBody {
        identifier: BodyIdentifier::CorporateNumber(number.parse().expect("a number")),
        name: LocalizedText::new(name, name),
    }
}

fn publication() -> Publication {
    let name = "Ministry of Health, Labour and Welfare";
    Publication {
        publisher: Publisher {
            prefix: "360G-htc".to_owned(),
            corporate_number: "6000012070001".parse().expect("a number"),
            name: LocalizedText::new("厚生労働省", name),
            licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        },
        programme_code: "HTC".to_owned(),
        programme_title: LocalizedText::new("ヘルステック", "Healthtech Challenge"),
    }
}

fn grant(title: &str, decided: Money) -> PublishedGrant {
    let paid = yen(10);
    PublishedGrant {
        award_number: "HTC-R07-SAMD-0001".to_owned(),
        title: LocalizedText::new(title, title),
        theme_code: "SAMD".to_owned(),
        theme_title: LocalizedText::new("医療機器プログラム", "Software as a medical device"),
        decided_on: date("2025-06-01"),
        applied: decided,
        decided,
        paid,
        planned: (date("2025-06-01"), date("2027-03-31")),
        recipient: body("7000012050002", "見本"),
        tranches: vec![PublishedTranche {
            id: Uuid::from_u128(1).into(),
            ordinal: 1,
            kind: TrancheKind::Advance,
            title: LocalizedText::new("前払", "Advance"),
            amount: decided,
            committed_on: date("2025-06-01"),
            due_on: None,
            payments: vec![PublishedPayment {
                transfer: Uuid::from_u128(2).into(),
                paid_on: date("2025-07-01"),
                amount: paid,
            }],
        }],
        recorded_at: instant("2025-07-01T00:00:00.000001Z"),
    }
}

fn written(grants: &[PublishedGrant]) -> Result<Value, ExportError> {
    published(&publication(), grants)
}

fn published(publication: &Publication, grants: &[PublishedGrant]) -> Result<Value, ExportError> {
    let mut file = Vec::new();
    let at = instant("2026-01-01T00:00:00Z");
    let mut package = GrantPackage::begin(publication, at, &mut file)?;
    grants.iter().try_for_each(|grant| package.push(grant))?;
    let tally = package.finish()?;
    assert_eq!((tally.rows, tally.bytes), (grants.len(), file.len() as u64));
    Ok(serde_json::from_slice(&file).expect("JSON"))
}

#[test]
fn a_grant_says_what_was_decided_and_paid_to_whom() {
    let package = written(&[grant("A", yen(50)), grant("B", yen(60))]).expect("a package");
    assert_eq!(package["version"], "1.4");
    let grants = package["grants"].as_array().expect("grants");
    assert_eq!(grants.len(), 2);
    let first = &grants[0];
    assert_eq!(first["id"], "360G-htc-HTC-R07-SAMD-0001");
    assert_eq!(first["amountAwarded"], json!(50));
    assert_eq!(first["amountDisbursed"], json!(10));
    assert_eq!(first["awardDate"], "2025-06-01");
    assert_eq!(
        first["recipientOrganization"][0]["id"],
        "JP-JCN-7000012050002"
    );
    assert_eq!(
        first["fundingOrganization"][0]["id"],
        "JP-JCN-6000012070001"
    );
    assert_eq!(first["commitmentTransaction"][0]["value"], json!(50));
    assert_eq!(first["commitmentTransaction"][0].get("valueDate"), None);
    assert_eq!(first["disbursementTransaction"][0]["value"], json!(10));
    assert_eq!(
        first["disbursementTransaction"][0]["valueDate"],
        "2025-07-01"
    );
}

#[test]
fn other_currencies_keep_their_decimals_and_nothing_loses_a_digit() {
    let cents = Money::of_minor(1_050, Currency::USD);
    let package = written(&[grant("A", cents)]).expect("a package");
    assert_eq!(package["grants"][0]["amountAwarded"].to_string(), "10.5");
    let most = written(&[grant("A", yen(999_999_999_999_999))]).expect("a package");
    assert_eq!(
        most["grants"][0]["amountAwarded"].to_string(),
        "999999999999999"
    );
    let refused = written(&[grant("A", yen(1)), grant("A", yen(1_000_000_000_000_000))]);
    let expected = Unwritable::form(2, "amount", InputRule::Range);
    assert!(matches!(refused, Err(ExportError::Unwritable(cause)) if cause == expected));
}

#[test]
fn a_package_has_a_grant() {
    let expected = Unwritable::form(0, "grants", InputRule::Required);
    assert!(matches!(written(&[]), Err(ExportError::Unwritable(cause)) if cause == expected));
}

#[test]
fn a_grant_is_for_its_theme_and_the_targets_at_which_it_is_paid() {
    let mut grant = grant("A", yen(50));
    let alone = written(std::slice::from_ref(&grant)).expect("a package");
    let theme = "Software as a medical device / 医療機器プログラム";
    assert_eq!(alone["grants"][0]["description"], theme);
    for (ordinal, title) in [(2, "Prototype"), (3, "Clinical trial")] {
        let advance = grant.tranches[0].clone();
        grant.tranches.push(PublishedTranche {
            ordinal,
            kind: TrancheKind::Milestone,
            title: LocalizedText::new("目標", title),
            ..advance
        });
    }
    let package = written(&[grant]).expect("a package");
    assert_eq!(
        package["grants"][0]["description"],
        "Software as a medical device: Prototype; Clinical trial / 医療機器プログラム: 目標; 目標"
    );
}
