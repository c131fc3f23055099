//! `serve`: opens everything in the order in which it can fail, answers until asked to stop, and closes
//! in the opposite order.

use super::{print, spinner};
use crate::{
    configuration::Configuration,
    download::Fonts,
    http::{Edge, Persona, PersonaName, router},
    opening,
    rooms::Rooms,
    server,
    start_error::StartError,
    telemetry, workers,
};
use domain::Coded;
use seeds::demonstration::{PERSONAS, Seeded, seed};
use std::{fmt::Write, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};
use store::{Store, vault::Vault};
use tokio::sync::Semaphore;

/// How long requests under way may take after the server was asked to stop; container engines kill
/// after ten seconds.
const FINISH_WITHIN: Duration = Duration::from_secs(8);

/// Files of the books under way at once at most: each has a thread and a part of the database's time.
const DOWNLOADS_MAX: usize = 4;

/// Files of open data besides: whoever publishes for many puts a cache before them.
const OPEN_DATA_MAX: usize = 2;

/// How long the connections to the database may take to close.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);

pub(super) async fn run(configuration: &Configuration) -> Result<ExitCode, StartError> {
    let listener = server::listen(configuration.listen).await?;
    let address = listener.local_addr().map_err(StartError::broken_off)?;
    let store = opening::migrated(configuration).await?;
    let vault = opening::vault(configuration)?;
    vault
        .check_writable()
        .await
        .map_err(opening::vault_refused)?;
    let personas = if configuration.is_demonstration() {
        Some(demonstration(&store, &vault).await?)
    } else {
        None
    };
    let greeting = greeting(address, personas.as_deref());
    let rooms = Rooms {
        store: store.clone(),
        vault: vault.clone(),
        schema: graphql::build(),
        evidence_bytes_max: configuration.evidence_bytes_max,
        downloads: Arc::new(Semaphore::new(DOWNLOADS_MAX)),
        open_data: Arc::new(Semaphore::new(OPEN_DATA_MAX)),
        fonts: Fonts::of(configuration.notice_font_dir.clone()),
        silence_max: Duration::from_secs(configuration.limit_time_seconds.into()),
        is_demonstration: personas.is_some(),
    };
    let edge = Edge::new(rooms, configuration, personas, telemetry::metrics()?);
    let router = router(edge);
    let workers = workers::start(&store, &vault);
    print(&greeting)?;
    server::serve(listener, router, server::stop_requested(), FINISH_WITHIN)
        .await
        .map_err(StartError::broken_off)?;
    drop(workers);
    close(store).await;
    Ok(ExitCode::SUCCESS)
}

/// Lets the database go in order: the embedded one then has everything in its one file.
async fn close(store: Store) {
    let closing = store.reads().clone().close();
    match tokio::time::timeout(CLOSE_WITHIN, closing).await {
        Ok(Ok(())) => tracing::info!("stopped"),
        Ok(Err(error)) => tracing::warn!(%error, "the database was not closed in order"),
        Err(_) => tracing::warn!("the database was still at work and was left"),
    }
}

/// Builds the demonstration where there is none yet, and says who is in it.
async fn demonstration(store: &Store, vault: &Vault) -> Result<Vec<Persona>, StartError> {
    let spinner = spinner();
    let seeded = seed(store, vault, |part| spinner.set_message(part)).await;
    spinner.finish_and_clear();
    if let Seeded::Now { awards } = seeded? {
        tracing::info!(awards, "the demonstration was seeded");
    }
    Ok(PERSONAS
        .iter()
        .map(|persona| Persona {
            name: PersonaName {
                ja: persona.name_ja.to_owned(),
                en: persona.name_en.to_owned(),
            },
            role: persona.role.code().to_owned(),
            token: persona.token.to_owned(),
        })
        .collect())
}

/// What whoever started the server reads first.
fn greeting(address: SocketAddr, personas: Option<&[Persona]>) -> String {
    let mut text = format!("Healthtech Challenge: http://{address}/graphql\n");
    let Some(personas) = personas else {
        return text;
    };
    let _ = write!(
        text,
        "\nデモンストレーション / demonstration: nothing in it is real, and its tokens are public.\n\
         GraphiQL: http://{address}/\n\n"
    );
    for Persona { name, role, token } in personas {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {token:<26} {role:<17} {} / {}", name.ja, name.en);
    }
    text
}
