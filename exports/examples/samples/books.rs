//! The books of a small programme: as text for beancount, and their trial balance.

use std::collections::BTreeMap;

use domain::ledger::{
    Account, AccountKind, Balances, DecommitReason, RecordKind, Transfer, TransferKind,
};
use domain::report::{ClosingBalance, NamedAccount, NamedTransfer, TrialBalanceLine};
use domain::{Currency, FiscalYear, MoneyError};
use exports::Ledger;
use serde_json::json;
use uuid::Uuid;

use crate::{Answer, Folder, date, instant, reports, yen};

const YEAR: FiscalYear = FiscalYear::new(2025);
const PROGRAMME: u128 = 1;
const THEME: u128 = 2;
const AWARDS: [u128; 2] = [3, 4];

/// An owner's own name. The second award came with a number that no account can be named after.
fn owner(account: Account) -> String {
    match account.owner.as_u128() {
        PROGRAMME => "HTC",
        THEME => "SAMD",
        3 => "HTC-R07-SAMD-0001",
        _ => "令和7年・\"第2号\"",
    }
    .to_owned()
}

fn named(account: Account) -> NamedAccount {
    let owner = owner(account);
    NamedAccount { account, owner }
}

/// The transfers, in the order of their recording.
struct Books(Vec<Transfer>);

impl Books {
    fn post(
        &mut self,
        kind: TransferKind,
        (from, to): (Account, Account),
        minor: i64,
        value_date: &str,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let value_date = date(value_date)?;
        let place = u128::try_from(self.0.len())?;
        let transfer = Transfer {
            id: Uuid::from_u128(1_000 + place).into(),
            kind,
            reason: (kind == TransferKind::Decommit).then_some(DecommitReason::Act10),
            from,
            to,
            amount: yen(minor),
            value_date,
            occurred_at: instant("2025-04-01T00:00:00Z")?,
            recorded_at: instant("2025-04-01T00:00:00.000001Z")?,
            command: Uuid::from_u128(2_000 + place).into(),
            record_kind: RecordKind::Award,
            record: to.owner,
            reverses: None,
        };
        transfer.ensure_allowed()?;
        self.0.push(transfer);
        Ok(())
    }

    fn reverse_last(&mut self) -> Answer {
        let last = self.0.last().ok_or("nothing to reverse")?.clone();
        let reversal = Transfer {
            id: Uuid::from_u128(1_000 + u128::try_from(self.0.len())?).into(),
            from: last.to,
            to: last.from,
            reverses: Some(last.id),
            ..last
        };
        reversal.ensure_allowed()?;
        self.0.push(reversal);
        Ok(())
    }
}

fn transfers() -> Result<Vec<Transfer>, Box<dyn std::error::Error>> {
    use TransferKind::{
        Appropriate, Bounce, CarryOver, Commit, Decommit, Fix, Release, Retain, Send,
        SettleEstimate,
    };
    let id = Uuid::from_u128;
    let appropriation = Account::appropriation(id(PROGRAMME).into(), YEAR, Currency::JPY);
    let envelope = Account::envelope(id(THEME).into(), YEAR, Currency::JPY);
    let of =
        |award: usize, kind| Account::of_award(kind, id(AWARDS[award]).into(), YEAR, Currency::JPY);
    let steps = |award: usize| {
        use AccountKind::{Advanced, Committed, InTransit, Payable};
        [Committed, Payable, InTransit, Advanced].map(|kind| of(award, kind))
    };
    let mut books = Books(Vec::new());
    books.post(
        Appropriate,
        (appropriation, envelope),
        100_000_000,
        "2025-04-01",
    )?;
    for award in 0..AWARDS.len() {
        let [committed, payable, in_transit, _] = steps(award);
        books.post(Commit, (envelope, committed), 50_000_000, "2025-06-01")?;
        books.post(Release, (committed, payable), 10_000_000, "2025-06-20")?;
        books.post(Send, (payable, in_transit), 10_000_000, "2025-06-30")?;
    }
    let [committed, payable, in_transit, advanced] = steps(0);
    books.post(
        SettleEstimate,
        (in_transit, advanced),
        10_000_000,
        "2025-07-01",
    )?;
    let retained = of(0, AccountKind::Retained);
    books.post(Retain, (committed, retained), 2_500_000, "2025-06-01")?;
    books.post(
        Fix,
        (advanced, of(0, AccountKind::Granted)),
        9_000_000,
        "2026-04-20",
    )?;
    books.post(Release, (committed, payable), 1, "2025-08-01")?;
    books.reverse_last()?;
    let [committed, payable, in_transit, _] = steps(1);
    books.post(Bounce, (in_transit, payable), 10_000_000, "2025-07-02")?;
    books.post(Decommit, (committed, envelope), 40_000_000, "2026-03-31")?;
    let next = Account::envelope(id(THEME).into(), YEAR.next(), Currency::JPY);
    books.post(CarryOver, (envelope, next), 30_000_000, "2026-04-01")?;
    Ok(books.0)
}

/// What came into each account, and what left it.
fn turnover(transfers: &[Transfer]) -> Result<Vec<TrialBalanceLine>, MoneyError> {
    let mut sums = BTreeMap::new();
    for transfer in transfers {
        for (account, is_debit) in [(transfer.to, true), (transfer.from, false)] {
            let (debits, credits) = sums.entry(account).or_insert((yen(0), yen(0)));
            let sum = if is_debit { debits } else { credits };
            *sum = sum.plus(transfer.amount)?;
        }
    }
    let lines = sums.into_iter().map(|(account, (debits, credits))| {
        Ok(TrialBalanceLine {
            account: named(account),
            debits,
            credits,
            balance: debits.minus(credits)?,
        })
    });
    lines.collect()
}

/// Writes both.
pub(crate) fn write(folder: &Folder) -> Answer {
    let transfers = transfers()?;
    let lines = turnover(&transfers)?;
    let as_of = instant("2026-05-01T00:00:00Z")?;
    let mut closings = Vec::new();
    for on in ["2026-03-31", "2026-04-30"] {
        let on = date(on)?;
        let until = transfers
            .iter()
            .filter(|transfer| transfer.value_date <= on);
        for (account, balance) in Balances::of(until)?.iter() {
            let account = named(account);
            closings.push(ClosingBalance {
                account,
                on,
                balance,
            });
        }
    }
    folder.file("books.beancount", &json!({}), |out| {
        let title = "Healthtech Challenge \"見本\"";
        let mut ledger = Ledger::begin(title, Currency::JPY, as_of, out)?;
        lines
            .iter()
            .try_for_each(|line| ledger.open(&line.account))?;
        for transfer in &transfers {
            ledger.transfer(&NamedTransfer {
                from_owner: owner(transfer.from),
                to_owner: owner(transfer.to),
                transfer: transfer.clone(),
            })?;
        }
        closings
            .iter()
            .try_for_each(|closing| ledger.balance(closing))?;
        ledger.finish()
    })?;
    reports::tables(folder, &lines)
}
