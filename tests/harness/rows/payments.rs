//! An account that waits for its answer, a batch with its row, and what the bank said about it.

use serde_json::json;
use store::entity::{
    letterhead, originator, payee_account, payment_batch, payment_instruction, person, publisher,
    settlement_file, settlement_line,
};

use super::{
    AWARD, COMMAND, HASH, ORGANIZATION, PERSON, PROGRAMME, THEME, TRANCHE, day, id, instant,
    people, text,
};

pub(super) fn payee_account() -> payee_account::Model {
    payee_account::Model {
        id: id(117),
        programme_id: PROGRAMME,
        organization_id: ORGANIZATION,
        version: 1,
        bank_code: text("0001"),
        branch_code: text("001"),
        deposit_kind: text("ORDINARY"),
        number: text("0123456"),
        holder: text("株式会社 名"),
        holder_kana: text("ｶ)ﾅ"),
        reason: text("reason"),
        proposed_by: PERSON,
        occurred_at: instant(),
        state: text("REJECTED"),
        answered_by: Some(PERSON),
        answered_at: Some(instant()),
        called_person_id: Some(PERSON),
        called_on: Some(day()),
        answer_note: Some(text("note")),
        withdrawn: Some(true),
        salt: Some(id(124)),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

/// A second person, and an account that they confirmed.
pub(crate) fn confirmed_account() -> (person::Model, payee_account::Model) {
    let second = person::Model {
        id: id(122),
        issuer: None,
        subject: None,
        ..people::person()
    };
    let confirmed = payee_account::Model {
        id: id(123),
        version: 2,
        state: text("CONFIRMED"),
        withdrawn: None,
        answered_by: Some(second.id),
        ..payee_account()
    };
    (second, confirmed)
}

pub(super) fn payment_batch() -> payment_batch::Model {
    payment_batch::Model {
        id: id(118),
        programme_id: PROGRAMME,
        theme_id: Some(THEME),
        fiscal_year: 2026,
        ordinal: 1,
        number: text("HTC-PB-R08-0001"),
        state: text("PREPARED"),
        value_date: day(),
        rows_count: 1,
        total_minor: i64::MAX,
        currency: text("JPY"),
        digest: text(HASH),
        prepared_by: PERSON,
        occurred_at: instant(),
        reviewed_by: None,
        reviewed_at: None,
        approved_by: None,
        approved_at: None,
        originator_id: None,
        exported_by: None,
        exported_at: None,
        export_sha256: None,
        cancelled_by: None,
        cancelled_at: None,
        cancel_reason: None,
        state_since: instant(),
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn publisher() -> publisher::Model {
    publisher::Model {
        id: id(161),
        programme_id: PROGRAMME,
        version: 1,
        prefix: text("360G-test"),
        corporate_number: text("6000012070001"),
        name_ja: text("厚生労働省"),
        name_en: text("Ministry of Health, Labour and Welfare"),
        licence: text("https://creativecommons.org/licenses/by/4.0/"),
        reason: text("open data"),
        defined_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn letterhead() -> letterhead::Model {
    letterhead::Model {
        id: id(162),
        programme_id: PROGRAMME,
        version: 1,
        signatories: json!([{ "office": { "ja": "大臣", "en": "Minister" }, "person": null }]),
        remarks: json!([]),
        reason: text("notices"),
        defined_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn originator() -> originator::Model {
    originator::Model {
        id: id(151),
        programme_id: PROGRAMME,
        version: 1,
        code: text("0123456789"),
        bank_code: text("0001"),
        branch_code: text("001"),
        deposit_kind: text("CURRENT"),
        number: text("0000001"),
        holder_kana: text("ﾍﾙｽﾃﾂｸ"),
        bic: Some(text("MHCBJPJT")),
        reason: text("支払口座"),
        defined_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

/// It can be made once the release is there.
pub(super) fn payment_instruction() -> payment_instruction::Model {
    payment_instruction::Model {
        id: id(119),
        programme_id: PROGRAMME,
        batch_id: id(118),
        award_id: AWARD,
        tranche_id: TRANCHE,
        release_id: id(113),
        payee_account_id: id(123),
        ordinal: 1,
        // A yen of the release is kept by the set-off.
        amount_minor: i64::MAX - 1,
        currency: text("JPY"),
        row_hash: text(HASH),
        reference: text("HTC-PB-R08-0001-0001"),
        state: text("INSTRUCTED"),
        state_since: instant(),
        cleared_by: None,
        cleared_at: None,
        clear_reason: None,
        revision: 1,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn settlement_file() -> settlement_file::Model {
    settlement_file::Model {
        id: id(120),
        programme_id: PROGRAMME,
        name: text("results.txt"),
        sha256: text(HASH),
        lines_count: 1,
        part: Some(1),
        parts: Some(1),
        imported_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

/// It can be made once its instruction is there.
pub(super) fn settlement_line() -> settlement_line::Model {
    settlement_line::Model {
        id: id(121),
        programme_id: PROGRAMME,
        file_id: Some(id(120)),
        ordinal: 1,
        reference: text("HTC-PB-R08-0001-0001"),
        result: text("RETURNED"),
        return_reason: Some(text("OTHER")),
        return_text: Some(text("1")),
        value_date: day(),
        amount_minor: i64::MAX,
        currency: text("JPY"),
        state: text("MATCHED"),
        unmatched_reason: None,
        contradiction: None,
        instruction_id: Some(id(119)),
        recorded_by: Some(PERSON),
        occurred_at: instant(),
        resolved_by: None,
        resolved_at: None,
        resolve_reason: None,
        taken_back_by: None,
        taken_back_at: None,
        taken_back_reason: None,
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
