//! What a mutation answers: its payload, or a refusal. Written once for all of them.

use std::borrow::Cow;

use async_graphql::indexmap::IndexSet;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, MetaTypeId, Registry};
use async_graphql::resolver_utils::{ContainerType, Fields, resolve_container};
use async_graphql::{
    Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, UnionType,
    Value,
};

use crate::refusal::Refusal;

/// The two-member union of a mutation. A payload named `AcceptAwardPayload` makes the union
/// `AcceptAwardResult`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It was done.
    Done(T),
    /// It was refused, and nothing was changed.
    Refused(Refusal),
}

impl<T: ObjectType> Outcome<T> {
    fn name() -> Cow<'static, str> {
        let payload = T::type_name();
        let stem = payload.strip_suffix("Payload").unwrap_or(&payload);
        Cow::Owned(format!("{stem}Result"))
    }
}

impl<T: ObjectType> ContainerType for Outcome<T> {
    async fn resolve_field(&self, _: &Context<'_>) -> ServerResult<Option<Value>> {
        // A union has no fields of its own; those of its members are collected below.
        Ok(None)
    }

    fn collect_all_fields<'a>(
        &'a self,
        ctx: &ContextSelectionSet<'a>,
        fields: &mut Fields<'a>,
    ) -> ServerResult<()> {
        match self {
            Self::Done(payload) => payload.collect_all_fields(ctx, fields),
            Self::Refused(refusal) => refusal.collect_all_fields(ctx, fields),
        }
    }
}

impl<T: ObjectType> OutputType for Outcome<T> {
    fn type_name() -> Cow<'static, str> {
        Self::name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        match self {
            Self::Done(_) => T::type_name(),
            Self::Refused(_) => <Refusal as OutputType>::type_name(),
        }
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Union, |registry| {
            T::create_type_info(registry);
            <Refusal as OutputType>::create_type_info(registry);
            MetaType::Union {
                name: Self::name().into_owned(),
                description: Some("What was done, or why it was refused.".to_owned()),
                possible_types: IndexSet::from([
                    T::type_name().into_owned(),
                    <Refusal as OutputType>::type_name().into_owned(),
                ]),
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: Some(core::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
            }
        })
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl<T: ObjectType> UnionType for Outcome<T> {}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, SimpleObject};
    use domain::Refusal as Rule;
    use domain::wording::Language;

    use super::*;
    use crate::refusal::Refused;

    #[derive(SimpleObject)]
    struct AcceptAwardPayload {
        number: String,
    }

    struct Root;

    #[Object]
    impl Root {
        async fn accept(&self, refused: bool) -> Outcome<AcceptAwardPayload> {
            if refused {
                Outcome::Refused(Refused::from(Rule::PersonRequired {}).shown(Language::En))
            } else {
                let number = "HTC-R08-SAMD-001".to_owned();
                Outcome::Done(AcceptAwardPayload { number })
            }
        }
    }

    #[tokio::test]
    async fn either_member_answers_under_its_own_name() {
        let schema = Schema::new(Root, EmptyMutation, EmptySubscription);
        assert!(
            schema
                .sdl()
                .contains("union AcceptAwardResult = AcceptAwardPayload | Refusal")
        );
        let ask = async |refused: bool| {
            let query = format!(
                "{{ accept(refused: {refused}) {{ __typename \
                 ... on AcceptAwardPayload {{ number }} ... on Refusal {{ code }} }} }}"
            );
            schema
                .execute(query)
                .await
                .into_result()
                .map(|answer| answer.data.to_string())
        };
        assert_eq!(
            ask(false).await.as_deref(),
            Ok("{accept: {__typename: \"AcceptAwardPayload\", number: \"HTC-R08-SAMD-001\"}}")
        );
        assert_eq!(
            ask(true).await.as_deref(),
            Ok("{accept: {__typename: \"Refusal\", code: PERSON_REQUIRED}}")
        );
    }
}
