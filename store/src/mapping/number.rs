//! Small numbers, which the database keeps in wider columns.

use domain::calendar::FiscalYear;

use crate::error::Error;

/// An ordinal, a round or a count: a number from 0 to 65,535.
///
/// # Errors
/// [`Error::Corrupt`] outside that range.
pub fn ordinal(value: i64) -> Result<u16, Error> {
    u16::try_from(value).map_err(Error::corrupt)
}

/// A version: a number from 0 to about four milliards.
///
/// # Errors
/// [`Error::Corrupt`] outside that range.
pub fn version(value: i64) -> Result<u32, Error> {
    u32::try_from(value).map_err(Error::corrupt)
}

/// The version after the last one: the first where there is none.
///
/// # Errors
/// [`Error::Corrupt`] where the last one is no version.
pub fn version_after(last: Option<i64>) -> Result<u32, Error> {
    let last = last.map_or(Ok(0), version)?;
    Ok(last.saturating_add(1))
}

/// A fiscal year.
///
/// # Errors
/// [`Error::Corrupt`] beyond 32 bits.
pub fn fiscal_year(value: i64) -> Result<FiscalYear, Error> {
    i32::try_from(value)
        .map(FiscalYear::new)
        .map_err(Error::corrupt)
}
