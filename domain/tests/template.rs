//! From a theme's gate template to the first plan of an award.

use domain::criterion::Criterion;
use domain::template::{GateTemplate, Stage};
use domain::{FiscalYear, LocalizedText, Refusal};
use proptest::prelude::*;

use crate::support::{bp, criteria, criterion, date, yen};

fn stage(ordinal: u16, share: u16, criteria: Vec<Criterion>) -> Stage {
    Stage {
        ordinal,
        code: format!("S{ordinal}"),
        title: LocalizedText::new("段階", "stage"),
        standard_days: 180,
        default_share_bp: bp(share),
        may_go_back: false,
        criteria,
    }
}

fn template(advance: u16, stages: &[u16], retention: u16) -> GateTemplate {
    GateTemplate {
        code: "SAMD".to_owned(),
        version: 1,
        title: LocalizedText::new("プログラム医療機器", "Software as a medical device"),
        rounds_max: 3,
        advance_bp: bp(advance),
        retention_bp: bp(retention),
        stages: (1..)
            .zip(stages)
            .map(|(ordinal, share)| stage(ordinal, *share, criteria()))
            .collect(),
    }
}

#[test]
fn a_template_becomes_a_plan_by_its_shares_and_days() {
    let template = template(2_000, &[3_600, 3_400], 1_000);
    let plan = template.plan(yen(50_000_000), date("2026-06-01")).unwrap();
    let amounts: Vec<_> = plan.tranches().map(|tranche| tranche.amount).collect();
    assert_eq!(
        amounts,
        [10_000_000, 18_000_000, 17_000_000, 5_000_000].map(yen)
    );
    let due: Vec<_> = plan
        .milestones
        .iter()
        .map(|milestone| milestone.due_on)
        .collect();
    assert_eq!(due, [date("2026-11-28"), date("2027-05-27")]);
    let years: Vec<_> = plan
        .tranches()
        .map(|tranche| tranche.budget_year.get())
        .collect();
    assert_eq!(years, [2026, 2026, 2027, 2027]);
    assert_eq!(FiscalYear::of(due[1]), FiscalYear::new(2027));
    assert_eq!(plan.ensure_sound(yen(50_000_000)), Ok(()));
}

#[test]
fn all_fractions_are_in_the_first_part_that_is_paid() {
    let with_advance = template(3_333, &[3_333, 3_334], 0);
    let plan = with_advance
        .plan(yen(100_000_001), date("2026-06-01"))
        .unwrap();
    assert_eq!(plan.advance.unwrap().amount, yen(33_330_001));
    assert_eq!(plan.retention, None);
    // Without an advance there is none of a few stray yen either.
    let without = template(0, &[3_333, 3_334], 3_333);
    let plan = without.plan(yen(100_000_001), date("2026-06-01")).unwrap();
    assert_eq!(plan.advance, None);
    assert_eq!(plan.milestones[0].tranche.amount, yen(33_330_001));
}

#[test]
fn a_template_that_does_not_add_up_names_the_place() {
    let unsound = |template: GateTemplate| match template.ensure_sound() {
        Err(Refusal::TemplateUnsound { place }) => place,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        unsound(template(2_000, &[3_600, 3_400], 999)),
        "default_share_bp"
    );
    assert_eq!(unsound(template(5_000, &[], 5_000)), "stages");
    let mut no_round = template(2_000, &[7_000], 1_000);
    no_round.rounds_max = 0;
    assert_eq!(unsound(no_round), "rounds_max");
    let mut misnumbered = template(2_000, &[3_600, 3_400], 1_000);
    misnumbered.stages[1].ordinal = 3;
    assert_eq!(unsound(misnumbered), "stages");
    for faulty in [
        vec![],
        vec![criterion("A", 9_999, false)],
        vec![criterion("A", 5_000, false), criterion("A", 5_000, false)],
    ] {
        let mut template = template(2_000, &[3_600, 3_400], 1_000);
        template.stages[1].criteria = faulty;
        assert_eq!(unsound(template), "S2");
    }
}

proptest! {
    #[test]
    fn a_plan_makes_exactly_the_decided_amount(
        decided in 1_i64..1_000_000_000_000,
        cuts in proptest::collection::btree_set(1_u16..10_000, 2..6),
    ) {
        let ends: Vec<u16> = cuts.into_iter().chain([10_000]).collect();
        let starts = [0].into_iter().chain(ends.iter().copied());
        let shares: Vec<u16> = starts.zip(&ends).map(|(start, end)| end - start).collect();
        let [advance, stages @ .., retention] = &shares[..] else {
            return Ok(());
        };
        let plan = template(*advance, stages, *retention).plan(yen(decided), date("2026-06-01"));
        prop_assert_eq!(plan.unwrap().ensure_sound(yen(decided)), Ok(()));
    }
}
