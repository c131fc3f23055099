//! Gate templates, as they are drafted.

use domain::template::{GateTemplate, Stage};
use validator::Validate;

use super::criterion::CriterionInput;
use super::inputs;
use crate::scalar::LocalizedTextInput;

inputs! {
    /// A theme's staged ladder. Advance, stages and retention make 10,000 basis points.
    GateTemplateInput => GateTemplate {
        /// Its code, such as `SAMD`; 1 to 40 characters.
        #[validate(length(min = 1, max = 40))]
        code: String,
        /// The version that its authors count, from 1; the programme numbers versions by itself.
        version: i32,
        /// What it is called.
        #[validate(nested)]
        title: LocalizedTextInput,
        /// Most rounds of a milestone; at least 1.
        rounds_max: i32,
        /// The part paid in advance, in basis points.
        advance_bp: i32,
        /// The part held back until the determination, in basis points.
        retention_bp: i32,
        /// The stages in order; at most 200.
        #[validate(nested)]
        stages: Vec<StageInput>,
    }

    /// A stage of the ladder.
    StageInput => Stage {
        /// Its place, counted from 1.
        ordinal: i32,
        /// Its code within the template; 1 to 40 characters.
        #[validate(length(min = 1, max = 40))]
        code: String,
        /// What it is called.
        #[validate(nested)]
        title: LocalizedTextInput,
        /// Days from the stage before, or from the start, until it is due.
        standard_days: i32,
        /// Its usual part of the award, in basis points.
        default_share_bp: i32,
        /// Whether going back to an earlier stage is a normal outcome.
        may_go_back: bool,
        /// What must be shown; at most 200.
        #[validate(nested)]
        criteria: Vec<CriterionInput>,
    }
}
