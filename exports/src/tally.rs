//! What was written: the proof that goes with a file.
//!
//! The hash and the size are taken of the bytes on their way out, the rows and totals of the values
//! before they become text. So a file can be compared with the ledger without being read, and with
//! its proof without the ledger.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use domain::{Currency, Money, MoneyError};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What a written file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its rows, without headings and trailers.
    pub rows: usize,
    /// The total of each of its columns of money, one for each currency, in the columns' order of
    /// name.
    pub totals: Vec<ColumnTotal>,
}

/// The total of one column in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ColumnTotal {
    /// The column's code.
    pub column: &'static str,
    /// What its cells come to.
    pub total: Money,
}

/// Passes bytes on in large pieces, and hashes and counts those that were taken.
#[derive(Debug)]
pub(crate) struct Hashing<W: Write> {
    out: BufWriter<W>,
    sha256: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            out: BufWriter::new(out),
            sha256: Sha256::new(),
            bytes: 0,
        }
    }

    /// The proof of a file with these rows and totals.
    pub(crate) fn finish(mut self, sums: Sums) -> io::Result<Tally> {
        self.out.flush()?;
        let totals = sums.totals.into_iter();
        Ok(Tally {
            sha256: hex::encode(self.sha256.finalize()),
            bytes: self.bytes,
            rows: sums.rows,
            totals: totals
                .map(|((column, _), total)| ColumnTotal { column, total })
                .collect(),
        })
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.sha256.update(bytes.get(..taken).unwrap_or(bytes));
        self.bytes = self.bytes.saturating_add(taken as u64);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Rows and totals as they grow.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    rows: usize,
    totals: BTreeMap<(&'static str, Currency), Money>,
}

impl Sums {
    /// Counts one more row, and answers which it is, from 1.
    pub(crate) fn next_row(&mut self) -> usize {
        self.rows = self.rows.saturating_add(1);
        self.rows
    }

    /// How many rows were counted.
    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a cell of `column`.
    pub(crate) fn add(&mut self, column: &'static str, amount: Money) -> Result<(), MoneyError> {
        let currency = amount.currency();
        let zero = Money::zero(currency);
        let total = self.totals.entry((column, currency)).or_insert(zero);
        *total = total.plus(amount)?;
        Ok(())
    }

    /// What the cells of `column` in `currency` come to.
    pub(crate) fn total(&self, column: &'static str, currency: Currency) -> Money {
        let total = self.totals.get(&(column, currency));
        total.copied().unwrap_or_else(|| Money::zero(currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes one byte at a time, as a slow connection may.
    struct OneByte(Vec<u8>);

    impl Write for OneByte {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.extend(bytes.first());
            Ok(bytes.len().min(1))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_hashed_is_what_was_taken() {
        let mut whole = Hashing::new(Vec::new());
        whole.write_all(b"abc").expect("memory takes everything");
        let mut slow = OneByte(Vec::new());
        let mut parts = Hashing::new(&mut slow);
        parts.write_all(b"a").expect("memory takes everything");
        parts.write_all(b"bc").expect("memory takes everything");
        let whole = whole.finish(Sums::default()).expect("flushed");
        let parts = parts.finish(Sums::default()).expect("flushed");
        assert_eq!(whole, parts);
        assert_eq!((whole.bytes, slow.0.as_slice()), (3, &b"abc"[..]));
        // FIPS 180-2, appendix B.1.
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(whole.sha256, published);
    }

    #[test]
    fn currencies_are_added_up_apart() {
        let mut sums = Sums::default();
        for (minor, currency) in [(1, Currency::JPY), (2, Currency::USD), (4, Currency::JPY)] {
            assert!(sums.next_row() > 0);
            sums.add("AMOUNT", Money::of_minor(minor, currency))
                .expect("small");
        }
        assert_eq!(sums.rows(), 3);
        assert_eq!(sums.total("AMOUNT", Currency::JPY).minor(), 5);
        assert_eq!(sums.total("AMOUNT", Currency::USD).minor(), 2);
        assert!(sums.total("PAID", Currency::USD).is_zero());
    }
}
