//! Listens to a connection: which statements a program sends, in the order of their ends.

use std::sync::{Arc, Mutex};

use sea_orm::DatabaseConnection;

/// The statements of one connection pool, as SQL without its values. Opening and ending a
/// transaction are none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Listens to `connection` and its clones from now on.
    pub(crate) fn of(connection: &mut DatabaseConnection) -> Self {
        let statements = Self::default();
        let heard = statements.clone();
        connection.set_metric_callback(move |info| {
            let mut heard = heard.0.lock().expect("unbroken statements");
            heard.push(info.statement.sql.clone());
        });
        statements
    }

    /// What was sent since the last time that this was asked.
    pub(crate) fn taken(&self) -> Vec<String> {
        let mut heard = self.0.lock().expect("unbroken statements");
        std::mem::take(&mut heard)
    }
}
