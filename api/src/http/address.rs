//! What stands in the address of a request for a file.

use super::problem::Problem;
use axum::{
    extract::{Query, rejection::QueryRejection},
    http::StatusCode,
};

/// The parameters in an address.
pub(super) fn of_address<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    query.map(|Query(parameters)| parameters).map_err(|error| {
        let reason = error.body_text();
        Problem::new(StatusCode::BAD_REQUEST, "PARAMETERS_INVALID", reason)
    })
}
