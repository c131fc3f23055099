//! When a tranche will be paid.

use async_graphql::SimpleObject;
use domain::payment::{Forecast, PaymentStage, StageTime};

use crate::coded::Coded;
use crate::scalar::Date;

/// When a tranche will be paid: what the stages that remain took in the programme's own past, added up.
/// A picture for planning, and no promise.
#[derive(Debug, Clone, SimpleObject)]
pub struct PaymentForecast {
    /// The day, when every stage takes its median.
    median: Date,
    /// The day, when every stage is slow: the ninth of ten.
    slow: Date,
    /// The stage in which it is.
    stage: Option<Coded<PaymentStage>>,
    /// The stages that remain, in their order.
    stages: Vec<ForecastStage>,
}

/// A stage on the way to the money, and what it takes.
#[derive(Debug, Clone, SimpleObject)]
pub struct ForecastStage {
    /// The stage.
    stage: Coded<PaymentStage>,
    /// Its days in the middle of the past.
    median_days: u16,
    /// Its days in the ninth of ten cases.
    slow_days: u16,
    /// What that is taken from.
    based_on: ForecastBasis,
}

/// What the days of a stage are taken from.
#[derive(Debug, Clone, SimpleObject)]
pub struct ForecastBasis {
    /// How often the stage was passed, as far as it is looked back.
    count: usize,
    /// The standard days, which count until it was passed often enough; null where the past counts.
    standard_days: Option<u16>,
}

impl PaymentForecast {
    /// The forecast as the graph shows it.
    pub(super) fn of(forecast: &Forecast) -> Self {
        let stages: Vec<ForecastStage> = forecast.stages.iter().map(ForecastStage::of).collect();
        Self {
            median: Date(forecast.median_on),
            slow: Date(forecast.slow_on),
            stage: stages.first().map(|first| first.stage),
            stages,
        }
    }
}

impl ForecastStage {
    fn of(time: &StageTime) -> Self {
        Self {
            stage: Coded(time.stage),
            median_days: time.median_days,
            slow_days: time.slow_days,
            based_on: ForecastBasis {
                count: time.samples,
                standard_days: time.is_standard.then_some(time.median_days),
            },
        }
    }
}
