//! The log and the metrics of the process. What is logged and counted is decided where it happens.

use crate::{
    configuration::{Configuration, LogFormat},
    http::{DURATION, REQUESTS},
    start_error::StartError,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{io::IsTerminal, time::Duration};
use tracing_subscriber::EnvFilter;

/// Bounds of the histogram, in seconds.
const BUCKETS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0,
];

/// How often the exporter folds its samples together; without it they would pile up until someone asks.
const UPKEEP: Duration = Duration::from_secs(5);

/// Sets up the log; standard output stays free for what commands print.
///
/// # Errors
/// [`StartError::TelemetryRefused`] for a filter that cannot be read.
pub fn log(configuration: &Configuration) -> Result<(), StartError> {
    let filter = EnvFilter::try_new(&configuration.log).map_err(refused)?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match configuration.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    }
    .map_err(refused)
}

/// Sets up the metrics and keeps them small; must be called inside the executor.
///
/// # Errors
/// [`StartError::TelemetryRefused`] when there already are some.
pub fn metrics() -> Result<PrometheusHandle, StartError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(DURATION.into()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(refused)?;
    metrics::describe_counter!(REQUESTS, "Answers by method, route and status.");
    metrics::describe_histogram!(
        DURATION,
        metrics::Unit::Seconds,
        "Time to the head of an answer, by method and route."
    );
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}

fn refused(error: impl std::fmt::Display) -> StartError {
    StartError::TelemetryRefused {
        reason: error.to_string(),
    }
}
