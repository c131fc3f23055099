//! What was stored and never attached is swept from the vault after a day, and nothing else is.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use chrono::{DateTime, Days, Utc};
use domain::criterion::EvidenceKind;
use futures_util::stream;
use store::command::{AttachEvidence, DraftSubmission};
use store::sweep::orphans;
use store::vault::{StoredEvidence, Vault, VaultSettings};
use store::{Entropy, SystemEntropy};
use tempfile::TempDir;

use crate::builders::World;

async fn store(vault: &Vault, text: &'static str) -> StoredEvidence {
    let bytes = stream::iter([Ok::<_, String>(Bytes::from_static(text.as_bytes()))]);
    let stored = vault.store(SystemEntropy.uuid(), bytes, 1_000).await;
    stored.expect("stored evidence")
}

fn path(folder: &Path, stored: &StoredEvidence) -> PathBuf {
    let sha256 = &stored.sha256;
    folder
        .join("evidence/sha256")
        .join(&sha256[..2])
        .join(&sha256[2..4])
        .join(sha256)
}

fn stored_at(path: &Path) -> SystemTime {
    let metadata = path.metadata().expect("a stored file");
    metadata.modified().expect("a time")
}

/// Makes what is stored at `path` older by two days.
fn age(path: &Path) {
    let at = DateTime::<Utc>::from(stored_at(path)) - Days::new(2);
    let file = File::options().write(true).open(path).expect("a file");
    file.set_modified(at.into()).expect("another time");
}

on_both! {
    async fn orphans_are_swept_after_a_day(db: TestDatabase) {
        let world = World::new(&db).await;
        let folder = TempDir::new().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let vault = Vault::open(&settings).expect("a vault");
        let award = world.award().active().await;
        let draft = DraftSubmission {
            milestone: award.milestones[0],
            narrative: "達成した".to_owned(),
            kpi_values: BTreeMap::new(),
            expected_version: None,
        };
        let drafted = world.run(world.people.researcher, &draft).await;
        let [attached, orphan, again, young] = [
            store(&vault, "attached").await,
            store(&vault, "never attached").await,
            store(&vault, "never attached, and sent again").await,
            store(&vault, "on its way").await,
        ];
        let attach = AttachEvidence {
            submission: drafted.submission,
            sha256: attached.sha256.clone(),
            size_bytes: attached.size_bytes,
            media_type: attached.media_type.to_string(),
            kind: EvidenceKind::Report,
            file_name: "report.txt".to_owned(),
        };
        world.run(world.people.researcher, &attach).await;
        for old in [&attached, &orphan, &again] {
            age(&path(folder.path(), old));
        }
        // What lies there under no hash is none of the sweep's business.
        let stray = folder.path().join("evidence/sha256/README");
        std::fs::write(&stray, "not evidence").expect("a stray file");
        age(&stray);
        assert_eq!(store(&vault, "never attached, and sent again").await, again);

        let yesterday = DateTime::<Utc>::from(stored_at(&path(folder.path(), &young))) - Days::new(1);
        let sweep = || orphans(world.store.reads(), &vault, yesterday);
        assert_eq!(sweep().await.expect("a sweep"), 1);
        let sizes = [&attached, &orphan, &again, &young].map(|stored| vault.size_of(&stored.sha256));
        let sizes = futures_util::future::try_join_all(sizes).await.expect("sizes");
        let left: Vec<bool> = sizes.iter().map(Option::is_some).collect();
        assert_eq!(left, [true, false, true, true]);
        assert!(stray.exists());
        assert_eq!(sweep().await.expect("a sweep"), 0);
    }
}
