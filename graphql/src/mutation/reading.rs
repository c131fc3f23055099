//! From what an input says to the domain's values: the same for every mutation.
//!
//! Only form is looked at: whether a text is a decimal, a number fits. What cannot be read is refused
//! with the path of its field.

use std::collections::BTreeMap;

use async_graphql::ID;
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::GrantScope;
use domain::bank::{AccountNumber, BankCode, Bic, BranchCode, OriginatorCode};
use domain::calendar::FiscalYear;
use domain::gate::{Score, Verifier};
use domain::id::PersonId;
use domain::{BasisPoints, CorporateNumber, InputRule, KpiValue, Refusal, Seal};

use crate::coded::Coded;
use crate::node_id::{Id, Node, NodeKind};
use crate::refusal::Refused;
use crate::scalar::{Date, Decimal, Instant, LocalizedTextInput, MoneyInput};

/// The first and the last fiscal year that anybody can mean.
const FISCAL_YEARS: core::ops::RangeInclusive<i32> = 2000..=2999;

/// Most entries of any list in an input.
const ENTRIES_MAX: usize = 200;

/// Something in an input that means a `T`.
pub(super) trait Read<T> {
    /// What is meant.
    fn read(self) -> Result<T, Refused>;
}

/// What the field `name` of an input means.
pub(super) fn field<A: Read<T>, T>(name: &str, value: A) -> Result<T, Refused> {
    value.read().map_err(|refused| refused.within(name))
}

/// The value breaks `rule`; whoever reads the field adds where.
pub(super) fn broken(rule: InputRule) -> Refused {
    Refused::field("", rule)
}

fn ensure_short<A>(list: &[A]) -> Result<(), Refused> {
    if list.len() > ENTRIES_MAX {
        Err(broken(InputRule::Length))
    } else {
        Ok(())
    }
}

/// An idempotency key, whether or not it must be named.
pub(super) trait Key {
    /// The key.
    fn key(&self) -> Option<&str>;
}

impl Key for String {
    fn key(&self) -> Option<&str> {
        Some(self)
    }
}

impl Key for Option<String> {
    fn key(&self) -> Option<&str> {
        self.as_deref()
    }
}

macro_rules! reads {
    ($( $from:ty => $to:ty: |$value:ident| $read:expr; )+) => { $(
        impl Read<$to> for $from {
            fn read(self) -> Result<$to, Refused> {
                let $value = self;
                $read
            }
        }
    )+ };
}

reads! {
    String => String: |text| Ok(text);
    bool => bool: |truth| Ok(truth);
    Date => NaiveDate: |date| Ok(date.0);
    Instant => DateTime<Utc>: |instant| Ok(instant.0);
    LocalizedTextInput => domain::LocalizedText: |text| Ok(text.into());
    MoneyInput => domain::Money: |money| Ok(MoneyInput::read(&money)?);
    i32 => i64: |number| Ok(number.into());
    i32 => u16: |number| number.try_into().map_err(|_| broken(InputRule::Range));
    i32 => u32: |number| number.try_into().map_err(|_| broken(InputRule::Range));
    i32 => BasisPoints: |share| BasisPoints::new(share).map_err(|_| broken(InputRule::Range));
    i32 => FiscalYear: |year| {
        let is_year = FISCAL_YEARS.contains(&year);
        is_year.then(|| FiscalYear::new(year)).ok_or_else(|| broken(InputRule::Range))
    };
    i32 => Score: |score| {
        let score = u8::try_from(score).map_err(|_| broken(InputRule::Range))?;
        Ok(Score::try_from(score)?)
    };
    String => Seal: |text| text.parse().map_err(|_| broken(InputRule::Sha256));
    String => BankCode: |text| Ok(BankCode::parse(&text)?);
    String => BranchCode: |text| Ok(BranchCode::parse(&text)?);
    String => AccountNumber: |text| Ok(AccountNumber::parse(&text)?);
    String => OriginatorCode: |text| Ok(OriginatorCode::parse(&text)?);
    String => Bic: |text| Ok(Bic::parse(&text)?);
    String => CorporateNumber: |text| {
        text.parse().map_err(|_| Refusal::CorporateNumberInvalid {}.into())
    };
    Decimal => KpiValue: |text| text.0.parse().map_err(|_| broken(InputRule::Decimal));
    Option<Id<PersonId>> => Verifier: |person| {
        Ok(person.map_or(Verifier::Chair, |person| Verifier::Named(person.0)))
    };
    ID => GrantScope: |id| match Node::read(&id) {
        Some(Node::Programme(id)) => Ok(GrantScope::Programme(id)),
        Some(Node::Theme(id)) => Ok(GrantScope::Theme(id)),
        Some(Node::Organization(id)) => Ok(GrantScope::Organization(id)),
        _ => Err(Refusal::NotFound { kind: "SCOPE".to_owned() }.into()),
    };
}

impl<T: NodeKind> Read<T> for Id<T> {
    fn read(self) -> Result<T, Refused> {
        Ok(self.0)
    }
}

impl<T: domain::Coded> Read<T> for Coded<T> {
    fn read(self) -> Result<T, Refused> {
        Ok(self.0)
    }
}

impl<Given: Read<T>, T> Read<Option<T>> for Option<Given> {
    fn read(self) -> Result<Option<T>, Refused> {
        self.map(Read::read).transpose()
    }
}

impl<Given: Read<T>, T> Read<Vec<T>> for Vec<Given> {
    fn read(self) -> Result<Vec<T>, Refused> {
        ensure_short(&self)?;
        let place = |(index, value)| field(&format!("[{index}]"), value);
        self.into_iter().enumerate().map(place).collect()
    }
}

/// A list of entries, each of which names its key; no key may come twice.
impl<Given: Read<(String, T)>, T> Read<BTreeMap<String, T>> for Vec<Given> {
    fn read(self) -> Result<BTreeMap<String, T>, Refused> {
        ensure_short(&self)?;
        let mut entries = BTreeMap::new();
        for (index, entry) in self.into_iter().enumerate() {
            let place = format!("[{index}]");
            let (key, value) = field(&place, entry)?;
            if entries.insert(key, value).is_some() {
                return Err(broken(InputRule::Duplicate).within(&place));
            }
        }
        Ok(entries)
    }
}
