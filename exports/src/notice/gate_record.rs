//! What the record of a gate says.

use domain::report::{
    AgreedFinding, GateAct, GateRecord, NoticeSentence, NoticeWord, NoticedCondition, PanelMember,
    PanelRecord,
};

use super::particulars::Particulars;
use super::sheet::{Block, Cells};
use super::words::Words;

pub(super) fn blocks(record: &GateRecord, words: Words) -> Particulars {
    let mut blocks = vec![sitting(record, words)];
    if let Some(panel) = &record.panel {
        blocks.push(members(&panel.members, words));
        blocks.push(votes(panel, words));
    }
    blocks.push(findings(&record.findings, words));
    if let Some(recommendation) = &record.recommendation {
        blocks.push(act(NoticeWord::Recommendation, recommendation, words));
    }
    if let Some(decision) = &record.decision {
        blocks.push(act(NoticeWord::Decision, decision, words));
        blocks.extend(consequence(record, words));
    }
    if !record.conditions.is_empty() {
        blocks.push(conditions(&record.conditions, words));
    }
    (NoticeSentence::GateHeld, blocks)
}

fn sitting(record: &GateRecord, words: Words) -> Block {
    let milestone = words.text(&record.milestone);
    let mut rows = vec![
        words.field(
            NoticeWord::Milestone,
            format!("{} {milestone}", record.milestone_ordinal),
        ),
        words.field(NoticeWord::Round, record.round.to_string()),
        words.field(NoticeWord::Sitting, record.sitting.to_string()),
        words.field(NoticeWord::ConvenedOn, words.date(record.convened_on)),
        words.field(NoticeWord::Seal, record.seal.to_string()),
        words.field(NoticeWord::PolicyVersion, record.policy_version.to_string()),
    ];
    if let Some(voided) = &record.voided {
        let mut said = vec![words.date(voided.on), words.of(voided.cause)];
        said.extend(voided.reason.clone());
        rows.push(words.field(NoticeWord::Voided, words.joined(&said)));
    }
    Block::Fields { rows }
}

fn members(members: &[PanelMember], words: Words) -> Block {
    let row = |member: &PanelMember| {
        let name = words.text(&member.name);
        let body = member.body.as_ref();
        let (vote, reason) = match &member.vote {
            Some((outcome, reason)) => (words.of(*outcome), reason.clone()),
            None => (String::new(), String::new()),
        };
        [
            if member.replaced {
                words.labelled(NoticeWord::Replaced, &name)
            } else {
                name
            },
            body.map_or_else(String::new, |body| words.text(body)),
            words.of(member.seat),
            conflict(member, words),
            vote,
            reason,
        ]
    };
    words.table(
        NoticeWord::Members,
        [
            (NoticeWord::Name, Cells::Words),
            (NoticeWord::MemberBody, Cells::Words),
            (NoticeWord::Seat, Cells::Words),
            (NoticeWord::Conflict, Cells::Words),
            (NoticeWord::Vote, Cells::Words),
            (NoticeWord::Reason, Cells::Prose),
        ],
        members.iter().map(row).collect(),
    )
}

/// What was declared, or why the member was recused.
fn conflict(member: &PanelMember, words: Words) -> String {
    match (member.recused, member.declared) {
        (Some((ground, kind)), _) => {
            let why = [words.of(kind), words.of(ground)];
            words.labelled(NoticeWord::Recused, &words.joined(&why))
        }
        (None, Some(kind)) => words.of(kind),
        (None, None) => String::new(),
    }
}

fn votes(panel: &PanelRecord, words: Words) -> Block {
    let cast = panel.votes.values().sum::<usize>();
    let mut rows = vec![
        words.field(NoticeWord::Eligible, panel.eligible.to_string()),
        words.field(NoticeWord::VotesNeeded, panel.votes_needed.to_string()),
        words.field(NoticeWord::Votes, cast.to_string()),
    ];
    let by_outcome = panel.votes.iter();
    rows.extend(by_outcome.map(|(outcome, votes)| [words.of(*outcome), votes.to_string()]));
    Block::Fields { rows }
}

fn findings(findings: &[AgreedFinding], words: Words) -> Block {
    let row = |finding: &AgreedFinding| {
        [
            finding.code.clone(),
            words.text(&finding.criterion),
            words.yes_or_no(finding.blocking),
            words.of(if finding.met {
                NoticeWord::Met
            } else {
                NoticeWord::Unmet
            }),
        ]
    };
    words.table(
        NoticeWord::Findings,
        [
            (NoticeWord::Ordinal, Cells::Words),
            (NoticeWord::Criterion, Cells::Prose),
            (NoticeWord::Indispensable, Cells::Words),
            (NoticeWord::Finding, Cells::Words),
        ],
        findings.iter().map(row).collect(),
    )
}

fn act(label: NoticeWord, act: &GateAct, words: Words) -> Block {
    let mut rows = vec![
        words.field(label, words.of(act.outcome)),
        words.field(NoticeWord::On, words.date(act.on)),
    ];
    if let Some(person) = &act.person {
        rows.push(words.field(NoticeWord::By, words.text(person)));
    }
    if !act.reason.is_empty() {
        rows.push(words.field(NoticeWord::Reason, &act.reason));
    }
    Block::Fields { rows }
}

fn consequence(record: &GateRecord, words: Words) -> Option<Block> {
    let departs = record
        .departs
        .map(|departs| words.field(NoticeWord::Departs, words.yes_or_no(departs)));
    let share = record
        .share
        .map(|share| words.field(NoticeWord::Share, share.to_string()));
    let rows: Vec<_> = departs.into_iter().chain(share).collect();
    (!rows.is_empty()).then_some(Block::Fields { rows })
}

fn conditions(conditions: &[NoticedCondition], words: Words) -> Block {
    let row = |condition: &NoticedCondition| {
        let verifier = condition.verifier.as_ref();
        [
            condition.text.clone(),
            words.date(condition.due_on),
            words.yes_or_no(condition.blocking),
            verifier.map_or_else(|| words.of(NoticeWord::Chair), |name| words.text(name)),
            words.of(condition.state),
        ]
    };
    words.table(
        NoticeWord::GateConditions,
        [
            (NoticeWord::Condition, Cells::Prose),
            (NoticeWord::DueOn, Cells::Words),
            (NoticeWord::Blocking, Cells::Words),
            (NoticeWord::Verifier, Cells::Words),
            (NoticeWord::State, Cells::Words),
        ],
        conditions.iter().map(row).collect(),
    )
}
