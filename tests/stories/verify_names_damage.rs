//! `verify` finds sound books sound, and names each kind of damage where it is.
//!
//! The damage is done behind the program's back: without triggers, without constraints, as only
//! somebody with the database's own keys could. Each is done in a transaction that is rolled back, so
//! that every one of them is alone.

mod accounts;
mod closing;
mod gates;
mod history;
mod money;
mod payments;
mod records;
mod returns;
mod unguarded;
mod vault;
mod years;

use std::collections::BTreeSet;

use domain::Coded;
use domain::finding::FindingCode;
use store::verify::{Finding, verify};

use self::history::History;
use self::unguarded::Unguarded;

/// What is named: a code and a place.
type Named = BTreeSet<(FindingCode, String)>;

fn named(findings: &[Finding]) -> Named {
    findings
        .iter()
        .map(|finding| (finding.code, finding.place.clone()))
        .collect()
}

on_both! {
    async fn sound_books_are_found_sound_and_each_kind_of_damage_is_named(db: TestDatabase) {
        let history = History::new(&db).await;
        let unguarded = Unguarded::open(&db).await;
        let mut parts = Vec::new();
        let sound = verify(&unguarded.db, &history.vault, |part| parts.push(part))
            .await
            .expect("an answer");
        assert_eq!(sound.findings, []);
        assert_eq!(parts.len(), 11, "{parts:?}");
        for what in [
            "answers of the bank", "audit events", "awards", "carry-overs", "determinations",
            "evidence", "gates", "live seals", "milestones", "payee accounts", "payment batches",
            "payments", "receipts", "releases", "return charges", "return orders", "seals", "set-offs", "five amounts",
            "tranches", "transfers", "year closings",
        ] {
            assert!(sound.checked.get(what).is_some_and(|count| *count > 0), "no {what} were checked");
        }

        let mut damages = money::damages(&history, &unguarded).await;
        damages.extend(closing::damages(&history, &unguarded).await);
        damages.extend(returns::damages(&history, &unguarded).await);
        damages.extend(years::damages(&history, &unguarded).await);
        damages.extend(payments::damages(&history, &unguarded).await);
        damages.extend(gates::damages(&history, &unguarded).await);
        damages.extend(accounts::damages(&history, &unguarded).await);
        damages.extend(records::damages(&history, &unguarded).await);
        let mut seen: BTreeSet<FindingCode> = BTreeSet::new();
        for damage in damages {
            let named = unguarded.named_after(&history.vault, &damage.sql).await;
            seen.extend(damage.named.first().map(|(code, _)| *code));
            assert_eq!(named, damage.named.into_iter().collect(), "{}", damage.sql);
        }
        seen.extend(vault::damages(&history, &unguarded).await);
        assert_eq!(seen, FindingCode::ALL.iter().copied().collect(), "every code was planted");
        let after = verify(&unguarded.db, &history.vault, |_| ()).await.expect("an answer");
        assert_eq!(after, sound, "every damage was undone");
    }
}
