//! Damage to stored evidence.

use domain::finding::FindingCode::{self, EvidenceAltered, EvidenceMissing};
use sea_orm::EntityTrait;
use store::entity::evidence;
use store::verify::verify;

use super::history::History;
use super::named;
use super::unguarded::Unguarded;

/// What is named when stored evidence is altered, and when it is gone.
pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<FindingCode> {
    let piece = history.first(evidence::Entity::find()).await;
    let sha256 = &piece.sha256;
    let folder = history.folder.path().join("evidence/sha256");
    let path = folder.join(&sha256[..2]).join(&sha256[2..4]).join(sha256);
    let place = format!("evidence {}", piece.id);
    let whole = std::fs::read(&path).expect("the stored bytes");
    std::fs::write(&path, b"5.0 of 5\n").expect("other bytes");
    let altered = verify(&db.db, &history.vault, |_| ())
        .await
        .expect("an answer");
    assert_eq!(
        named(&altered.findings),
        [(EvidenceAltered, place.clone())].into()
    );
    std::fs::remove_file(&path).expect("no bytes");
    let missing = verify(&db.db, &history.vault, |_| ())
        .await
        .expect("an answer");
    assert_eq!(named(&missing.findings), [(EvidenceMissing, place)].into());
    std::fs::write(&path, whole).expect("the bytes");
    vec![EvidenceAltered, EvidenceMissing]
}
