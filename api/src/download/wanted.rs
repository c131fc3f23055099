//! What is wanted: a kind of file in a form, as of an instant, of a programme, and which lines of it.
//! The same words stand in an address and on the command line.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use clap::Args;
use domain::{
    Coded, FiscalYear, InputRule, Refusal,
    report::ExportKind,
    tranche::{TrancheKind, TrancheState},
};
use exports::TableFormat;
use serde::{Deserialize, Serialize};
use store::read::export::LinesWanted;

/// The programme that is meant when none is named.
const PROGRAMME: &str = "HTC";

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table.
    Table(TableFormat),
    /// Text for beancount.
    Beancount,
    /// A file for a bank.
    Bank(BankFormat),
    /// A package of open data: 360Giving.
    Grants,
    /// A document: PDF.
    Document,
}

/// The formats of a file for a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankFormat {
    /// The bulk transfer of the Japanese Bankers Association (総合振込).
    BulkTransfer,
    /// ISO 20022 `pain.001.001.03`.
    CreditTransfer,
}

impl BankFormat {
    /// Each of them, the usual one first.
    pub const ALL: [Self; 2] = [Self::BulkTransfer, Self::CreditTransfer];
}

/// A kind of file in a form that it has: `disbursements.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: ExportKind,
    /// How it is written.
    pub form: Form,
}

/// Everything besides the name of the file.
#[derive(Debug, Clone, Default, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Parameters {
    /// The programme, by its code.
    #[arg(long, value_name = "CODE", default_value = PROGRAMME)]
    #[serde(default = "programme")]
    pub programme: String,
    /// The instant whose books are taken, by the time of recording, as 2026-03-31T15:00:00Z: at least 30
    /// seconds ago, and that when it is not said.
    #[arg(long, value_name = "INSTANT")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<DateTime<Utc>>,
    /// The earlier instant, with which the one of `as-of` is compared: then the file has only the lines that are
    /// not the same. Of disbursements, their changes are such a file.
    #[arg(long, value_name = "INSTANT")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Of a payment batch: its number, such as HTC-PB-R08-0001.
    #[arg(long, value_name = "NUMBER")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Of a notice: what it is of: decision, release, fixing, return-order or gate-record.
    #[arg(long = "kind", id = "notice", value_name = "KIND")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Of a notice: the record of its act, as the graph names it under `notices`.
    #[arg(long, value_name = "ID")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Of a notice: ja or en; Japanese, which binds, when it is not said.
    #[arg(long, value_name = "LANGUAGE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Of disbursements, awards and the payment calendar: only those of this theme, by its code.
    #[arg(long, value_name = "CODE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Of disbursements: only those out of this fiscal year's budget, by the year in which it begins.
    #[arg(long, value_name = "YEAR")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_year: Option<i32>,
    /// Of disbursements, awards and the payment calendar: only those of this award, by its number.
    #[arg(long, value_name = "NUMBER")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<String>,
    /// Of disbursements, awards and the payment calendar: only those of this body, by its corporate number, or
    /// by its identifier in another register as the reports write it.
    #[arg(long, value_name = "NUMBER")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Of disbursements: only those of this kind of tranche, by its code.
    #[arg(long, value_name = "CODE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tranche_kind: Option<String>,
    /// Of disbursements: only those whose money has come this far, by the code of the state.
    #[arg(long, value_name = "CODE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Of disbursements: only those with a value date on this day or later.
    #[arg(long, value_name = "DATE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_from: Option<NaiveDate>,
    /// Of disbursements: only those with a value date on this day or earlier.
    #[arg(long, value_name = "DATE")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_until: Option<NaiveDate>,
}

/// A file that somebody wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which.
    pub named: Named,
    /// Of what.
    pub parameters: Parameters,
}

impl Parameters {
    /// All that there is of a programme, as of an instant.
    pub(super) fn of_programme(programme: String, as_of: DateTime<Utc>) -> Self {
        Self {
            programme,
            as_of: Some(as_of),
            ..Self::default()
        }
    }

    /// Refuses what no database can look for.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] for a day or an instant out of the years 0 to 9999, and for control characters.
    pub(super) fn ensure_askable(&self) -> Result<(), Refusal> {
        let texts = [
            ("batch", &self.batch),
            ("id", &self.id),
            ("theme", &self.theme),
            ("award", &self.award),
            ("organization", &self.organization),
        ];
        let texts = texts.map(|(field, text)| (field, text.as_deref().unwrap_or_default()));
        let mut texts = texts
            .into_iter()
            .chain([("programme", self.programme.as_str())]);
        // PostgreSQL takes no text with a NUL in it.
        if let Some((field, _)) = texts.find(|(_, text)| text.contains(char::is_control)) {
            return Err(invalid(field, InputRule::Form));
        }
        let instants = [("asOf", self.as_of), ("since", self.since)];
        let days = [
            ("valueFrom", self.value_from),
            ("valueUntil", self.value_until),
        ];
        let instants = instants.map(|(field, at)| (field, at.map(|at| at.date_naive())));
        let mut asked = instants.into_iter().chain(days);
        asked.try_for_each(|(field, day)| ensure_in_range(field, day))
    }
}

/// The same, as the default of a parameter.
pub(crate) fn programme() -> String {
    PROGRAMME.to_owned()
}

impl Named {
    /// The file that an address names; none where there is no such file.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let (kind, extension) = name.split_once('.')?;
        let kind = ExportKind::named(kind)?;
        Self::forms(kind)
            .into_iter()
            .map(|form| Self { kind, form })
            .find(|named| named.extension() == extension)
    }

    /// The forms that a kind of file has, the usual one first.
    #[must_use]
    pub fn forms(kind: ExportKind) -> Vec<Form> {
        match kind {
            ExportKind::Ledger => vec![Form::Beancount],
            ExportKind::Grants => vec![Form::Grants],
            ExportKind::Notice => vec![Form::Document],
            ExportKind::PaymentBatch => BankFormat::ALL.map(Form::Bank).to_vec(),
            ExportKind::Disbursements
            | ExportKind::DisbursementChanges
            | ExportKind::TrialBalance
            | ExportKind::Envelopes
            | ExportKind::Awards
            | ExportKind::PaymentCalendar => TableFormat::ALL.map(Form::Table).to_vec(),
        }
    }

    /// The ending of the file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self.form {
            Form::Table(format) => format.extension(),
            Form::Beancount => "beancount",
            Form::Grants => "json",
            Form::Document => "pdf",
            Form::Bank(BankFormat::BulkTransfer) => "zengin",
            Form::Bank(BankFormat::CreditTransfer) => "xml",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self.form {
            Form::Table(format) => format.media_type(),
            Form::Beancount => "text/plain; charset=utf-8",
            Form::Grants => "application/json",
            Form::Document => "application/pdf",
            Form::Bank(BankFormat::BulkTransfer) => "text/plain; charset=shift_jis",
            Form::Bank(BankFormat::CreditTransfer) => "application/xml",
        }
    }
}

impl Wanted {
    /// The name to save a file of the books under. It tells the programme, the kind and the instants of the
    /// books in UTC, the earlier one first: of two files that somebody kept, nothing else tells which is which.
    #[must_use]
    pub fn file_name(&self, instants: impl IntoIterator<Item = DateTime<Utc>>) -> String {
        let mut name = format!("{}-{}", self.parameters.programme, self.named.kind.name());
        for instant in instants {
            name += &instant.format("-%Y%m%dT%H%M%SZ").to_string();
        }
        format!("{name}.{}", self.named.extension())
    }

    /// The name to save a file of the batch with this number under.
    #[must_use]
    pub fn batch_file_name(&self, number: &str) -> String {
        format!("{number}.{}", self.named.extension())
    }

    /// The number of the batch of which a file is wanted; none where it is of the books.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] where no batch is named or something else is, and for a batch of a file
    /// of the books.
    pub fn batch(&self) -> Result<Option<&str>, Refusal> {
        let Parameters { batch, as_of, .. } = &self.parameters;
        match (self.named.kind, batch) {
            // What is approved does not change: there is no instant to ask for.
            (ExportKind::PaymentBatch, Some(_)) if as_of.is_some() => {
                Err(invalid("asOf", InputRule::UnknownCode))
            }
            (ExportKind::PaymentBatch, Some(number)) => self.lines().map(|_| Some(number.as_str())),
            (ExportKind::PaymentBatch, None) => Err(invalid("batch", InputRule::Required)),
            (_, Some(_)) => Err(invalid("batch", InputRule::UnknownCode)),
            (_, None) => Ok(None),
        }
    }

    /// Which lines are wanted.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] for a code that does not exist, and for lines of a file that has all.
    pub fn lines(&self) -> Result<LinesWanted, Refusal> {
        let parameters = &self.parameters;
        let lines = LinesWanted {
            theme: parameters.theme.clone(),
            budget_year: parameters.budget_year.map(FiscalYear::new),
            award: parameters.award.clone(),
            body: parameters.organization.clone(),
            kind: code::<TrancheKind>("trancheKind", parameters.tranche_kind.as_deref())?,
            state: code::<TrancheState>("state", parameters.state.as_deref())?,
            value_from: parameters.value_from,
            value_until: parameters.value_until,
        };
        let fitting = match self.named.kind {
            ExportKind::Disbursements => lines.clone(),
            // A line whose money moved on would leave the report and not be told from a revoked one.
            ExportKind::DisbursementChanges => LinesWanted {
                state: None,
                value_from: None,
                value_until: None,
                ..lines.clone()
            },
            ExportKind::Awards | ExportKind::PaymentCalendar => LinesWanted {
                theme: lines.theme.clone(),
                award: lines.award.clone(),
                body: lines.body.clone(),
                ..LinesWanted::default()
            },
            _ => LinesWanted::default(),
        };
        if lines != fitting {
            return Err(invalid("filter", InputRule::UnknownCode));
        }
        Ok(lines)
    }

    /// The earlier of two instants that are compared; none where nothing is.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] where it is missing, or nothing is compared.
    pub fn since(&self) -> Result<Option<DateTime<Utc>>, Refusal> {
        match (self.named.kind, self.parameters.since) {
            (ExportKind::DisbursementChanges, None) => Err(invalid("since", InputRule::Required)),
            (
                ExportKind::DisbursementChanges
                | ExportKind::Awards
                | ExportKind::PaymentCalendar
                | ExportKind::TrialBalance
                | ExportKind::Envelopes,
                since,
            ) => Ok(since),
            (_, Some(_)) => Err(invalid("since", InputRule::UnknownCode)),
            (_, None) => Ok(None),
        }
    }
}

/// Refuses a day whose year is not written with four digits (ISO 8601): PostgreSQL holds no much earlier ones,
/// and SQLite would sort them as the texts that they are.
///
/// # Errors
/// [`Refusal::InvalidInput`] of `field`.
pub(super) fn ensure_in_range(field: &str, day: Option<NaiveDate>) -> Result<(), Refusal> {
    if day.is_some_and(|day| !(0..=9999).contains(&day.year())) {
        return Err(invalid(field, InputRule::Range));
    }
    Ok(())
}

fn code<T: Coded>(field: &str, text: Option<&str>) -> Result<Option<T>, Refusal> {
    let read = |text| T::from_code(text).ok_or_else(|| invalid(field, InputRule::UnknownCode));
    text.map(read).transpose()
}

pub(super) fn invalid(field: &str, rule: InputRule) -> Refusal {
    Refusal::InvalidInput {
        field: field.to_owned(),
        rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_it_is_of() {
        let wanted = |name: &str| Wanted {
            named: Named::of(name).expect("a file"),
            parameters: serde_json::from_str("{}")
                .expect("nothing but what is meant without saying"),
        };
        let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let (since, as_of) = (
            instant("2026-03-31T15:00:00Z"),
            instant("2026-04-30T14:59:59.999999Z"),
        );
        assert_eq!(
            wanted("awards.csv").file_name([as_of]),
            "HTC-awards-20260430T145959Z.csv"
        );
        assert_eq!(
            wanted("disbursement-changes.xlsx").file_name([since, as_of]),
            "HTC-disbursement-changes-20260331T150000Z-20260430T145959Z.xlsx"
        );
    }

    #[test]
    fn every_kind_has_a_name_in_each_of_its_forms_and_no_other() {
        for kind in ExportKind::ALL {
            for form in Named::forms(*kind) {
                let named = Named { kind: *kind, form };
                let name = format!("{}.{}", kind.name(), named.extension());
                assert_eq!(Named::of(&name), Some(named), "{name}");
            }
        }
        for none in [
            "ledger.csv",
            "awards",
            "awards.",
            ".csv",
            "AWARDS.csv",
            "awards.csv.gz",
        ] {
            assert_eq!(Named::of(none), None, "{none}");
        }
    }
}
