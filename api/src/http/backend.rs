//! What the edge asks of the rooms behind it. One trait, so that a test can stand in a schema of three
//! fields, and so that the edge cannot reach for the database.

use super::Caller;
use crate::bank_answers::{AnswerFile, AnswersTakenIn};
use crate::download::{OpenData, Parameters};
use async_graphql::{Request, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use serde::Serialize;
use serde_json::Value;
use store::vault::VaultError;

/// The rooms behind the edge.
pub trait Backend: Clone + Send + Sync + 'static {
    /// Who asks, as the graph knows them.
    type Viewer: Clone + Send + Sync + 'static;

    /// Finds whose token this is. `None` for one that is unknown, expired or revoked: the three are not
    /// told apart to the outside.
    ///
    /// # Errors
    /// [`NotReady`] when it could not be looked up.
    fn authenticate(
        &self,
        token: &str,
    ) -> impl Future<Output = Result<Option<Self::Viewer>, NotReady>> + Send;

    /// Runs a document that kept the limits.
    fn execute(
        &self,
        request: Request,
        caller: Caller<Self::Viewer>,
    ) -> impl Future<Output = Response> + Send;

    /// Takes a piece of evidence in: its bytes to the vault, then the record of it. Asks before the
    /// bytes are read whether the caller may attach it at all.
    ///
    /// # Errors
    /// [`UploadFailure`]; then no record was made.
    fn attach(
        &self,
        caller: Caller<Self::Viewer>,
        upload: Upload,
    ) -> impl Future<Output = Result<AttachedEvidence, UploadFailure>> + Send;

    /// The file of a piece of evidence; `None` when there is none, or none that the viewer may see.
    ///
    /// # Errors
    /// [`NotReady`] when it could not be looked up, or is not what was signed.
    fn evidence(
        &self,
        viewer: Self::Viewer,
        id: &str,
    ) -> impl Future<Output = Result<Option<EvidenceFile>, NotReady>> + Send;

    /// Takes in a file of the bank's answers.
    ///
    /// # Errors
    /// [`UploadFailure`]; parts of it that were taken in before are known when it is sent again.
    fn take_answers(
        &self,
        caller: Caller<Self::Viewer>,
        file: AnswerFile,
    ) -> impl Future<Output = Result<AnswersTakenIn, UploadFailure>> + Send;

    /// A file of the books, called `name`, as the viewer of the caller may take it away.
    ///
    /// # Errors
    /// [`ExportFailure`]; then nothing was begun.
    fn export(
        &self,
        caller: Caller<Self::Viewer>,
        name: &str,
        parameters: Parameters,
    ) -> impl Future<Output = Result<ExportFile, ExportFailure>> + Send;

    /// Begins a file of open data, for whoever asks.
    ///
    /// # Errors
    /// [`ExportFailure`]; then nothing is on record of it.
    fn open_data(
        &self,
        caller: Caller<Self::Viewer>,
        asked: OpenData,
    ) -> impl Future<Output = Result<ExportFile, ExportFailure>> + Send;

    /// What is on record of a file that was taken away; `None` when there is none, or none that the
    /// viewer may know of.
    ///
    /// # Errors
    /// [`NotReady`] when it could not be looked up.
    fn export_record(
        &self,
        caller: Caller<Self::Viewer>,
        id: &str,
    ) -> impl Future<Output = Result<Option<Value>, NotReady>> + Send;

    /// Whether work can be done now: the database answers and is migrated.
    ///
    /// # Errors
    /// [`NotReady`] with the reason.
    fn ready(&self) -> impl Future<Output = Result<(), NotReady>> + Send;
}

/// A file on its way up, with what its sender says of it.
pub struct Upload {
    /// Global id of the submission that it is for.
    pub submission: String,
    /// Code of what it is.
    pub kind: String,
    /// The name that it has at its sender's.
    pub file_name: String,
    /// Its bytes.
    pub bytes: BoxStream<'static, std::io::Result<Bytes>>,
}

/// A piece of evidence that was taken in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachedEvidence {
    /// Its global id.
    pub id: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// What its content is.
    pub media_type: &'static str,
}

/// A file on its way down.
pub struct EvidenceFile {
    /// The name to save it under.
    pub file_name: String,
    /// What its content is.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its bytes; they end with an error when they are not what was signed.
    pub bytes: BoxStream<'static, Result<Bytes, VaultError>>,
}

/// A file of the books on its way down.
pub struct ExportFile {
    /// Names it on record, where it is on record from its begin.
    pub id: Option<String>,
    /// The instant whose books are in it.
    pub as_of: DateTime<Utc>,
    /// The name to save it under.
    pub file_name: String,
    /// What its content is.
    pub media_type: &'static str,
    /// Its bytes; they end with an error where it broke off.
    pub bytes: BoxStream<'static, std::io::Result<Bytes>>,
}

/// Why a file was not begun.
#[derive(Debug, Clone)]
pub enum ExportFailure {
    /// There is no such file, or not for this viewer.
    NotThere,
    /// A rule says no.
    Refused(graphql::Refusal),
    /// As many files as are written at once are under way.
    Busy,
    /// It could not be begun.
    NotReady(NotReady),
}

/// Why a file was not taken in.
#[derive(Debug, Clone)]
pub enum UploadFailure {
    /// A rule says no.
    Refused(graphql::Refusal),
    /// Its sender stopped sending.
    BrokenOff {
        /// What the connection said.
        reason: String,
    },
    /// It could not be kept.
    NotReady(NotReady),
}

/// Why no work can be done now. The reason goes to the log, never to a client.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{reason}")]
pub struct NotReady {
    /// For the operator.
    pub reason: String,
}

/// One person of the demonstration, with the token to be them.
#[derive(Debug, Clone, Serialize)]
pub struct Persona {
    /// What they are called.
    pub name: PersonaName,
    /// The code of their role.
    pub role: String,
    /// Goes behind `Authorization: Bearer`. Public by intent: a demonstration holds nothing real.
    pub token: String,
}

/// A name in both languages.
#[derive(Debug, Clone, Serialize)]
pub struct PersonaName {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}
