//! What a GraphQL request says, read from a JSON body or from the query string. Nothing else is taken:
//! forms and plain text are what a foreign web page can send in a user's name.

use super::problem::Problem;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The parameters of a request (GraphQL over HTTP, section "Request").
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parameters {
    /// The document.
    pub(super) query: String,
    /// Which of its operations is meant.
    #[serde(default)]
    pub(super) operation_name: Option<String>,
    /// Values of its variables.
    #[serde(default)]
    pub(super) variables: Option<Map<String, Value>>,
    /// Accepted as the specification asks, and not used.
    #[serde(default, rename = "extensions")]
    _extensions: Option<Map<String, Value>>,
}

/// The same as text, as it stands in a query string.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TextParameters {
    query: String,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl Parameters {
    /// Reads the body of a POST.
    pub(super) fn from_body(body: &[u8]) -> Result<Self, Problem> {
        let value: Value = serde_json::from_slice(body).map_err(|error| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "JSON_UNREADABLE",
                "The body is not JSON.",
            )
            .detail("line", error.line())
            .detail("column", error.column())
        })?;
        if value.is_array() {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "BATCH_REFUSED",
                "Send one document a request; a list of them is not taken.",
            ));
        }
        serde_json::from_value(value).map_err(|error| invalid(&error.to_string()))
    }

    /// Reads the query string of a GET.
    pub(super) fn from_uri(uri: &Uri) -> Result<Self, Problem> {
        let text = axum::extract::Query::<TextParameters>::try_from_uri(uri)
            .map_err(|error| invalid(&error.body_text()))?
            .0;
        Ok(Self {
            query: text.query,
            operation_name: text.operation_name.filter(|name| !name.is_empty()),
            variables: map("variables", text.variables)?,
            _extensions: map("extensions", text.extensions)?,
        })
    }
}

/// Checks the media type of a POST.
///
/// # Errors
/// 415 for anything but `application/json` in UTF-8.
pub(super) fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            let mut parts = value.split(';').map(str::trim);
            parts
                .next()
                .is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
                && parts.all(is_harmless)
        });
    is_json.then_some(()).ok_or_else(|| {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "MEDIA_TYPE_REFUSED",
            "Send application/json in UTF-8.",
        )
    })
}

fn is_harmless(parameter: &str) -> bool {
    match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    }
}

fn map(name: &str, text: Option<String>) -> Result<Option<Map<String, Value>>, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    serde_json::from_str(&text)
        .map_err(|_| invalid(&format!("{name} must be a JSON object or null")))
}

fn invalid(reason: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "PARAMETERS_INVALID",
        reason.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(content_type: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        require_json(&headers).is_ok()
    }

    #[test]
    fn only_json_in_utf_8_is_taken() {
        assert!(takes("application/json"));
        assert!(takes("Application/JSON; charset=\"UTF-8\""));
        assert!(require_json(&HeaderMap::new()).is_err());
        for bad in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/graphql",
            "application/json; charset=utf-16",
        ] {
            assert!(!takes(bad), "{bad}");
        }
    }

    #[test]
    fn a_body_is_one_object_with_members_of_the_right_kind() {
        let ok = br#"{"query":"{a}","operationName":null,"variables":null,"extensions":{}}"#;
        assert_eq!(Parameters::from_body(ok).unwrap().query, "{a}");
        for bad in [
            "",
            "{",
            "[]",
            r#"[{"query":"{a}"}]"#,
            "{}",
            r#"{"query":1}"#,
            r#"{"query":"{a}","variables":"{}"}"#,
            r#"{"query":"{a}","variables":[]}"#,
            r#"{"query":"{a}","operationName":1}"#,
            r#"{"query":"{a}","extensions":0}"#,
        ] {
            assert!(Parameters::from_body(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
