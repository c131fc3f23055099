//! The GraphiQL page, embedded: it asks no outside host, so it also opens where there is no network.
//! Its sources are in `api/graphiql`; the built files are checked in, so that the first run needs no Node.

use super::problem::Problem;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/graphiql"]
struct Assets;

/// GraphiQL writes `style` attributes and draws icons from `data:`; all else comes from this server.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);

/// `/`: the page itself.
pub(super) async fn page() -> Result<Response, Problem> {
    asset("index.html")
}

/// `/graphiql/{file}`: its script, its style, its licences.
pub(super) async fn file(Path(file): Path<String>) -> Result<Response, Problem> {
    asset(&file)
}

fn asset(name: &str) -> Result<Response, Problem> {
    let kind = match name.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    let file = Assets::get(name).ok_or_else(not_found)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, file.data).into_response())
}

/// Nothing is at this address.
pub(super) fn not_found() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "There is nothing at this address.",
    )
}
