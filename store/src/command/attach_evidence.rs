//! Attaches a stored piece of evidence to a draft.

use domain::access::Operation;
use domain::criterion::EvidenceKind;
use domain::id::{EvidenceId, SubmissionId};
use domain::milestone::{Step, SubmissionState};
use domain::{Coded, InputRule, Refusal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of};
use crate::entity::{award, evidence, submission};
use crate::error::Error;
use crate::gathered::Written;
use crate::input::{ensure_fits, invalid};
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Most characters of a media type.
const MEDIA_TYPE_CHARACTERS_MAX: usize = 200;

/// Most characters of a file's name.
const FILE_NAME_CHARACTERS_MAX: usize = 400;

/// Attaches evidence. The bytes are in the vault before this is asked: a record of bytes that are
/// not there would be worse than bytes without a record.
#[derive(Debug, Clone, Serialize)]
pub struct AttachEvidence {
    /// The draft.
    pub submission: SubmissionId,
    /// SHA-256 of the stored bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// Their number.
    pub size_bytes: u64,
    /// Media type, as found in the content.
    pub media_type: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// The name it was uploaded under.
    pub file_name: String,
}

/// Evidence was attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceAttached {
    /// The piece of evidence.
    pub evidence: EvidenceId,
}

impl Command for AttachEvidence {
    const OPERATION: Operation = Operation::AttachEvidence;
    type Root = award::Model;
    type Outcome = EvidenceAttached;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.submission).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<EvidenceAttached, Error> {
        let mut dossier = AwardDossier::open(work, &award).await?;
        let draft = submission::Entity::find_by_id(self.submission.uuid())
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::not_found("SUBMISSION"))?;
        let pieces = evidence::Entity::find()
            .filter(evidence::Column::SubmissionId.eq(draft.id))
            .all(work.tx())
            .await?;
        let row = self
            .attach(work, &award, &mut dossier, (&draft, &pieces))
            .await?;
        Ok(EvidenceAttached {
            evidence: row.id.into(),
        })
    }
}

impl AttachEvidence {
    /// Attaches to `draft`, which has `pieces` already.
    ///
    /// # Errors
    /// What stands against it.
    pub(super) async fn attach(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
        (draft, pieces): (&submission::Model, &[evidence::Model]),
    ) -> Result<evidence::Model, Error> {
        dossier.ensure_allows(Self::OPERATION)?;
        self.ensure_well_formed()?;
        if draft.state != SubmissionState::Draft.code() {
            return Err(Refusal::AlreadySubmitted {}.into());
        }
        let milestone = draft.milestone_id.into();
        milestones::take_step(work, award, dossier, milestone, &Step::Draft).await?;
        let is_same =
            |piece: &evidence::Model| piece.sha256 == self.sha256 && piece.kind == self.kind.code();
        if pieces.iter().any(is_same) {
            return Err(Error::already_exists("EVIDENCE"));
        }
        self.insert(work, award).await
    }

    fn ensure_well_formed(&self) -> Result<(), Refusal> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if self.sha256.len() != 64 || !self.sha256.bytes().all(is_hex) {
            return Err(invalid("sha256", InputRule::Sha256));
        }
        if self.size_bytes == 0 {
            return Err(Refusal::EvidenceEmpty {});
        }
        ensure_fits("media_type", &self.media_type, MEDIA_TYPE_CHARACTERS_MAX)?;
        ensure_fits("file_name", &self.file_name, FILE_NAME_CHARACTERS_MAX)
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
    ) -> Result<evidence::Model, Error> {
        let id: EvidenceId = work.ids.next();
        evidence::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            submission_id: Set(self.submission.uuid()),
            sha256: Set(self.sha256.clone()),
            size_bytes: Set(i64::try_from(self.size_bytes)
                .map_err(|_| invalid("size_bytes", InputRule::Range))?),
            media_type: Set(self.media_type.clone()),
            kind: Set(self.kind.code().to_owned()),
            file_name: Set(self.file_name.clone()),
            attached_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await
    }
}
