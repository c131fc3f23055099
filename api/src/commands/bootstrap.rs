//! `admin bootstrap`: makes a programme and its first administrator, with a token to sign in by. Everybody
//! else is registered by that administrator; nobody becomes one this way twice.

use super::print;
use crate::{
    command_line::Bootstrap, configuration::Configuration, opening, start_error::StartError,
};
use chrono::TimeDelta;
use domain::{
    LocalizedText, Policy,
    access::{Actor, Role},
};
use std::process::ExitCode;
use store::{
    Request,
    command::{BootstrapAdministrator, IssueServiceToken},
    identity,
};

pub(super) async fn run(
    configuration: &Configuration,
    wanted: &Bootstrap,
) -> Result<ExitCode, StartError> {
    let store = opening::migrated(configuration).await?;
    let system = Request::by(Actor::System { on_behalf_of: None });
    let title = LocalizedText::new(&wanted.title_ja, &wanted.title_en);
    let programme = store
        .ensure_programme(&wanted.programme, &title, wanted.currency)
        .await?;
    let bootstrap = BootstrapAdministrator {
        programme,
        policy: Policy::default(),
        name: LocalizedText::new(&wanted.name_ja, &wanted.name_en),
        email: wanted.email.clone(),
        identity: wanted.issuer.clone().zip(wanted.subject.clone()),
    };
    let person = store.execute(&system, &bootstrap).await?.administrator;
    let secret = identity::new_token_secret(store.entropy());
    let expires_at = store.now() + TimeDelta::days(wanted.token_days.into());
    let token = IssueServiceToken {
        person,
        label: "bootstrap".into(),
        roles: vec![Role::Administrator],
        expires_at,
        token_hash: identity::token_hash(&secret),
    };
    store.execute(&system, &token).await?;
    print(&format!(
        "programme: {programme}\nadministrator: {person}\ntoken: {secret}\nexpires: {expires}\n\
         トークンは二度と表示されません / the token is not shown again\n",
        expires = expires_at.to_rfc3339(),
    ))?;
    Ok(ExitCode::SUCCESS)
}
