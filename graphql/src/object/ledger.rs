//! The books, for finance and auditors.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::calendar::FiscalYear;
use domain::id::{AwardId, ProgrammeId, ThemeId};
use domain::ledger::AccountKind;
use store::read::ledger::{self, Balance as Row, LedgerFilter};

use crate::coded::Coded;
use crate::fault::fault;
use crate::node_id::{Id, Node};
use crate::scalar::{Instant, Money};
use crate::session::Session;

/// The books.
#[derive(Debug, Clone, Copy)]
pub struct Ledger {
    /// As they stood at this instant, by the time of recording; as they are when absent.
    pub as_of: Option<DateTime<Utc>>,
}

/// The books: a yen is always in exactly one account. Balances are sums of immutable transfers.
#[Object]
impl Ledger {
    /// The instant as of which the books are read, by the time of recording; null for as they are.
    async fn as_of(&self) -> Option<Instant> {
        self.as_of.map(Instant)
    }

    /// Whether these figures can never change again: true with `asOf`.
    #[graphql(name = "final")]
    async fn is_final(&self) -> bool {
        self.as_of.is_some()
    }

    /// The accounts that were ever moved, in the order of kind, owner and year; all from one
    /// statement.
    async fn balances(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only accounts of this kind.")] kind: Option<Coded<AccountKind>>,
        #[graphql(desc = "Only accounts of this programme, theme or award, by its id.")]
        owner: Option<ID>,
        #[graphql(desc = "Only accounts of this budget year, by the year in which it begins.")]
        budget_year: Option<i32>,
    ) -> Result<Vec<Balance>> {
        let filter = LedgerFilter {
            kind: kind.map(|kind| kind.0),
            // What cannot be read owns nothing.
            owner: owner.map(|id| Node::read(&id).map_or_else(uuid::Uuid::nil, Node::uuid)),
            budget_year: budget_year.map(FiscalYear::new),
            as_of: self.as_of,
        };
        let rows = self.read(ctx, filter).await?;
        Ok(rows.into_iter().map(Balance).collect())
    }

    /// Debits and credits by kind of account; the two totals of each currency are equal.
    async fn trial_balance(&self, ctx: &Context<'_>) -> Result<Vec<TrialBalanceLine>> {
        let filter = LedgerFilter {
            as_of: self.as_of,
            ..LedgerFilter::default()
        };
        let mut lines: BTreeMap<(AccountKind, &str), TrialBalanceLine> = BTreeMap::new();
        for row in self.read(ctx, filter).await? {
            let key = (row.account.kind, row.account.currency.code());
            let zero = domain::Money::zero(row.account.currency);
            let line = lines.entry(key).or_insert(TrialBalanceLine {
                kind: Coded(row.account.kind),
                debits: Money(zero),
                credits: Money(zero),
            });
            let sum = |sum: Money, more: domain::Money| {
                let sum = sum.0.plus(more).map_err(store::Error::corrupt);
                sum.map(Money).map_err(|error| fault(&error))
            };
            line.debits = sum(line.debits, row.debits)?;
            line.credits = sum(line.credits, row.credits)?;
        }
        Ok(lines.into_values().collect())
    }
}

impl Ledger {
    async fn read(&self, ctx: &Context<'_>, filter: LedgerFilter) -> Result<Vec<Row>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        session
            .read(|store| ledger::balances(store.reads(), &sight, &filter))
            .await
    }
}

/// One account.
#[derive(Debug, Clone)]
pub struct Balance(Row);

/// One account with what went in, what went out and what is in it.
#[Object]
impl Balance {
    /// What the account holds.
    async fn kind(&self) -> Coded<AccountKind> {
        Coded(self.0.account.kind)
    }

    /// Whose it is: the id of an award, a theme or the programme.
    async fn owner(&self) -> ID {
        let owner = self.0.account.owner;
        match self.0.account.kind {
            AccountKind::Envelope => Id(ThemeId::new(owner)).shown(),
            kind if kind.is_an_awards() => Id(AwardId::new(owner)).shown(),
            _ => Id(ProgrammeId::new(owner)).shown(),
        }
    }

    /// The budget year, by the calendar year in which it begins (April); null for accounts that have
    /// none.
    async fn budget_year(&self) -> Option<i32> {
        self.0.account.budget_year.map(FiscalYear::get)
    }

    /// Everything that went in.
    async fn debits(&self) -> Money {
        Money(self.0.debits)
    }

    /// Everything that went out.
    async fn credits(&self) -> Money {
        Money(self.0.credits)
    }

    /// What is in it: debits less credits.
    async fn balance(&self) -> Money {
        Money(self.0.balance)
    }
}

/// The accounts of one kind, added up.
#[derive(Debug, Clone, SimpleObject)]
pub struct TrialBalanceLine {
    /// What the accounts hold.
    kind: Coded<AccountKind>,
    /// Everything that went in.
    debits: Money,
    /// Everything that went out.
    credits: Money,
}
