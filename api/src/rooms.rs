//! The rooms behind the edge, put together: the schema, the store, the vault, and who a token stands
//! for. It wires and decides nothing.

use crate::bank_answers::{self, AnswerFile, AnswersTakenIn};
use crate::download::{Download, Fonts, Named, OpenData, Parameters, Wanted, streamed};
use crate::http::{
    AttachedEvidence, Backend, Caller, EvidenceFile, ExportFailure, ExportFile, NotReady, Upload,
    UploadFailure,
};
use async_graphql::{Request, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{
    Coded,
    criterion::EvidenceKind,
    id::{EvidenceId, SubmissionId},
    wording::Language,
};
use futures_util::StreamExt;
use graphql::{Id, ProgrammeSchema, Refused, Viewer};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use store::{
    Store,
    command::AttachEvidence,
    identity,
    read::{
        Sight, evidence_file,
        export::{self, ExportView, Reader},
    },
    vault::{MediaType, StoredEvidence, Vault, VaultError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// What a file is called on its way down when its type is none that the vault takes any more.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// How long anybody at all may take for a file of open data: a slow reader holds the turn of all others.
const OPEN_DATA_WITHIN: Duration = Duration::from_mins(5);

/// The rooms behind the edge. A clone is the same rooms.
#[derive(Clone)]
pub struct Rooms {
    /// Runs commands and gives reads their connection.
    pub store: Store,
    /// Keeps evidence.
    pub vault: Vault,
    /// Answers documents.
    pub schema: ProgrammeSchema,
    /// Size of a piece of evidence at most, in bytes.
    pub evidence_bytes_max: u64,
    /// As many files of the books may be under way at once.
    pub downloads: Arc<Semaphore>,
    /// As many files of open data may be besides, so that the public never takes finance's turn.
    pub open_data: Arc<Semaphore>,
    /// Where the font of notices is.
    pub fonts: Fonts,
    /// How long a download waits for its reader at most.
    pub silence_max: Duration,
    /// Whether the personas' public tokens are taken.
    pub is_demonstration: bool,
}

impl Backend for Rooms {
    type Viewer = Viewer;

    async fn authenticate(&self, token: &str) -> Result<Option<Viewer>, NotReady> {
        let viewer = match self.persona(token) {
            Some(subject) => self.viewer_of_persona(subject).await,
            None => Viewer::of_token(&self.store, token).await,
        };
        viewer.map_err(not_ready)
    }

    async fn execute(&self, request: Request, caller: Caller<Viewer>) -> Response {
        let language = caller.accept_language.as_deref();
        graphql::answer(&self.schema, request, &self.store, caller.viewer, language).await
    }

    async fn attach(
        &self,
        caller: Caller<Viewer>,
        upload: Upload,
    ) -> Result<AttachedEvidence, UploadFailure> {
        let language = language(&caller);
        let Some(viewer) = caller.viewer else {
            return Err(refused(domain::Refusal::PersonRequired {}, language));
        };
        self.take_in(&viewer, upload)
            .await
            .map_err(|failure| failure.shown(language))
    }

    async fn take_answers(
        &self,
        caller: Caller<Viewer>,
        file: AnswerFile,
    ) -> Result<AnswersTakenIn, UploadFailure> {
        let language = language(&caller);
        let Some(viewer) = caller.viewer else {
            return Err(refused(domain::Refusal::PersonRequired {}, language));
        };
        bank_answers::take_in(&self.store, &viewer, file)
            .await
            .map_err(|failure: Failure| failure.shown(language))
    }

    async fn evidence(&self, viewer: Viewer, id: &str) -> Result<Option<EvidenceFile>, NotReady> {
        let id = Id::<EvidenceId>::read(id).0;
        let found = evidence_file::find(self.store.reads(), &sight(&viewer), id)
            .await
            .map_err(not_ready)?;
        let Some(row) = found else { return Ok(None) };
        let stored = self
            .vault
            .open_stream(&row.sha256)
            .await
            .map_err(not_ready)?;
        let media_type = MediaType::from_name(&row.media_type);
        Ok(Some(EvidenceFile {
            file_name: name_on_disk(&row.file_name, media_type),
            media_type: media_type.map_or(UNKNOWN_TYPE, MediaType::as_str),
            size_bytes: stored.size_bytes,
            bytes: stored.bytes,
        }))
    }

    async fn export(
        &self,
        caller: Caller<Viewer>,
        name: &str,
        parameters: Parameters,
    ) -> Result<ExportFile, ExportFailure> {
        let named = Named::of(name).ok_or(ExportFailure::NotThere)?;
        let language = language(&caller);
        let viewer = caller.viewer.ok_or(ExportFailure::NotThere)?;
        let turn = turn(&self.downloads)?;
        let wanted = Wanted { named, parameters };
        let sight = sight(&viewer);
        let reader = Reader::Person(&sight);
        let begun = Download::begin_with(&self.store, reader, &wanted, &self.fonts).await;
        let download = begun.map_err(|error| export_failure(error, language))?;
        Ok(self.under_way(download, None, turn))
    }

    async fn open_data(
        &self,
        caller: Caller<Viewer>,
        asked: OpenData,
    ) -> Result<ExportFile, ExportFailure> {
        let language = language(&caller);
        let turn = turn(&self.open_data)?;
        let begun = Download::open_data(&self.store, &asked).await;
        let download = begun.map_err(|error| export_failure(error, language))?;
        Ok(self.under_way(download, Some(OPEN_DATA_WITHIN), turn))
    }

    async fn export_record(
        &self,
        caller: Caller<Viewer>,
        id: &str,
    ) -> Result<Option<Value>, NotReady> {
        let (Some(viewer), Ok(id)) = (caller.viewer, id.parse::<Uuid>()) else {
            return Ok(None);
        };
        let found = export::record(self.store.reads(), &sight(&viewer), id.into()).await;
        let record = found.map_err(not_ready)?;
        Ok(record.as_ref().map(told))
    }

    async fn ready(&self) -> Result<(), NotReady> {
        match migrations::pending(self.store.reads()).await {
            Ok(0) => Ok(()),
            Ok(pending) => Err(not_ready(format!("{pending} migrations are pending"))),
            Err(error) => Err(not_ready(error)),
        }
    }
}

impl Rooms {
    /// The file that `download` is, written while it is taken, within `whole_max`; `turn` is its turn.
    fn under_way(
        &self,
        download: Download,
        whole_max: Option<Duration>,
        turn: OwnedSemaphorePermit,
    ) -> ExportFile {
        ExportFile {
            id: download.id().map(|id| id.to_string()),
            as_of: download.as_of(),
            file_name: download.file_name().to_owned(),
            media_type: download.media_type(),
            bytes: streamed(download, self.silence_max, whole_max, turn).boxed(),
        }
    }

    /// The persona whose public token this is, in a demonstration.
    fn persona(&self, token: &str) -> Option<&'static str> {
        seeds::demonstration::PERSONAS
            .iter()
            .find(|persona| self.is_demonstration && persona.token == token)
            .map(|persona| persona.subject)
    }

    async fn viewer_of_persona(&self, subject: &str) -> Result<Option<Viewer>, store::Error> {
        let issuer = seeds::demonstration::ISSUER;
        match identity::person_by_identity(self.store.reads(), issuer, subject).await? {
            Some(person) => Viewer::load(&self.store, person, None).await.map(Some),
            None => Ok(None),
        }
    }

    /// Asks whether it may be attached, then takes the bytes, then records them.
    async fn take_in(&self, viewer: &Viewer, upload: Upload) -> Result<AttachedEvidence, Failure> {
        let kind = EvidenceKind::from_code(&upload.kind)
            .ok_or_else(|| Refused::field("kind", domain::InputRule::UnknownCode))?;
        let submission = Id::<SubmissionId>::read(&upload.submission).0;
        evidence_file::ensure_attachable(self.store.reads(), &sight(viewer), submission).await?;
        let name = self.store.entropy().uuid();
        let StoredEvidence {
            sha256,
            size_bytes,
            media_type,
        } = self
            .vault
            .store(name, upload.bytes, self.evidence_bytes_max)
            .await?;
        let command = AttachEvidence {
            submission,
            sha256: sha256.clone(),
            size_bytes,
            media_type: media_type.as_str().to_owned(),
            kind,
            file_name: upload.file_name,
        };
        let request = store::Request::by(viewer.actor);
        let attached = self.store.execute(&request, &command).await?;
        Ok(AttachedEvidence {
            id: Id(attached.evidence).text(),
            sha256,
            size_bytes,
            media_type: media_type.as_str(),
        })
    }
}

/// Why a file was not taken in, before it is put into words.
enum Failure {
    Refused(Refused),
    BrokenOff(String),
    NotReady(NotReady),
}

impl Failure {
    fn shown(self, language: Language) -> UploadFailure {
        match self {
            Self::Refused(refused) => UploadFailure::Refused(refused.shown(language)),
            Self::BrokenOff(reason) => UploadFailure::BrokenOff { reason },
            Self::NotReady(error) => UploadFailure::NotReady(error),
        }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(rule) => Self::Refused(rule.into()),
            store::Error::Vault(error) => error.into(),
            fault => Self::NotReady(not_ready(fault)),
        }
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        match (error.refusal(), error) {
            (Some(rule), _) => Self::Refused(rule.into()),
            (None, VaultError::UploadBroken { cause }) => Self::BrokenOff(cause),
            (None, fault) => Self::NotReady(not_ready(fault)),
        }
    }
}

/// The language in which the caller reads.
fn language(caller: &Caller<Viewer>) -> Language {
    let accepted = caller.accept_language.as_deref();
    accepted.map_or_else(Language::default, Language::from_accept_language)
}

fn refused(rule: domain::Refusal, language: Language) -> UploadFailure {
    UploadFailure::Refused(Refused::from(rule).shown(language))
}

fn export_failure(error: store::Error, language: Language) -> ExportFailure {
    match error {
        store::Error::Refused(domain::Refusal::NotFound { .. }) => ExportFailure::NotThere,
        store::Error::Refused(rule) => ExportFailure::Refused(Refused::from(rule).shown(language)),
        fault => ExportFailure::NotReady(not_ready(fault)),
    }
}

/// A turn to write a file, while there is one.
fn turn(turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, ExportFailure> {
    let turn = turns.clone().try_acquire_owned();
    turn.map_err(|_| ExportFailure::Busy)
}

/// What is on record of a file, as `/exports/{id}` answers it.
fn told(export: &ExportView) -> Value {
    let instant = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
    json!({ "export": {
        "id": export.id,
        "kind": export.kind.code(),
        "fileName": export.file_name,
        "parameters": export.parameters,
        "asOf": instant(&export.as_of),
        "state": export.state.code(),
        "begunAt": instant(&export.begun_at),
        "endedAt": export.ended_at.as_ref().map(instant),
        "sha256": export.sha256,
        "sizeBytes": export.size_bytes,
        "rows": export.rows,
        "totals": export.totals,
    } })
}

fn sight(viewer: &Viewer) -> Sight {
    Sight::new(viewer.person, viewer.authority.clone())
}

fn not_ready(cause: impl std::fmt::Display) -> NotReady {
    NotReady {
        reason: cause.to_string(),
    }
}

/// The name that the file was sent with, ending as its content asks for: what opens a file is chosen
/// by that ending.
fn name_on_disk(file_name: &str, media_type: Option<MediaType>) -> String {
    let Some(ending) = media_type.map(MediaType::extension) else {
        return file_name.to_owned();
    };
    match file_name.rsplit_once('.') {
        Some((_, found)) if found.eq_ignore_ascii_case(ending) => file_name.to_owned(),
        _ => format!("{file_name}.{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_it_is() {
        for (sent, saved) in [
            ("report.pdf", "report.pdf"),
            ("report.PDF", "report.PDF"),
            ("report", "report.pdf"),
            ("report.exe", "report.exe.pdf"),
        ] {
            assert_eq!(name_on_disk(sent, Some(MediaType::Pdf)), saved);
        }
        assert_eq!(name_on_disk("report.exe", None), "report.exe");
    }
}
