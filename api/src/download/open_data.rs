//! The open data that anybody may take: the awards, as they stood at the end of a day in Japan.
//!
//! By the day, so that everybody who asks on one day gets the same bytes, and a cache can answer them.

use super::{Form, Named, Parameters, Wanted, wanted::ensure_in_range};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Refusal;
use domain::calendar::{end_of_jst_day, jst_date};
use domain::report::ExportKind;
use serde::Deserialize;
use store::read::export::last_closed;

/// Which open data somebody asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenData {
    /// The programme, by its code.
    #[serde(default = "super::programme")]
    pub programme: String,
    /// The day in Japan whose end is meant, as 2026-03-31: the last that is over when it is not said.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

impl OpenData {
    /// The file that is asked for at `now`.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] for a day out of the years 0 to 9999.
    pub(super) fn wanted(&self, now: DateTime<Utc>) -> Result<Wanted, Refusal> {
        ensure_in_range("on", self.on)?;
        let today = jst_date(last_closed(now));
        let on = self.on.or(today.pred_opt()).unwrap_or(today);
        Ok(Wanted {
            named: Named {
                kind: ExportKind::Grants,
                form: Form::Grants,
            },
            parameters: Parameters::of_programme(self.programme.clone(), end_of_jst_day(on)),
        })
    }
}
