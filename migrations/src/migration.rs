//! One step in the history of the schema: a name and its statements.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A migration that is nothing but statements. One that has to look at rows implements
/// [`MigrationTrait`] itself.
pub(crate) struct Migration {
    /// The name it is remembered by: that of its file.
    pub(crate) name: &'static str,
    /// What it runs on which database.
    pub(crate) statements: fn(DbBackend) -> Vec<String>,
}

impl MigrationName for Migration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(elided_lifetimes_in_paths, reason = "so the trait declares it")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in (self.statements)(manager.get_database_backend()) {
            connection.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}
