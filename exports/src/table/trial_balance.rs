//! The trial balance: every account that was ever moved. Debits and credits have the same total, and
//! the balances come to nothing; the account's name is the one in the exported ledger.

use std::borrow::Cow;

use domain::Coded;
use domain::report::{ReportColumn, TrialBalanceLine};

use super::column::{Column, Reported};
use crate::ledger::account_name;

impl Reported for TrialBalanceLine {
    const NAME: &'static str = "trial-balance";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::text(ReportColumn::Account, |line| {
            account_name(&line.account).into()
        }),
        Column::text(ReportColumn::AccountKind, |line| {
            line.account.account.kind.code().into()
        }),
        Column::text(ReportColumn::Owner, |line| {
            Cow::Borrowed(&line.account.owner)
        }),
        Column::<Self>::integer(ReportColumn::BudgetYear, |line| {
            let year = line.account.account.budget_year;
            year.map(|year| year.get().into())
        })
        .once(),
        Column::text(ReportColumn::Currency, |line| {
            line.balance.currency().code().into()
        }),
        Column::money(ReportColumn::Debits, |line| line.debits),
        Column::money(ReportColumn::Credits, |line| line.credits),
        Column::money(ReportColumn::Balance, |line| line.balance),
    ];
}
