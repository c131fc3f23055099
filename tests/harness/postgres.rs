//! A PostgreSQL of this process's own: one throw-away cluster, one migrated template, one database
//! a test.
//!
//! The cluster listens on a socket in its own folder and on nothing else. It must not outlive the
//! tests, even when they are killed, so the server is the child of a small shell that waits for the
//! end of a pipe whose other end only this process holds. `HTC_TEST_POSTGRES` says what to do where
//! no PostgreSQL is installed: `auto` (the default) skips and says so, `require` fails, `off` skips
//! everywhere.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection};

/// What every test's database is a copy of. No connection stays on it.
const TEMPLATE: &str = "htc_template";

/// Starts the server, waits for the end of the pipe, stops the server and removes the folder.
/// `$1` is the folder with PostgreSQL's programs.
const WATCHDOG: &str = r#"
set -e
cd /
folder=$(mktemp -d /tmp/htc-pg-XXXXXX)
trap 'rm -rf "$folder"' EXIT
"$1/initdb" -N -A trust --no-locale -E UTF8 -U postgres -D "$folder/data" >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2; exit 1; }
"$1/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=300 \
    -c fsync=off -c full_page_writes=off >"$folder/server.log" 2>&1 </dev/null &
server=$!
echo "$folder"
cat >/dev/null
kill -QUIT "$server"
wait "$server" || true
"#;

/// The running cluster. The pipe to its watchdog is what keeps it running.
struct Cluster {
    folder: PathBuf,
    databases: AtomicU32,
    _watchdog: Child,
}

static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();

/// The address of a new database, if there is a PostgreSQL to make it.
pub(super) async fn create() -> Option<String> {
    let cluster = CLUSTER.get_or_init(Cluster::start).as_ref()?;
    let number = cluster.databases.fetch_add(1, Ordering::Relaxed);
    let name = format!("story_{number}");
    let postgres = cluster.connect("postgres").await.expect("the cluster");
    postgres
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
        .await
        .expect("a copy of the template");
    postgres.close().await.expect("a closed connection");
    Some(cluster.url(&name))
}

/// Runs `work` on a thread and a runtime of its own, so that no test's runtime owns what it makes.
pub(super) fn apart(work: impl Future<Output = ()> + Send + 'static) {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(work);
    };
    std::thread::spawn(run)
        .join()
        .expect("work that does not panic");
}

impl Cluster {
    fn start() -> Option<Self> {
        let setting = setting();
        if setting == "off" {
            return None;
        }
        let Some(programs) = programs() else {
            assert_ne!(
                setting, "require",
                "HTC_TEST_POSTGRES=require, and there is no PostgreSQL"
            );
            eprintln!("skipped: no PostgreSQL in PATH or /usr/lib/postgresql");
            return None;
        };
        let mut watchdog = as_postgres()
            .args(["sh", "-c", WATCHDOG, "watchdog"])
            .arg(&programs)
            // A group of its own: an interrupt at the terminal is for the tests, not for it.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut folder = String::new();
        let output = watchdog.stdout.take().expect("the shell's output");
        BufReader::new(output)
            .read_line(&mut folder)
            .expect("a line");
        let folder = PathBuf::from(folder.trim_end());
        assert!(folder.is_absolute(), "the cluster was not made; see above");
        let cluster = Self {
            folder,
            databases: AtomicU32::new(0),
            _watchdog: watchdog,
        };
        let (postgres, template) = (cluster.url("postgres"), cluster.url(TEMPLATE));
        apart(async move {
            let postgres = patiently(&postgres).await;
            let create = format!("CREATE DATABASE {TEMPLATE}");
            postgres
                .execute_unprepared(&create)
                .await
                .expect("an empty template");
            postgres.close().await.expect("a closed connection");
            let template = sea_orm::Database::connect(template)
                .await
                .expect("the template");
            migrations::migrate(&template)
                .await
                .expect("the newest schema");
            template.close().await.expect("a closed connection");
        });
        Some(cluster)
    }

    fn url(&self, database: &str) -> String {
        format!(
            "postgres://postgres@localhost/{database}?host={}",
            self.folder.display()
        )
    }

    async fn connect(&self, database: &str) -> Result<DatabaseConnection, sea_orm::DbErr> {
        let mut options = sea_orm::ConnectOptions::new(self.url(database));
        options.max_connections(1).sqlx_logging(false);
        sea_orm::Database::connect(options).await
    }
}

/// The first connection, as soon as the server has started.
async fn patiently(url: &str) -> DatabaseConnection {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match sea_orm::Database::connect(url).await {
            Ok(connection) => return connection,
            Err(error) => assert!(
                Instant::now() < deadline,
                "PostgreSQL did not start: {error}"
            ),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, no configuration of the server"
)]
fn setting() -> String {
    let setting = std::env::var("HTC_TEST_POSTGRES").unwrap_or_else(|_| "auto".to_owned());
    assert!(
        ["auto", "require", "off"].contains(&setting.as_str()),
        "HTC_TEST_POSTGRES is auto, require or off, not {setting}"
    );
    setting
}

/// The folder that holds both programs we need. `initdb` alone may be a wrapper that has no server.
#[expect(
    clippy::disallowed_methods,
    reason = "the search path of programs is no configuration"
)]
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres"]
            .iter()
            .all(|program| folder.join(program).is_file())
    };
    std::env::split_paths(&path)
        .chain(debian_folders())
        .find(complete)
}

/// Debian keeps the servers of each version apart; the newest first.
fn debian_folders() -> Vec<PathBuf> {
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else {
        return Vec::new();
    };
    let mut versions: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_unstable();
    versions
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .collect()
}

/// PostgreSQL refuses to run as root, so root becomes `postgres` for it.
fn as_postgres() -> Command {
    let is_root = Path::new("/proc/self")
        .metadata()
        .is_ok_and(|process| process.uid() == 0);
    if is_root {
        let mut command = Command::new("setpriv");
        command.args([
            "--reuid=postgres",
            "--regid=postgres",
            "--init-groups",
            "--",
        ]);
        command
    } else {
        Command::new("env")
    }
}
