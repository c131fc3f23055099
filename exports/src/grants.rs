//! Awards as open data: 360Giving Data Standard 1.4 (JSON), for the public.
//!
//! One package with all grants, streamed. A tranche is a commitment, and each payment that arrived a
//! disbursement. The standard has no word for a gate: what is passed shows in what is paid. Ids of
//! bodies follow the org-id convention, for Japanese ones `JP-JCN-` and the corporate number.

mod shape;

#[cfg(test)]
mod tests;

use std::io::Write;

use chrono::{DateTime, Utc};
use domain::InputRule;
use domain::report::{Publication, PublishedGrant};

use crate::error::{ExportError, Unwritable};
use crate::tally::{Hashing, Sums, Tally};

/// A package that is being written.
pub struct GrantPackage<'a, W: Write> {
    publication: &'a Publication,
    out: Hashing<W>,
    sums: Sums,
}

impl<'a, W: Write> GrantPackage<'a, W> {
    /// Begins the package of what was public at `as_of`.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn begin(
        publication: &'a Publication,
        as_of: DateTime<Utc>,
        out: W,
    ) -> Result<Self, ExportError> {
        let mut out = Hashing::new(out);
        let envelope = serde_json::to_vec(&shape::Envelope::of(publication, as_of))?;
        // All but the closing brace: the grants are its last member.
        let open = envelope.strip_suffix(b"}").unwrap_or(&envelope);
        out.write_all(open)?;
        out.write_all(b",\"grants\":[")?;
        let sums = Sums::default();
        Ok(Self {
            publication,
            out,
            sums,
        })
    }

    /// Writes one grant.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] for an amount of more than 15 digits, or when no more bytes are
    /// taken.
    pub fn push(&mut self, grant: &PublishedGrant) -> Result<(), ExportError> {
        let row = self.sums.next_row();
        let columns = [
            ("APPLIED", grant.applied),
            ("DECIDED", grant.decided),
            ("PAID", grant.paid),
        ];
        for (column, amount) in columns {
            self.sums
                .add(column, amount)
                .map_err(|error| Unwritable::new(row, column, error))?;
        }
        let shape = shape::Grant::of(self.publication, grant)
            .ok_or_else(|| Unwritable::form(row, "amount", InputRule::Range))?;
        self.out.write_all(if row > 1 { b",\n" } else { b"\n" })?;
        Ok(serde_json::to_writer(&mut self.out, &shape)?)
    }

    /// Ends the package.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] for a package without a grant, which the standard does not know,
    /// or when no more bytes are taken.
    pub fn finish(mut self) -> Result<Tally, ExportError> {
        if self.sums.rows() == 0 {
            return Err(Unwritable::form(0, "grants", InputRule::Required).into());
        }
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.finish(self.sums)?)
    }
}
