//! Made-up figures near the targets that they are measured by.

use domain::KpiValue;
use domain::criterion::{KpiDirection, KpiTarget};

/// A value that meets `kpi`, or just misses it.
pub(super) fn measured(kpi: &KpiTarget, met: bool) -> KpiValue {
    let sides = match kpi.direction {
        KpiDirection::Equals if met => return kpi.target,
        KpiDirection::AtLeast if met => [true, true],
        KpiDirection::AtMost if !met => [true, true],
        KpiDirection::Equals => [false, true],
        KpiDirection::AtLeast | KpiDirection::AtMost => [false, false],
    };
    let is_possible = |value: &KpiValue| kpi.unit != "percent" || *value <= percent_max(*value);
    let moved = sides
        .into_iter()
        .find_map(|upwards| moved(kpi.target, upwards));
    moved.filter(is_possible).unwrap_or(kpi.target)
}

/// More than the whole there is not.
fn percent_max(otherwise: KpiValue) -> KpiValue {
    KpiValue::parse("100").unwrap_or(otherwise)
}

/// The value moved by a part in twenty-five, and by one of its last place at least; nothing below
/// zero.
fn moved(value: KpiValue, upwards: bool) -> Option<KpiValue> {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let units: i64 = format!("{whole}{fraction}").parse().ok()?;
    let part = (units.abs() / 25).max(1);
    let units = if upwards { units + part } else { units - part };
    let digits = format!("{units:0width$}", width = fraction.len() + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - fraction.len())?;
    let text = if fraction.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction}")
    };
    KpiValue::parse(&text).ok().filter(|_| units >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::themes;

    fn of(direction: KpiDirection, target: &str, met: bool) -> String {
        let kpi = KpiTarget {
            unit: "percent".to_owned(),
            direction,
            target: KpiValue::parse(target).expect("a target"),
        };
        measured(&kpi, met).to_string()
    }

    #[test]
    fn figures_lie_near_their_target() {
        for (direction, target, better, worse) in [
            (KpiDirection::AtLeast, "3", "4", "2"),
            (KpiDirection::AtLeast, "90.0", "93", "87"),
            (KpiDirection::AtLeast, "98.5", "98.5", "94.6"),
            (KpiDirection::AtMost, "0.5", "0.4", "0.6"),
            (KpiDirection::AtMost, "0.05", "0.04", "0.06"),
            (KpiDirection::Equals, "100", "100", "96"),
            (KpiDirection::Equals, "0", "0", "1"),
        ] {
            let found = (of(direction, target, true), of(direction, target, false));
            assert_eq!(found, (better.to_owned(), worse.to_owned()), "{target}");
        }
    }

    #[test]
    fn every_target_of_every_theme_can_be_met_and_missed() {
        let themes = themes().expect("sound themes");
        let stages = themes
            .iter()
            .flat_map(|theme| &theme.templates)
            .flat_map(|template| &template.stages);
        for criterion in stages.flat_map(|stage| &stage.criteria) {
            if let Some(kpi) = &criterion.kpi {
                assert!(kpi.is_met_by(&measured(kpi, true)), "{}", criterion.code);
                assert!(!kpi.is_met_by(&measured(kpi, false)), "{}", criterion.code);
            }
        }
    }
}
