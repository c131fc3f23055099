//! Themes, their templates and their money.

use domain::id::{EnvelopeId, GateTemplateId, ProgrammeId, PublisherId, ThemeId};
use validator::Validate;

use super::template::GateTemplateInput;
use super::{OptionalKey, REASON_MAX, RequiredKey, mutations};
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::{LocalizedTextInput, Money, MoneyInput};

mutations! {
    /// Themes, their templates and their money.
    pub struct SetupMutations;

    /// Drafts a theme. For officers.
    fn define_theme = DefineTheme;
    input DefineThemeInput (key: OptionalKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// Its code, two to eight capitals or digits: the third part of award numbers.
        #[validate(length(min = 2, max = 8))]
        code: String,
        /// What it is called.
        #[validate(nested)]
        title: LocalizedTextInput,
    }
    /// A theme was drafted.
    payload DefineThemePayload {
        /// The theme's id. The theme itself is shown once it is published.
        theme_id: Id<ThemeId> = theme,
    }

    /// Opens a drafted theme for awards. For directors, and not for its author.
    fn publish_theme = PublishTheme;
    input PublishThemeInput (key: OptionalKey) {
        /// The theme.
        theme: Id<ThemeId>,
    }
    /// The theme is open.
    payload PublishThemePayload {
        /// The theme.
        theme: Ref<ThemeId>,
    }

    /// Defines who publishes the programme's awards as open data, in force for every instant from now on. For
    /// directors of the whole programme.
    fn define_publisher = DefinePublisher;
    input DefinePublisherInput (key: OptionalKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// The prefix that 360Giving registered: `360G-` and at most 40 letters, digits, hyphens or underscores.
        #[validate(length(max = 45))]
        prefix: String,
        /// The publishing body's corporate number (法人番号), 13 digits.
        corporate_number: String,
        /// Its name.
        #[validate(nested)]
        name: LocalizedTextInput,
        /// The `https` address of the licence under which the data may be used; at most 500 characters.
        #[validate(length(max = 500))]
        licence: String,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The publisher is in force.
    payload DefinePublisherPayload {
        /// The version.
        publisher: Ref<PublisherId>,
        /// Its number within the programme, from 1.
        version: u32,
    }

    /// Drafts the next version of a theme's gate template. For officers.
    fn define_gate_template = DefineGateTemplate;
    input DefineGateTemplateInput (key: OptionalKey) {
        /// The theme.
        theme: Id<ThemeId>,
        /// The staged ladder.
        #[validate(nested)]
        document: GateTemplateInput,
    }
    /// A version was drafted.
    payload DefineGateTemplatePayload {
        /// The version's id.
        gate_template_id: Id<GateTemplateId> = gate_template,
        /// Its number within the theme, from 1.
        version: u32,
    }

    /// Puts a drafted gate template in force for later awards. For directors, and not for its
    /// author.
    fn publish_gate_template = PublishGateTemplate;
    input PublishGateTemplateInput (key: OptionalKey) {
        /// The version.
        gate_template: Id<GateTemplateId>,
    }
    /// The version is in force.
    payload PublishGateTemplatePayload {
        /// The version's id.
        gate_template_id: Id<GateTemplateId> = gate_template,
    }

    /// Appropriates money to a theme for a fiscal year; again for the same year, a supplementary
    /// appropriation. For directors.
    fn define_envelope = DefineEnvelope;
    input DefineEnvelopeInput (key: RequiredKey) {
        /// The theme.
        theme: Id<ThemeId>,
        /// The fiscal year, by the calendar year in which it begins (April).
        fiscal_year: i32,
        /// The amount appropriated now; zero where the envelope only takes in what is carried over, or
        /// where only the reference is to be recorded.
        appropriated: MoneyInput,
        /// Reference of the consultation on payment by estimate (Accounts Act 22), without which
        /// nothing is paid before the determination; at most 200 characters.
        #[validate(length(min = 1, max = 200))]
        consultation_reference: Option<String>,
    }
    /// The money was appropriated.
    payload DefineEnvelopePayload {
        /// The envelope's id.
        envelope_id: Id<EnvelopeId> = envelope,
        /// What could still be committed out of it when this was done.
        balance: Money,
    }
}
