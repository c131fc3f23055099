//! The objects of the standard, as far as they are used, in its own names.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::report::{
    BodyIdentifier, Publication, PublishedBody, PublishedGrant, PublishedPayment, PublishedTranche,
};
use domain::tranche::TrancheKind;
use domain::wording::{self, Language};
use domain::{LocalizedText, Money};
use serde::Serialize;

use crate::number::{Number, number};

/// The version of the standard; the third number does not change the form.
const VERSION: &str = "1.4";

/// The vocabulary of the classification by theme: the programme's own.
const THEMES: &str = "Healthtech Challenge themes";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope<'a> {
    version: &'static str,
    title: String,
    issued: String,
    publisher: Named,
    license: &'a str,
}

#[derive(Serialize)]
struct Named {
    identifier: String,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Grant<'a> {
    id: String,
    title: String,
    description: String,
    currency: &'static str,
    amount_applied_for: Number,
    amount_awarded: Number,
    amount_disbursed: Number,
    award_date: NaiveDate,
    planned_dates: [Period; 1],
    recipient_organization: [Organization; 1],
    funding_organization: [Organization; 1],
    #[serde(rename = "grantProgramme")]
    programme: [Programme<'a>; 1],
    classifications: [Classification<'a>; 1],
    commitment_transaction: Vec<Transaction>,
    disbursement_transaction: Vec<Transaction>,
    date_modified: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    start_date: NaiveDate,
    end_date: NaiveDate,
}

#[derive(Serialize)]
struct Organization {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Programme<'a> {
    code: &'a str,
    title: String,
}

#[derive(Serialize)]
struct Classification<'a> {
    vocabulary: &'static str,
    code: &'a str,
    title: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    id: String,
    #[serde(rename = "transactionDate")]
    date: NaiveDate,
    currency: &'static str,
    value: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_date: Option<NaiveDate>,
    description: String,
    provider: String,
    recipient: String,
}

impl<'a> Envelope<'a> {
    pub(super) fn of(publication: &'a Publication, as_of: DateTime<Utc>) -> Self {
        let body = publication.publisher.body();
        Self {
            version: VERSION,
            title: both(&publication.programme_title),
            issued: instant(as_of),
            publisher: Named {
                identifier: identifier(&body),
                name: both(&body.name),
            },
            license: &publication.publisher.licence,
        }
    }
}

impl<'a> Grant<'a> {
    /// None when an amount is too large for a number of JSON.
    pub(super) fn of(publication: &'a Publication, grant: &'a PublishedGrant) -> Option<Self> {
        let publisher = &publication.publisher;
        let funder = publisher.body();
        let parties = (identifier(&funder), identifier(&grant.recipient));
        let (start_date, end_date) = grant.planned;
        let committed = grant
            .tranches
            .iter()
            .map(|tranche| commitment(tranche, &parties));
        let disbursed = grant.tranches.iter().flat_map(|tranche| {
            let parties = &parties;
            let payments = tranche.payments.iter();
            payments.map(move |payment| disbursement(tranche, payment, parties))
        });
        Some(Self {
            id: format!("{}-{}", publisher.prefix, grant.award_number),
            title: both(&grant.title),
            description: both(&description(grant)),
            currency: grant.decided.currency().code(),
            amount_applied_for: number(grant.applied)?,
            amount_awarded: number(grant.decided)?,
            amount_disbursed: number(grant.paid)?,
            award_date: grant.decided_on,
            planned_dates: [Period {
                start_date,
                end_date,
            }],
            programme: [Programme {
                code: &publication.programme_code,
                title: both(&publication.programme_title),
            }],
            classifications: [Classification {
                vocabulary: THEMES,
                code: &grant.theme_code,
                title: both(&grant.theme_title),
            }],
            commitment_transaction: committed.collect::<Option<_>>()?,
            disbursement_transaction: disbursed.collect::<Option<_>>()?,
            recipient_organization: [organization(&grant.recipient)],
            funding_organization: [organization(&funder)],
            date_modified: instant(grant.recorded_at),
        })
    }
}

/// What the grant is for: its theme, and the targets at which it is paid.
fn description(grant: &PublishedGrant) -> LocalizedText {
    let in_language = |language| {
        let theme = grant.theme_title.in_language(language);
        let tranches = grant.tranches.iter();
        let targets = tranches.filter(|tranche| tranche.kind == TrancheKind::Milestone);
        let targets: Vec<_> = targets.map(|one| one.title.in_language(language)).collect();
        if targets.is_empty() {
            theme.to_owned()
        } else {
            format!("{theme}: {}", targets.join("; "))
        }
    };
    LocalizedText::new(in_language(Language::Ja), in_language(Language::En))
}

fn commitment(tranche: &PublishedTranche, parties: &(String, String)) -> Option<Transaction> {
    let id = tranche.id.to_string();
    let days = (tranche.committed_on, tranche.due_on);
    transaction(id, days, tranche.amount, tranche, parties)
}

fn disbursement(
    tranche: &PublishedTranche,
    payment: &PublishedPayment,
    parties: &(String, String),
) -> Option<Transaction> {
    let id = payment.transfer.to_string();
    let days = (payment.paid_on, Some(payment.paid_on));
    transaction(id, days, payment.amount, tranche, parties)
}

fn transaction(
    id: String,
    (date, value_date): (NaiveDate, Option<NaiveDate>),
    amount: Money,
    tranche: &PublishedTranche,
    (provider, recipient): &(String, String),
) -> Option<Transaction> {
    let kind = wording::of(tranche.kind, Language::En);
    Some(Transaction {
        id,
        date,
        currency: amount.currency().code(),
        value: number(amount)?,
        value_date,
        description: format!("{}. {kind}: {}", tranche.ordinal, both(&tranche.title)),
        provider: provider.clone(),
        recipient: recipient.clone(),
    })
}

fn organization(body: &PublishedBody) -> Organization {
    Organization {
        id: identifier(body),
        name: both(&body.name),
    }
}

/// The body's id by the org-id convention: the register's code, a hyphen, the id in the register.
fn identifier(body: &PublishedBody) -> String {
    match &body.identifier {
        BodyIdentifier::CorporateNumber(number) => format!("JP-JCN-{number}"),
        BodyIdentifier::Registered { scheme, value } => format!("{scheme}-{value}"),
    }
}

/// The standard has one language a text: English first, for its readers, then the binding Japanese.
fn both(text: &LocalizedText) -> String {
    if text.en == text.ja {
        text.en.clone()
    } else {
        format!("{} / {}", text.en, text.ja)
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
