//! What finance, auditors and the public ask of the money.

mod disbursements;
mod envelopes;
mod tranches;

use domain::access::{GrantScope, Role};
use domain::id::{PersonId, ThemeId, TrancheId};
use domain::tranche::TrancheKind;
use domain::{Coded, LocalizedText};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::{
    AcceptAward, DefineEnvelope, DefineTheme, GrantRole, OfferAward, PublishTheme, RegisterPerson,
    ReleaseTranche, RevokeRelease,
};
use store::entity::tranche;

use crate::builders::{World, millions, year};

async fn release(world: &World, tranche: TrancheId) {
    let command = ReleaseTranche { tranche };
    world.run(world.people.preparer, &command).await;
}

async fn revoke(world: &World, tranche: TrancheId) {
    let reason = "請求書の誤り".to_owned();
    let command = RevokeRelease { tranche, reason };
    world.run(world.people.preparer, &command).await;
}

/// The theme `OTHER` with an envelope of 100 for 2026.
pub(super) async fn another_theme(world: &World) -> ThemeId {
    let people = world.people;
    let command = DefineTheme {
        programme: world.programme,
        code: "OTHER".to_owned(),
        title: LocalizedText::new("他のテーマ", "Another theme"),
    };
    let theme = world.run(people.officer, &command).await.theme;
    world.run(people.director, &PublishTheme { theme }).await;
    let command = DefineEnvelope {
        theme,
        fiscal_year: year(2026),
        appropriated: millions(100),
        consultation_reference: Some("財計第2号".to_owned()),
    };
    world.run(people.director, &command).await;
    theme
}

/// An officer of nothing but `theme`.
async fn officer_of(world: &World, theme: ThemeId) -> PersonId {
    holder_of(world, Role::Officer, theme).await
}

/// Somebody who holds `role` for nothing but `theme`.
pub(super) async fn holder_of(world: &World, role: Role, theme: ThemeId) -> PersonId {
    let command = RegisterPerson {
        programme: world.programme,
        name: LocalizedText::new("担当", "Of one theme"),
        email: None,
        identity: None,
        affiliations: Vec::new(),
    };
    let administrator = world.people.administrator;
    let person = world.run(administrator, &command).await.person;
    let command = GrantRole {
        person,
        role,
        scope: GrantScope::Theme(theme),
        from: world.clock.today(),
        until: None,
    };
    world.run(administrator, &command).await;
    person
}

/// The advance, of 3, of an award of the rival's of 7 in `theme`, whose withdrawal term is over.
pub(super) async fn offer_in(world: &World, theme: ThemeId) -> TrancheId {
    let command = OfferAward {
        theme,
        organization: world.bodies.rival,
        ..world.award().advance(3).milestone(4, 2026).command()
    };
    let award = world.run(world.people.director, &command).await.award;
    let command = AcceptAward {
        award,
        notice_received_on: world.clock.today(),
    };
    world.run(world.people.rival, &command).await;
    world.clock.pass_days(16);
    let advance = tranche::Entity::find()
        .filter(tranche::Column::AwardId.eq(award.uuid()))
        .filter(tranche::Column::Kind.eq(TrancheKind::Advance.code()))
        .one(world.store.reads())
        .await;
    let advance = advance.expect("an answer").expect("an advance");
    TrancheId::new(advance.id)
}
