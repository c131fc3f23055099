//! The accounts that the made-up bodies are paid to.

use domain::id::PayeeAccountId;
use store::Error;

use super::bodies::{APPLICANTS, Body};
use super::clerk::Clerk;
use super::people::Cast;
use super::setting::BEGAN;
use crate::account::{Account, confirmation};

/// Bodies that had named none when they got their first award; by their base numbers.
const WITHOUT: [u64; 2] = [106, 120];

/// The number of a body's second account is so much above its first one's.
const OTHER: u64 = 1_001;

/// The accounts that were there before any award. Who is called back has to be on record before: so
/// they are a day younger than the bodies.
pub(super) async fn make(clerk: &Clerk<'_>, cast: &Cast) -> Result<(), Error> {
    for body in APPLICANTS {
        if !WITHOUT.contains(&body.base) {
            let proposed = name(clerk, cast, (body, body.base), BEGAN + 1).await?;
            confirm(clerk, cast, (body, proposed), BEGAN + 1).await?;
        }
    }
    Ok(())
}

/// The body with this base number changes its account: named and confirmed on that day.
pub(super) async fn change(
    clerk: &Clerk<'_>,
    cast: &Cast,
    base: u64,
    day: i64,
) -> Result<(), Error> {
    let body = body(base)?;
    let proposed = name(clerk, cast, (body, base + OTHER), day).await?;
    confirm(clerk, cast, (body, proposed), day).await
}

/// The body with this base number names its account, and nobody has confirmed it.
pub(super) async fn propose(
    clerk: &Clerk<'_>,
    cast: &Cast,
    base: u64,
    day: i64,
) -> Result<(), Error> {
    name(clerk, cast, (body(base)?, base), day).await?;
    Ok(())
}

fn body(base: u64) -> Result<&'static Body, Error> {
    let found = APPLICANTS.iter().find(|body| body.base == base);
    found.ok_or_else(|| Error::not_found("ORGANIZATION"))
}

async fn name(
    clerk: &Clerk<'_>,
    cast: &Cast,
    (body, number): (&Body, u64),
    day: i64,
) -> Result<PayeeAccountId, Error> {
    let applicant = cast.applicant(body.base)?;
    let account = Account {
        organization: applicant.organization,
        holder: (body.name.0, body.kana),
        number,
        reason: "振込先の届出 / where the grant is to be paid",
    };
    let proposal = account.proposal()?;
    let proposed = clerk.act(applicant.representative, day, &proposal).await?;
    Ok(proposed.payee_account)
}

async fn confirm(
    clerk: &Clerk<'_>,
    cast: &Cast,
    (body, proposed): (&Body, PayeeAccountId),
    day: i64,
) -> Result<(), Error> {
    let called = cast.applicant(body.base)?.representative;
    let confirm = confirmation(proposed, called, clerk.day(day));
    clerk.act(cast.finance_approver, day, &confirm).await?;
    Ok(())
}
