//! Which of the two media types an answer takes (GraphQL over HTTP, section "Media Types"). The choice
//! also decides the status: see `answer`.

use super::problem::Problem;
use axum::http::{HeaderMap, StatusCode, header};

/// The media type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerType {
    /// `application/json`: what a client gets that asks for nothing in particular.
    Json,
    /// `application/graphql-response+json`: its status says whether the document ran.
    GraphqlResponse,
}

impl AnswerType {
    /// As it is written in `Content-Type`.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// The type the caller likes best; the first of equals.
    ///
    /// # Errors
    /// 406 when they accept neither.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut ranges = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter(|range| !range.trim().is_empty())
            .peekable();
        if ranges.peek().is_none() {
            return Ok(Self::Json);
        }
        let mut best: Option<(u16, Self)> = None;
        for (weight, answer_type) in ranges.filter_map(range) {
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, answer_type));
            }
        }
        best.map(|(_, answer_type)| answer_type).ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_ACCEPTABLE,
                "NOT_ACCEPTABLE",
                "Answers are application/graphql-response+json or application/json.",
            )
        })
    }
}

/// Reads one range: its weight in thousandths, and our type that it means.
fn range(text: &str) -> Option<(u16, AnswerType)> {
    let mut parts = text.split(';').map(str::trim);
    let answer_type = match parts.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => AnswerType::GraphqlResponse,
        "application/json" | "application/*" | "*/*" => AnswerType::Json,
        _ => return None,
    };
    let mut weight = 1000;
    for parameter in parts {
        match parameter.split_once('=') {
            Some(("q" | "Q", value)) => weight = thousandths(value)?,
            Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
                value
                    .trim_matches('"')
                    .eq_ignore_ascii_case("utf-8")
                    .then_some(())?;
            }
            _ => {}
        }
    }
    Some((weight, answer_type))
}

/// `0.25` as 250 (RFC 9110, section 12.4.2: at most three decimals).
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let decimals: u16 = format!("{decimals:0<3}").get(..3)?.parse().ok()?;
    Some((whole * 1000 + decimals).min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &str) -> Option<AnswerType> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, value.parse().unwrap());
        AnswerType::accepted(&headers).ok()
    }

    #[test]
    fn the_caller_chooses_and_json_is_for_whoever_does_not() {
        use AnswerType::{GraphqlResponse, Json};
        assert_eq!(AnswerType::accepted(&HeaderMap::new()).unwrap(), Json);
        for (value, expected) in [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            ("application/json", Some(Json)),
            ("application/json; charset=UTF-8", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(GraphqlResponse),
            ),
            (
                "application/graphql-response+json;q=0.5, application/json",
                Some(Json),
            ),
            ("text/html, */*;q=0.1", Some(Json)),
            ("application/json;q=0", None),
            ("text/html", None),
            ("application/json; charset=shift_jis", None),
            ("application/json;q=high", None),
        ] {
            assert_eq!(accepted(value), expected, "{value}");
        }
    }
}
