//! The tables and the open data of the same programme.

use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::report::{
    AwardStatementLine, BodyIdentifier, DisbursementLine, DisbursementStatementLine,
    EnvelopeFigures, EnvelopeLine, PaymentCalendarLine, Publication, PublishedBody, PublishedGrant,
    PublishedPayment, PublishedTranche, Publisher, ReportedBody,
};
use domain::tranche::{TrancheKind, TrancheState};
use domain::wording;
use domain::{Coded, Currency, FiscalYear, LocalizedText, Money};
use exports::{GrantPackage, Reported, Table, TableFormat};
use serde_json::json;
use uuid::Uuid;

use crate::{Answer, Folder, date, instant, yen};

const YEAR: FiscalYear = FiscalYear::new(2025);

/// Writes a report in every form.
pub(crate) fn tables<R: Reported>(folder: &Folder, rows: &[R]) -> Answer {
    let headings: Vec<_> = R::COLUMNS
        .iter()
        .map(|column| {
            let words = wording::localized(column.key());
            json!([column.key().code(), format!("{} / {}", words.ja, words.en)])
        })
        .collect();
    for format in TableFormat::ALL {
        let name = format!("{}.{}", R::NAME, format.extension());
        folder.file(&name, &json!({ "headings": headings }), |out| {
            let mut table = Table::begin(format, out)?;
            rows.iter().try_for_each(|row| table.push(row))?;
            table.finish()
        })?;
    }
    Ok(())
}

fn body(name: &str) -> ReportedBody {
    ReportedBody {
        identifier: "0000012050002".to_owned(),
        name: name.to_owned(),
    }
}

/// Writes the tables.
pub(crate) fn write(folder: &Folder) -> Answer {
    let states = [
        TrancheState::Settled,
        TrancheState::Bounced,
        TrancheState::Released,
    ];
    let names = [
        "株式会社見本",
        "=HYPERLINK(\"//x\")",
        "＠見本, \"研究所\"\r\n-1\u{1}\u{fffe}_x003D_<&>",
    ];
    let mut lines = Vec::new();
    let mut calendar = Vec::new();
    for (ordinal, (state, name)) in (1..).zip(states.into_iter().zip(names)) {
        let id = Uuid::from_u128(u128::from(ordinal));
        lines.push(DisbursementStatementLine {
            line: DisbursementLine {
                release: id.into(),
                award: id.into(),
                award_number: format!("HTC-R07-SAMD-{ordinal:04}"),
                organization: id.into(),
                theme: id.into(),
                theme_code: "SAMD".to_owned(),
                tranche: id.into(),
                ordinal,
                kind: TrancheKind::Advance,
                budget_year: YEAR,
                state,
                amount: yen(10_000_000),
                payable: yen(if state == TrancheState::Settled {
                    0
                } else {
                    10_000_000
                }),
                in_transit: yen(0),
                value_date: date("2025-07-01")?,
                released_at: instant("2025-06-20T01:02:03.000004Z")?,
            },
            body: body(name),
        });
        calendar.push(PaymentCalendarLine {
            award_number: format!("HTC-R07-SAMD-{ordinal:04}"),
            theme_code: "SAMD".to_owned(),
            body: body(name),
            ordinal,
            kind: TrancheKind::Advance,
            budget_year: YEAR,
            planned_on: (ordinal > 1).then_some(date("2025-06-01")?),
            state,
            amount: yen(10_000_000),
            paid: yen(if state == TrancheState::Settled {
                10_000_000
            } else {
                0
            }),
            value_on: (ordinal == 1).then_some(date("2025-07-01")?),
        });
    }
    tables(folder, &lines)?;
    tables(folder, &calendar)?;
    tables(folder, &[envelope()])?;
    tables(folder, &[award()])
}

fn envelope() -> EnvelopeLine {
    EnvelopeLine {
        envelope: Uuid::from_u128(1).into(),
        theme: Uuid::from_u128(2).into(),
        theme_code: "SAMD".to_owned(),
        fiscal_year: YEAR,
        closed_on: None,
        figures: EnvelopeFigures {
            appropriated: yen(100_000_000),
            available: yen(10_000_000),
            committed: yen(37_500_000),
            retained: yen(2_500_000),
            released: yen(20_000_000),
            carried_out: yen(30_000_000),
            paid: yen(10_000_000),
            decommitted: yen(40_000_000),
            ..EnvelopeFigures::zero(Currency::JPY)
        },
    }
}

fn award() -> AwardStatementLine {
    AwardStatementLine {
        award_number: "HTC-R07-SAMD-0001".to_owned(),
        theme_code: "SAMD".to_owned(),
        body: body("-見本"),
        state: AwardStateCode::Active,
        amounts: FiveAmounts {
            applied: yen(60_000_000),
            decided: yen(50_000_000),
            paid: yen(10_000_000),
            fixed: yen(9_000_000),
            returned: yen(0),
            written_off: yen(0),
        },
        advanced: yen(1_000_000),
        granted: yen(9_000_000),
        returnable: yen(0),
    }
}

/// Writes the open data.
pub(crate) fn write_grants(folder: &Folder) -> Answer {
    let numbered = |number: &str, name: &str| {
        Ok::<_, Box<dyn std::error::Error>>(PublishedBody {
            identifier: BodyIdentifier::CorporateNumber(number.parse()?),
            name: LocalizedText::new(name, name),
        })
    };
    let publication = Publication {
        publisher: Publisher {
            prefix: "360G-htc".to_owned(),
            corporate_number: "6000012070001".parse()?,
            name: LocalizedText::new("厚生労働省", "Ministry of Health, Labour and Welfare"),
            licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        },
        programme_code: "HTC".to_owned(),
        programme_title: LocalizedText::new("ヘルステック", "Healthtech Challenge"),
    };
    let abroad = PublishedBody {
        identifier: BodyIdentifier::Registered {
            scheme: "GB-COH".to_owned(),
            value: "01234567".to_owned(),
        },
        name: LocalizedText::new("見本", "Specimen \"Labs\" Ltd\u{1}"),
    };
    let recipients = [numbered("7000012050002", "国税庁（見本）")?, abroad];
    let mut grants = Vec::new();
    for (ordinal, recipient) in (1..).zip(recipients) {
        grants.push(grant(ordinal, recipient)?);
    }
    let as_of = instant("2026-05-01T00:00:00Z")?;
    folder.file("grants.json", &json!({}), |out| {
        let mut package = GrantPackage::begin(&publication, as_of, out)?;
        grants.iter().try_for_each(|grant| package.push(grant))?;
        package.finish()
    })
}

fn grant(ordinal: u16, recipient: PublishedBody) -> Result<PublishedGrant, chrono::ParseError> {
    let decided_on = date("2025-06-01")?;
    let tranche = |place: u16, amount: Money, payments| PublishedTranche {
        id: Uuid::from_u128(u128::from(ordinal * 100 + place)).into(),
        ordinal: place,
        kind: TrancheKind::Milestone,
        title: LocalizedText::new("非臨床試験", "Non-clinical study"),
        amount,
        committed_on: decided_on,
        due_on: None,
        payments,
    };
    let payment = PublishedPayment {
        transfer: Uuid::from_u128(u128::from(ordinal)).into(),
        paid_on: date("2025-07-01")?,
        amount: yen(10_000_000),
    };
    Ok(PublishedGrant {
        award_number: format!("HTC-R07-SAMD-{ordinal:04}"),
        title: LocalizedText::new("見本の\u{0}計画", "Specimen"),
        theme_code: "SAMD".to_owned(),
        theme_title: LocalizedText::new("医療機器プログラム", "Software as a medical device"),
        decided_on,
        applied: yen(60_000_000),
        decided: yen(50_000_000),
        paid: yen(10_000_000),
        planned: (decided_on, date("2027-03-31")?),
        recipient,
        tranches: vec![
            tranche(1, yen(10_000_000), vec![payment]),
            tranche(2, yen(40_000_000), vec![]),
        ],
        recorded_at: instant("2025-07-01T00:00:00.000001Z")?,
    })
}
