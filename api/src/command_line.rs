//! What may be typed: the subcommands and their arguments, and nothing of what they do.

use crate::{configuration, download::Parameters};
use clap::{
    Args, CommandFactory, FromArgMatches, Parser, Subcommand,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use domain::{Coded, Currency, report::ExportKind};
use seeds::scale::AWARDS_MAX;
use std::path::PathBuf;

/// Milestone-based grants: a payment follows a passed gate, or it does not happen.
#[derive(Debug, Parser)]
#[command(name = "healthtech-challenge", version)]
pub struct Arguments {
    /// Configuration file, instead of healthtech-challenge.toml in the working folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do; serve when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the executable can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the GraphQL interface until asked to stop (the default).
    Serve,
    /// Bring the database to the newest schema.
    Migrate,
    /// Add the books up again, compute every seal and hash again, and name what is wrong.
    Verify,
    /// Fill an empty database with the demonstration; or any demonstration with awards of scale.
    Seed(Seed),
    /// Run a milestone history (CSV) through the commands; running it again changes nothing.
    Replay(Replay),
    /// Write a file of the books: the one that the server would answer at /exports.
    Export(Export),
    /// Print the GraphQL schema.
    Schema,
    /// Set a programme up.
    #[command(subcommand)]
    Admin(Admin),
    /// Ask the server at `HTC_LISTEN` whether it can work; fails when it cannot (for health checks).
    Healthy,
}

/// What to fill the database with.
#[derive(Debug, Args)]
pub struct Seed {
    /// Also so many awards of five milestones each with their whole history, to measure with. A run
    /// that was broken off is taken up again; one with more awards adds the rest.
    #[arg(long, value_name = "AWARDS", value_parser = clap::value_parser!(u64).range(1..=AWARDS_MAX))]
    pub scale: Option<u64>,
}

/// A milestone history and what it does not tell.
#[derive(Debug, Args)]
pub struct Replay {
    /// The history, as CSV with headings.
    pub file: PathBuf,
    /// What each milestone pays, as a decimal: the history tells no amounts.
    #[arg(long, value_name = "AMOUNT")]
    pub nominal_amount: String,
    /// Its currency, by ISO 4217.
    #[arg(long, value_name = "CODE", default_value = "JPY", value_parser = Currency::from_code)]
    pub currency: Currency,
    /// Where the history comes from: the code of the programme that it is replayed into.
    #[arg(long, value_name = "CODE", default_value = "W3F")]
    pub source: String,
    /// Write the rows that were not applied to this file, as CSV.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// A file of the books.
#[derive(Debug, Args)]
pub struct Export {
    /// What to write.
    #[arg(value_name = "KIND", value_parser = export_kinds())]
    pub kind: ExportKind,
    /// How to write it: csv, xlsx or jsonl for tables, beancount for the ledger, zengin or xml for a
    /// payment batch, pdf for a notice. The first when it is not said.
    #[arg(long, value_name = "FORM")]
    pub format: Option<String>,
    /// Where to write it; to standard output when it is not said.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Of what.
    #[command(flatten)]
    pub parameters: Parameters,
}

/// The kinds of files by their names, with what each is.
fn export_kinds() -> impl TypedValueParser<Value = ExportKind> {
    let kinds = ExportKind::ALL.iter();
    let values = kinds.map(|kind| PossibleValue::new(kind.name()).help(kind.description()));
    PossibleValuesParser::new(values).try_map(|name| {
        ExportKind::named(&name).ok_or_else(|| format!("{name} is no kind of file"))
    })
}

/// What only the operator can do.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make a programme with its first administrator, and print a token for them.
    Bootstrap(Bootstrap),
}

/// A programme and its first administrator.
#[derive(Debug, Args)]
pub struct Bootstrap {
    /// Short code of the programme, made when it is missing.
    #[arg(long, value_name = "CODE", default_value = "HTC")]
    pub programme: String,
    /// Its title in Japanese.
    #[arg(long, value_name = "TEXT", default_value = "ヘルステック・チャレンジ")]
    pub title_ja: String,
    /// Its title in English.
    #[arg(long, value_name = "TEXT", default_value = "Healthtech Challenge")]
    pub title_en: String,
    /// Its currency, by ISO 4217.
    #[arg(long, value_name = "CODE", default_value = "JPY", value_parser = Currency::from_code)]
    pub currency: Currency,
    /// The administrator's name in Japanese.
    #[arg(long, value_name = "NAME")]
    pub name_ja: String,
    /// The administrator's name in English.
    #[arg(long, value_name = "NAME")]
    pub name_en: String,
    /// The administrator's address for mail.
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// Identity provider that knows the administrator.
    #[arg(long, value_name = "URL", requires = "subject")]
    pub issuer: Option<String>,
    /// What the identity provider knows the administrator as.
    #[arg(long, value_name = "TEXT", requires = "issuer")]
    pub subject: Option<String>,
    /// Days for which the token can be used.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub token_days: u16,
}

impl Arguments {
    /// Reads the command line of the process. Help, version and mistakes end it here, as is usual.
    #[must_use]
    pub fn read() -> Self {
        let matches = Self::command()
            .after_long_help(configuration::help())
            .get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn nothing_said_means_serve_and_an_issuer_comes_with_a_subject() {
        let read = |line: &str| Arguments::try_parse_from(line.split(' '));
        assert!(read("htc").unwrap().command.is_none());
        let bootstrap = "htc admin bootstrap --name-ja 花子 --name-en Hanako";
        assert!(read(bootstrap).is_ok());
        assert!(read(&format!("{bootstrap} --issuer https://id.example")).is_err());
        assert!(read(&format!("{bootstrap} --currency XXX")).is_err());
    }
}
