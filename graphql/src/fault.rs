//! Faults and the errors of queries, each with a code, and without a word of the database's.
//!
//! Where an error is made, nobody needs to know who reads it: it has the English words until the whole
//! answer is [put into the reader's](in_words). A refusal of a command is not here: it is an expected answer of
//! a mutation ([`Outcome`](crate::Outcome)).

use async_graphql::{Error, ErrorExtensions, Response, Value};
use domain::wording::{self, Language};
use domain::{Coded, FaultCode};

use crate::refusal::Refused;

/// The extension under which an error has its code.
const CODE: &str = "code";

/// An error with this code.
#[must_use]
pub(crate) fn coded(code: FaultCode) -> Error {
    said(code.code(), wording::of(code, Language::En))
}

/// What a rule says to a question.
#[must_use]
pub(crate) fn refused(rule: impl Into<Refused>, language: Language) -> Error {
    let refusal = rule.into().shown(language);
    said(refusal.code.0.code(), refusal.message)
}

fn said(code: &'static str, message: String) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set(CODE, code))
}

/// The answer with its faults in words of `language`.
#[must_use]
pub(crate) fn in_words(mut response: Response, language: Language) -> Response {
    for error in &mut response.errors {
        let extensions = error.extensions.as_ref();
        if let Some(Value::String(code)) = extensions.and_then(|values| values.get(CODE))
            && let Some(code) = FaultCode::from_code(code)
        {
            error.message = wording::of(code, language);
        }
    }
    response
}

/// The answer to whoever is not signed in and asks for more than the public part.
#[must_use]
pub(crate) fn unauthenticated() -> Error {
    coded(FaultCode::Unauthenticated)
}

/// What a fault of the rooms behind becomes. Its text goes to the log only.
#[must_use]
pub(crate) fn fault(error: &store::Error) -> Error {
    tracing::error!(%error, "a field failed");
    coded(if error.is_unavailable() {
        FaultCode::Unavailable
    } else {
        FaultCode::Internal
    })
}

/// Something that the schema's own wiring left out.
pub(crate) fn unwired(what: &str) -> Error {
    tracing::error!(what, "the request lacks its data");
    coded(FaultCode::Internal)
}

#[cfg(test)]
mod tests {
    use async_graphql::{Pos, ServerError};

    use super::*;

    fn answer(error: Error) -> Response {
        Response::from_errors(vec![error.into_server_error(Pos::default())])
    }

    #[test]
    fn every_fault_is_told_in_the_readers_language() {
        for code in FaultCode::ALL {
            let [ja, en] = Language::ALL.map(|language| {
                let told: ServerError = in_words(answer(coded(*code)), language).errors.remove(0);
                assert_eq!(
                    told.extensions.and_then(|values| values.get(CODE).cloned()),
                    Some(code.code().into())
                );
                told.message
            });
            assert_eq!(en, wording::of(*code, Language::En));
            assert_ne!(ja, en);
        }
    }

    #[test]
    fn what_is_no_fault_of_ours_keeps_its_words() {
        let told = in_words(answer(Error::new("Unknown field")), Language::Ja);
        assert_eq!(told.errors[0].message, "Unknown field");
    }
}
