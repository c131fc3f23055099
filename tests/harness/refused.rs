//! What a database refused, by name.

use std::fmt::Debug;

use sea_orm::{DbErr, RuntimeErr};

/// The name of the constraint that `result` was refused by.
///
/// SQLite names a CHECK and a guard; of a unique constraint it names the columns
/// (`award.programme_id, award.number`), and of a foreign key nothing (`FOREIGN KEY`).
pub(crate) fn by<T: Debug>(result: Result<T, DbErr>) -> String {
    let error = result.expect_err("a refusal");
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) =
        &error
    else {
        panic!("not refused by the database: {error}");
    };
    let refusal = error
        .as_database_error()
        .expect("an answer of the database");
    if let Some(constraint) = refusal.constraint() {
        return constraint.to_owned();
    }
    let message = refusal.message();
    message.strip_suffix(" constraint failed").map_or_else(
        || {
            let (_, named) = message.split_once(" constraint failed: ").expect(message);
            named.to_owned()
        },
        ToOwned::to_owned,
    )
}
