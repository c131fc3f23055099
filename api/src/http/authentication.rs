//! Who is asking: the bearer token of a request, looked up on every request so that a revoked one stops
//! at once. Whether the viewer may do what they ask is decided in `domain`, not here.

use super::{Backend, Edge, problem::Problem};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
};
use std::sync::Arc;

/// Longer than any token that exists; what is longer is not looked up.
const TOKEN_LENGTH_MAX: usize = 4096;

/// Whoever sent the request.
#[derive(Debug, Clone)]
pub struct Caller<V> {
    /// The viewer; `None` is the anonymous public.
    pub viewer: Option<V>,
    /// The header `Accept-Language` as it came.
    pub accept_language: Option<String>,
}

impl<B: Backend> FromRequestParts<Arc<Edge<B>>> for Caller<B::Viewer> {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        edge: &Arc<Edge<B>>,
    ) -> Result<Self, Self::Rejection> {
        let viewer = match parts.headers.get(header::AUTHORIZATION) {
            None => None,
            Some(value) => {
                let token = value
                    .to_str()
                    .ok()
                    .and_then(token)
                    .ok_or_else(unauthenticated)?;
                let found = edge.backend.authenticate(token).await.map_err(|error| {
                    tracing::error!(%error, "a token could not be looked up");
                    super::health::not_ready()
                })?;
                Some(found.ok_or_else(unauthenticated)?)
            }
        };
        let accept_language = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map(ToOwned::to_owned);
        Ok(Self {
            viewer,
            accept_language,
        })
    }
}

/// The token of `Bearer TOKEN` (RFC 6750, section 2.1).
fn token(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim_matches(' ');
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    (scheme.eq_ignore_ascii_case("bearer")
        && !token.is_empty()
        && token.len() <= TOKEN_LENGTH_MAX
        && token.bytes().all(is_token))
    .then_some(token)
}

/// The answer to a token that is none, and to nobody where somebody is asked for.
pub(super) fn unauthenticated() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "UNAUTHENTICATED",
        "The token is missing, malformed, unknown, expired or revoked.",
    )
    .header(header::WWW_AUTHENTICATE, "Bearer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bearer_token_is_read_and_anything_else_is_none() {
        assert_eq!(token("Bearer abc.DEF-1~/+="), Some("abc.DEF-1~/+="));
        assert_eq!(token("bearer  abc"), Some("abc"));
        let long = format!("Bearer {}", "a".repeat(TOKEN_LENGTH_MAX + 1));
        for bad in [
            "",
            "Bearer",
            "Bearer ",
            "Basic abc",
            "abc",
            "Bearer a b",
            "Bearer ä",
            &long,
        ] {
            assert_eq!(token(bad), None, "{bad}");
        }
    }
}
