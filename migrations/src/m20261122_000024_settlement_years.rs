//! The year that a tranche settles, where a later one pays it.
//!
//! A tranche that waits for the determination of its year and is carried over after it goes on settling
//! that year. Said by a column, because the years of a tranche are said by one: which of two commands
//! came first is decided by the award's lock, and not by the times that they were recorded at.

use sea_orm_migration::sea_orm::DbBackend;

use crate::guard;
use crate::migration::Migration;
use crate::table::{add_column, whole};

pub(crate) const MIGRATION: Migration = Migration {
    name: "m20261122_000024_settlement_years",
    statements,
};

fn statements(backend: DbBackend) -> Vec<String> {
    let column = add_column("tranche", whole("settles_year", 1), backend);
    let guard = guard::on_update("tranche_settles_once", "tranche", SETTLES_ANOTHER, backend);
    [column, OF_BEFORE.to_owned()]
        .into_iter()
        .chain(guard)
        .collect()
}

/// What was carried over after its determination before there was this column.
const OF_BEFORE: &str = "UPDATE tranche SET settles_year = (
        SELECT MIN(carry_over.budget_year) FROM carry_over
        JOIN determination ON determination.award_id = carry_over.award_id
            AND determination.budget_year = carry_over.budget_year
            AND determination.recorded_at < carry_over.recorded_at
        WHERE carry_over.tranche_id = tranche.id
    ) WHERE kind IN ('RETENTION', 'FINAL')";

/// It settles a determined year before the one that pays it, and no other later on.
const SETTLES_ANOTHER: &str = "OLD.settles_year IS NOT NULL
    AND (NEW.settles_year IS NULL OR NEW.settles_year <> OLD.settles_year)
    OR NEW.settles_year IS NOT NULL AND (NEW.settles_year >= NEW.budget_year OR NOT EXISTS (
        SELECT 1 FROM determination
        WHERE determination.award_id = NEW.award_id
            AND determination.budget_year = NEW.settles_year
    ))";
