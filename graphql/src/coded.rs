//! Closed sets of the domain as GraphQL enums.
//!
//! Name, descriptions and values come from [`domain::Coded`]; no enum is written a second time here.
//! A field or argument of such a set has the type `Coded<Outcome>` and reads as `Outcome` in the
//! schema.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType,
    Positioned, ServerResult, Value,
};

/// A value of a closed set, in and out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coded<T>(pub T);

impl<T: domain::Coded> Coded<T> {
    fn graphql_value(self) -> Value {
        Value::Enum(Name::new(self.0.code()))
    }

    fn meta_type() -> MetaType {
        let value = |value: &T| {
            let meta = MetaEnumValue {
                name: value.code().to_owned(),
                description: Some(value.description().to_owned()),
                deprecation: Deprecation::NoDeprecated,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                directive_invocations: Vec::new(),
            };
            (value.code().to_owned(), meta)
        };
        MetaType::Enum {
            name: T::NAME.to_owned(),
            description: Some(T::DESCRIPTION.to_owned()),
            enum_values: T::ALL.iter().map(value).collect(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: Some(core::any::type_name::<Self>()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        }
    }
}

impl<T: domain::Coded> InputType for Coded<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| Self::meta_type())
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let code = match &value {
            Value::Enum(name) => name.as_str(),
            // Variables come as JSON, which has no enum values.
            Value::String(text) => text,
            _ => return Err(InputValueError::expected_type(value)),
        };
        T::from_code(code)
            .map(Self)
            .ok_or_else(|| InputValueError::custom("there is no such value"))
    }

    fn to_value(&self) -> Value {
        self.graphql_value()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: domain::Coded> OutputType for Coded<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| Self::meta_type())
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(self.graphql_value())
    }
}

#[cfg(test)]
mod tests {
    use domain::milestone::Outcome;

    use super::*;

    #[test]
    fn every_code_is_read_back_from_a_literal_and_from_a_variable() {
        for outcome in <Outcome as domain::Coded>::ALL {
            let value = Coded(*outcome).graphql_value();
            let text = Value::String(domain::Coded::code(*outcome).to_owned());
            for given in [value, text] {
                let read = <Coded<Outcome> as InputType>::parse(Some(given));
                assert_eq!(read.ok(), Some(Coded(*outcome)));
            }
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for given in [Value::from("MAYBE"), Value::from(1), Value::Null] {
            assert!(<Coded<Outcome> as InputType>::parse(Some(given)).is_err());
        }
    }
}
