//! Global ids: opaque, typed, and silent about what they do not name.
//!
//! An id is base64url of `Kind:uuid`. What cannot be read, or names another kind of thing, becomes
//! the id of nothing: whoever looks for it answers exactly as for an id that does not exist, so that
//! no error tells ids apart. Ids reveal when a thing was made; what must not tell that (votes,
//! declarations, recusals) has no id here.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, ID, InputType, InputValueError, InputValueResult, OutputType, Positioned,
    ServerResult, Value,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id;
use uuid::Uuid;

/// An id of the domain that has a name outside.
pub trait NodeKind: Copy + From<Uuid> + Into<Uuid> + Send + Sync + 'static {
    /// The kind's name within ids.
    const KIND: &'static str;
}

macro_rules! kinds {
    ($($id:ident => $kind:ident),+ $(,)?) => {
        $( impl NodeKind for id::$id { const KIND: &'static str = stringify!($kind); } )+

        /// Whatever an id can name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Node {
            $(
                #[doc = concat!("A thing of kind `", stringify!($kind), "`.")]
                $kind(id::$id)
            ),+
        }

        impl Node {
            /// The bare identifier.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                match self { $( Self::$kind(id) => id.uuid() ),+ }
            }

            /// The thing that `text` names, if it is an id at all.
            #[must_use]
            pub fn read(text: &str) -> Option<Self> {
                let (kind, uuid) = split(text)?;
                match kind.as_str() {
                    $( stringify!($kind) => Some(Self::$kind(uuid.into())), )+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    ProgrammeId => Programme,
    ThemeId => Theme,
    PolicyVersionId => PolicyVersion,
    GateTemplateId => GateTemplate,
    EnvelopeId => Envelope,
    OrganizationId => Organization,
    PersonId => Person,
    RoleGrantId => RoleGrant,
    ServiceTokenId => ServiceToken,
    AwardId => Award,
    PlanVersionId => PlanVersion,
    MilestoneId => Milestone,
    SubmissionId => Submission,
    EvidenceId => Evidence,
    GateId => Gate,
    ConditionId => Condition,
    TrancheId => Tranche,
    ReleaseId => Release,
    ReportId => Report,
    DeterminationId => Determination,
    ReturnOrderId => ReturnOrder,
    ReceiptId => Receipt,
    PayeeAccountId => PayeeAccount,
    PaymentBatchId => PaymentBatch,
    PaymentInstructionId => Payment,
    SettlementLineId => SettlementLine,
}

fn split(text: &str) -> Option<(String, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (kind, uuid) = text.split_once(':')?;
    let parsed: Uuid = uuid.parse().ok()?;
    // One spelling only, or two ids would name one thing.
    (parsed.to_string() == uuid).then(|| (kind.to_owned(), parsed))
}

/// The id of one kind of thing, in and out: `ID` in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id<T>(pub T);

impl<T: NodeKind> Id<T> {
    /// The id as it is written outside.
    #[must_use]
    pub fn text(self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{}", T::KIND, self.0.into()))
    }

    /// The id as a field answers it.
    #[must_use]
    pub fn shown(self) -> ID {
        ID(self.text())
    }

    /// What `text` names; the id of nothing when it names no such thing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let named = split(text).filter(|(kind, _)| kind == T::KIND);
        Self(named.map_or_else(Uuid::nil, |(_, uuid)| uuid).into())
    }
}

impl<T: NodeKind> InputType for Id<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => Ok(Self::read(&text)),
            // GraphQL lets an ID come as an integer; none of ours is one.
            Value::Number(_) => Ok(Self(Uuid::nil().into())),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: NodeKind> OutputType for Id<T> {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::String(self.text()))
    }
}

#[cfg(test)]
mod tests {
    use domain::id::{AwardId, GateId};

    use super::*;

    const UUID: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

    #[test]
    fn an_id_is_read_back_as_its_own_kind_only() {
        let award = Id(AwardId::new(UUID)).text();
        assert_eq!(Id::<AwardId>::read(&award), Id(AwardId::new(UUID)));
        assert_eq!(Node::read(&award), Some(Node::Award(AwardId::new(UUID))));
        assert_eq!(Id::<GateId>::read(&award), Id(GateId::new(Uuid::nil())));
    }

    #[test]
    fn what_is_no_id_names_nothing() {
        let odd = URL_SAFE_NO_PAD.encode(format!("Award:{}", UUID.simple()));
        let unknown = URL_SAFE_NO_PAD.encode(format!("SignOff:{UUID}"));
        for text in ["", "Award", "%%%", &odd, &unknown, &UUID.to_string()] {
            assert_eq!(Node::read(text), None, "{text}");
            assert_eq!(Id::<AwardId>::read(text), Id(AwardId::new(Uuid::nil())));
        }
    }
}
