//! The awards of the demonstration: one for each situation, at days counted from the seeding.

use domain::gate::{ConditionDraft, Terms, Verifier};
use domain::milestone::Outcome;
use store::Error;
use store::command::{RecordNotice, SuspendAward};

use super::desk::{Case, Desk, Proposal};

/// Makes every situation; `progress` hears its code first. Returns how many there are.
pub(super) async fn make(
    desk: &Desk<'_>,
    mut progress: impl FnMut(&'static str),
) -> Result<usize, Error> {
    progress("READY_TO_RELEASE");
    ready_to_release(desk).await?;
    progress("IN_REVIEW");
    in_review(desk).await?;
    progress("SUBMITTED");
    submitted(desk).await?;
    progress("DRAFTED");
    drafted(desk).await?;
    progress("OFFERED");
    offered(desk).await?;
    progress("SECOND_ROUND");
    second_round(desk).await?;
    progress("PASSED_CONDITIONALLY");
    passed_conditionally(desk).await?;
    progress("SUSPENDED");
    suspended(desk).await?;
    Ok(8)
}

/// The advance is released and the first milestone passed: its tranche waits for finance.
async fn ready_to_release(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("SAMD")?,
        applicant: desk.setting.cast.sample,
        ja: "胸部画像による希少肺疾患の検出支援（架空）",
        en: "Detection of rare lung disease in chest images (fictitious)",
        decided: 50_000_000,
    };
    let case = active(desk, proposal, -200).await?;
    case.release_advance(-170).await?;
    let seal = case
        .submit(-60, "構想を確定し、三施設と合意した。（架空）")
        .await?;
    case.sit(seal, -50, Outcome::Go, Terms::default()).await
}

/// Two of three have signed.
async fn in_review(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("SAMD")?,
        applicant: desk.setting.cast.example,
        ja: "心音による小児心疾患のスクリーニング（架空）",
        en: "Screening of paediatric heart disease by heart sounds (fictitious)",
        decided: 40_000_000,
    };
    let case = active(desk, proposal, -150).await?;
    let seal = case
        .submit(-20, "使用目的と診療上の位置付けを確定した。（架空）")
        .await?;
    let gate = case.convene(-15).await?;
    case.sign(gate, seal, -10, 2, Outcome::Go).await
}

/// A sealed version waits for the officer to convene a panel.
async fn submitted(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("AMR")?,
        applicant: desk.setting.cast.example,
        ja: "多剤耐性緑膿菌に対する新規抗菌薬（架空）",
        en: "New antibiotic against multidrug-resistant Pseudomonas (fictitious)",
        decided: 120_000_000,
    };
    let case = active(desk, proposal, -120).await?;
    case.submit(-3, "標的を検証し、耐性臨床分離株で効力を示した。（架空）")
        .await?;
    Ok(())
}

/// A draft with its evidence waits for the representative.
async fn drafted(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("SAMD")?,
        applicant: desk.setting.cast.sample,
        ja: "皮膚画像による希少皮膚疾患の鑑別支援（架空）",
        en: "Differential diagnosis of rare skin disease from images (fictitious)",
        decided: 30_000_000,
    };
    let case = active(desk, proposal, -90).await?;
    case.draft(-5, "構想の確定について、提出前の案。（架空）")
        .await?;
    Ok(())
}

/// The notice came five days ago: the award may still be accepted or withdrawn.
async fn offered(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("SAMD")?,
        applicant: desk.setting.cast.sample,
        ja: "眼底画像による神経疾患の早期発見（架空）",
        en: "Early detection of neurological disease from fundus images (fictitious)",
        decided: 45_000_000,
    };
    let case = desk.offer(proposal, -6).await?;
    let notice = RecordNotice {
        award: case.award,
        notice_received_on: desk.setting.day(-5),
    };
    desk.act(desk.setting.cast.officer, -5, &notice).await?;
    Ok(())
}

/// The panel asked for rework; the second round is being drafted, the first stays readable.
async fn second_round(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("SAMD")?,
        applicant: desk.setting.cast.example,
        ja: "病理画像による希少がんの分類（架空）",
        en: "Classification of rare cancers in pathology images (fictitious)",
        decided: 60_000_000,
    };
    let case = active(desk, proposal, -210).await?;
    let seal = case
        .submit(-100, "構想を確定した。医療機関との合意は一施設。（架空）")
        .await?;
    case.sit(seal, -95, Outcome::Rework, Terms::default())
        .await?;
    case.draft(-8, "再提出の案。三施設との合意を加えた。（架空）")
        .await?;
    Ok(())
}

/// Passed once a blocking condition is discharged; another condition's date has gone by.
async fn passed_conditionally(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("AMR")?,
        applicant: desk.setting.cast.sample,
        ja: "薬剤耐性結核に対する宿主標的治療薬（架空）",
        en: "Host-directed medicine against resistant tuberculosis (fictitious)",
        decided: 150_000_000,
    };
    let case = active(desk, proposal, -180).await?;
    let seal = case
        .submit(-50, "標的を検証した。知的財産の調査は継続中。（架空）")
        .await?;
    let terms = Terms {
        conditions: vec![
            ConditionDraft {
                text: "知的財産の調査結果を提出すること / submit the result of the patent search"
                    .to_owned(),
                due_on: desk.setting.day(60),
                blocking: true,
                verifier: Verifier::Chair,
            },
            ConditionDraft {
                text: "共同研究契約の写しを提出すること / submit a copy of the joint research contract"
                    .to_owned(),
                due_on: desk.setting.day(-2),
                blocking: false,
                verifier: Verifier::Named(desk.setting.cast.officer),
            },
        ],
        ..Terms::default()
    };
    case.sit(seal, -45, Outcome::ConditionalGo, terms).await
}

/// Suspended until a date, with the consequence stated (Act 13).
async fn suspended(desk: &Desk<'_>) -> Result<(), Error> {
    let proposal = Proposal {
        theme: desk.setting.theme("SAMD")?,
        applicant: desk.setting.cast.example,
        ja: "歩行動画による希少運動疾患の評価（架空）",
        en: "Assessment of rare movement disorders from gait videos (fictitious)",
        decided: 35_000_000,
    };
    let case = active(desk, proposal, -160).await?;
    let suspend = SuspendAward {
        award: case.award,
        until: desk.setting.day(20),
        consequence:
            "期限までに是正しない場合は交付決定を取り消すことがある / the decision may be cancelled"
                .to_owned(),
        reason: "実施体制の変更の届出がない / a change of the team was not reported".to_owned(),
    };
    desk.act(desk.setting.cast.director, -12, &suspend).await?;
    Ok(())
}

/// Offered on the day `offset`, its notice received and accepted five days later.
async fn active<'a>(
    desk: &'a Desk<'a>,
    proposal: Proposal<'a>,
    offset: i64,
) -> Result<Case<'a>, Error> {
    let case = desk.offer(proposal, offset).await?;
    case.accept(offset + 5).await?;
    Ok(case)
}
