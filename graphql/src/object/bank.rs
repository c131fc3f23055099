//! Banks, branches, and how they read a name.

use async_graphql::SimpleObject;
use domain::bank::{Letter, Place, TransferName, letters};
use domain::wording::Language;

use crate::refusal::{Refusal, Refused};

/// Most characters of a name that are looked at; no holder's name is as long.
const NAME_CHARS_MAX: usize = 200;

/// A bank or a branch of the Japanese bank list.
#[derive(Debug, Clone, SimpleObject)]
pub struct BankPlace {
    /// Its number: four digits of a bank, three of a branch.
    code: String,
    /// Its name, without the word for bank or branch where the list leaves it out.
    name: &'static str,
    /// Its name in katakana.
    kana: &'static str,
}

impl BankPlace {
    /// The place with its number.
    pub(crate) fn of(code: &impl ToString, place: Place) -> Self {
        Self {
            code: code.to_string(),
            name: place.name,
            kana: place.kana,
        }
    }
}

/// How a bank will read a holder's name.
#[derive(Debug, Clone, SimpleObject)]
pub struct NamePreview {
    /// The name as a bank reads it; null where it cannot be written.
    written: Option<String>,
    /// The part of it that a transfer's record has room for.
    field: Option<String>,
    /// How banks would write it shorter, where they would.
    abbreviated: Option<String>,
    /// The characters that a bank reads otherwise.
    changed: Vec<NameCharacter>,
    /// The characters that no bank can write.
    refused: Vec<NameCharacter>,
    /// Why the name cannot be written; null where it can.
    refusal: Option<Refusal>,
}

/// A character of a name.
#[derive(Debug, Clone, SimpleObject)]
pub struct NameCharacter {
    /// The character as it was typed.
    character: String,
    /// Its place, from 1.
    place: usize,
    /// What a bank reads; null where it cannot be written.
    read: Option<String>,
}

impl NamePreview {
    /// How a bank will read `name`.
    pub(crate) fn of(name: &str, language: Language) -> Self {
        let name: String = name.chars().take(NAME_CHARS_MAX).collect();
        let letters = letters(&name);
        let those = |asked: fn(&Letter) -> bool| {
            let found = letters.iter().filter(|letter| asked(letter));
            found.map(NameCharacter::of).collect()
        };
        let (written, refusal) = match TransferName::convert(&name) {
            Ok(written) => (Some(written), None),
            Err(refusal) => (None, Some(Refused::from(refusal).shown(language))),
        };
        Self {
            changed: those(Letter::is_changed),
            refused: those(|letter| letter.read.is_none()),
            field: written.as_ref().map(|name| name.field.clone()),
            abbreviated: written
                .as_ref()
                .and_then(|name| Some(name.abbreviated.as_ref()?.to_string())),
            written: written.map(|name| name.kana.to_string()),
            refusal,
        }
    }
}

impl NameCharacter {
    fn of(letter: &Letter) -> Self {
        Self {
            character: letter.typed.to_string(),
            place: letter.place,
            read: letter.read.clone(),
        }
    }
}
