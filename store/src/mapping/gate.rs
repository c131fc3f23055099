//! The panel of a gate, out of its rows.

use domain::gate::{Member, RecusalGround, SignOff};

use super::{code, document, seal};
use crate::entity::{conflict_declaration, gate_member, recusal, sign_off as sign_off_row};
use crate::error::Error;

/// The member that `row` holds, with their last declaration and their recusal.
///
/// # Errors
/// [`Error::Corrupt`] when a code is none.
pub fn member(
    row: &gate_member::Model,
    declared: Option<&conflict_declaration::Model>,
    recused: Option<&recusal::Model>,
) -> Result<Member, Error> {
    let recused = recused
        .map(|recusal| {
            Ok::<_, Error>((
                code::<RecusalGround>(&recusal.ground)?,
                code(&recusal.conflict)?,
            ))
        })
        .transpose()?;
    Ok(Member {
        person: row.person_id.into(),
        seat: code(&row.seat)?,
        votes: row.votes,
        body: row.organization_id.map(Into::into),
        declared: declared
            .map(|declaration| code(&declaration.conflict))
            .transpose()?,
        recused,
        replaced: row.replaced_at.is_some(),
    })
}

/// The vote that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub fn sign_off(row: &sign_off_row::Model) -> Result<SignOff, Error> {
    Ok(SignOff {
        person: row.person_id.into(),
        outcome: code(&row.outcome)?,
        findings: document(&row.findings)?,
        reason: row.reason.clone(),
        seal: seal(&row.seal)?,
    })
}
