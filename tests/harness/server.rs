//! The real executable, started as its operator would, on loopback.
//!
//! ```ignore
//! let server = Server::on(&database, &[]).await;
//! let answer = server.query(Some(token), "query($id: ID!) { .. }", json!({ "id": id })).await;
//! assert_eq!(answer["data"]["award"]["state"], "ACTIVE");
//! ```

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::database::TestDatabase;

/// What the first line of the server's output begins with; its address follows.
const GREETING: &str = "Healthtech Challenge: http://";

/// How long the server may take to end after it was asked to.
const END_WITHIN: Duration = Duration::from_secs(15);

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Ended {
    /// How it ended.
    pub(crate) status: ExitStatus,
    /// What it answered.
    pub(crate) output: String,
    /// What it said besides: the log, or why it did not start.
    pub(crate) errors: String,
}

/// A folder of its own for whatever the executable keeps beside its database.
pub(crate) struct Executable {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// A running server. It is killed when it is dropped.
pub(crate) struct Server {
    process: Child,
    address: String,
    client: Client,
    // Closed, its greeting would be the last thing that it can print.
    _output: BufReader<ChildStdout>,
    executable: Executable,
}

impl Executable {
    /// The executable with these variables and no others, in an empty folder.
    pub(crate) fn with(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("htc-").tempdir();
        Self {
            folder: folder.expect("a temporary folder"),
            variables: variables
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    /// The executable on this database.
    pub(crate) fn on(database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        let mut all = vec![("HTC_DATABASE_URL", database.url.as_str())];
        all.extend_from_slice(variables);
        Self::with(&all)
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let done = self.command(arguments).output().expect("the executable");
        Ended {
            status: done.status,
            output: String::from_utf8(done.stdout).expect("UTF-8"),
            errors: String::from_utf8(done.stderr).expect("UTF-8"),
        }
    }

    /// Starts it as a server, which is ready when this returns.
    pub(crate) async fn serve(self) -> Server {
        let log = std::fs::File::create(self.log()).expect("a log");
        let mut process = self
            .command(&["serve"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the executable");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let mut greeting = String::new();
        output.read_line(&mut greeting).expect("a line");
        let address = greeting
            .strip_prefix(GREETING)
            .and_then(|rest| rest.split('/').next())
            .map(|address| format!("http://{address}"));
        let Some(address) = address else {
            panic!(
                "no server: {greeting}{}",
                std::fs::read_to_string(self.log()).expect("a log")
            );
        };
        let server = Server {
            process,
            address,
            client: Client::new(),
            _output: output,
            executable: self,
        };
        let ready = server.request(Method::GET, "/readyz").send().await;
        assert_eq!(ready.expect("an answer").status(), 200, "{}", server.log());
        server
    }

    fn log(&self) -> std::path::PathBuf {
        self.folder.path().join("server.log")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_healthtech-challenge"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HTC_LISTEN", "127.0.0.1:0")
            .env("HTC_DATA_DIR", self.folder.path().join("data"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }
}

impl Server {
    /// A server on this database, as in production unless `HTC_DEMONSTRATION` says otherwise.
    pub(crate) async fn on(database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        Executable::on(database, variables).serve().await
    }

    /// A server with the personas of the demonstration, on this database.
    pub(crate) async fn demonstration(database: &TestDatabase) -> Self {
        Self::on(database, &[("HTC_DEMONSTRATION", "true")]).await
    }

    /// A request to this path.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.address))
    }

    /// Sends a document as the bearer of `token` and gives the whole answer.
    pub(crate) async fn query(
        &self,
        token: Option<&str>,
        document: &str,
        variables: Value,
    ) -> Value {
        let request = self
            .request(Method::POST, "/graphql")
            .header("accept-language", "en")
            .json(&json!({ "query": document, "variables": variables }));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let answer = request.send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn authority(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.executable.log()).expect("a log")
    }

    /// Asks it to stop, as a container engine does.
    pub(crate) fn terminate(&self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.process.id().to_string()])
            .status();
        assert!(asked.expect("kill").success());
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        let deadline = Instant::now() + END_WITHIN;
        loop {
            if let Some(status) = self.process.try_wait().expect("a status") {
                return status;
            }
            assert!(Instant::now() < deadline, "still running: {}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
