//! Every text of a notice that somebody wrote, each field by its name: a field that is added has to be
//! looked at here.

use domain::LocalizedText;
use domain::report::{
    AgreedFinding, DecisionChange, DecisionNotice, FixingNotice, GateAct, GateRecord, Notice,
    NoticeContent, NoticedAward, NoticedCondition, NoticedTranche, PanelMember, PanelRecord,
    ReleaseNotice, Rescission, ReturnOrderNotice, Signatory, Voiding,
};
use domain::wording::Language;

/// Takes the texts as they come, with the language that each is for; none where it is for both.
pub(super) struct EveryText<F>(pub(super) F);

impl<F: FnMut(&mut String, Option<Language>)> EveryText<F> {
    fn plain(&mut self, text: &mut String) {
        (self.0)(text, None);
    }

    fn both<'a>(&mut self, texts: impl IntoIterator<Item = &'a mut LocalizedText>) {
        for LocalizedText { ja, en } in texts {
            (self.0)(ja, Some(Language::Ja));
            (self.0)(en, Some(Language::En));
        }
    }

    pub(super) fn of(&mut self, notice: &mut Notice) {
        let Notice {
            number,
            dated_on: _,
            award,
            signatories,
            remarks,
            content,
        } = notice;
        self.plain(number);
        self.award(award);
        for Signatory { office, person } in signatories {
            self.both([office]);
            self.both(person);
        }
        self.both(remarks);
        match content {
            NoticeContent::Decision(decision) => self.decision(decision),
            NoticeContent::Release(release) => self.release(release),
            NoticeContent::Fixing(fixing) => self.fixing(fixing),
            NoticeContent::ReturnOrder(order) => self.return_order(order),
            NoticeContent::GateRecord(record) => self.record(record),
        }
    }

    fn award(&mut self, award: &mut NoticedAward) {
        let NoticedAward {
            number,
            title,
            programme,
            theme,
            body,
            body_identifier,
        } = award;
        self.plain(number);
        self.plain(body_identifier);
        self.both([title, programme, theme, body]);
    }

    fn tranche(&mut self, tranche: &mut NoticedTranche) {
        let NoticedTranche {
            ordinal: _,
            kind: _,
            milestone,
            due_on: _,
            budget_year: _,
            amount: _,
        } = tranche;
        self.both(milestone);
    }

    fn decision(&mut self, decision: &mut DecisionNotice) {
        let DecisionNotice {
            applied: _,
            decided: _,
            change,
            planned: _,
            tranches,
            beside: _,
            conditions,
            withdrawal_days: _,
        } = decision;
        if let Some(change) = change {
            let DecisionChange {
                direction: _,
                article: _,
                before: _,
                reason,
            } = change;
            self.plain(reason);
        }
        for tranche in tranches {
            self.tranche(tranche);
        }
        self.both(conditions);
    }

    /// The steps of its calculation are figures, which nobody writes.
    fn release(&mut self, release: &mut ReleaseNotice) {
        let ReleaseNotice {
            tranche,
            released: _,
            basis: _,
            consultation_reference,
            share: _,
            decided: _,
            paid_before: _,
            policy_version: _,
            steps: _,
            revoked: _,
        } = release;
        self.tranche(tranche);
        if let Some(reference) = consultation_reference {
            self.plain(reference);
        }
    }

    fn fixing(&mut self, fixing: &mut FixingNotice) {
        let FixingNotice {
            budget_year: _,
            version: _,
            fixed: _,
            paid: _,
            ordered_back: _,
            rescinded: _,
            back_otherwise: _,
            payable: _,
            to_return: _,
            reason,
            policy_version: _,
            steps: _,
        } = fixing;
        self.plain(reason);
    }

    fn return_order(&mut self, order: &mut ReturnOrderNotice) {
        let ReturnOrderNotice {
            kind: _,
            budget_year: _,
            ordered: _,
            due_on: _,
            after_act_10: _,
            rescissions,
            stands: _,
            reason,
            receipts: _,
            surcharge: _,
            late_charge: _,
        } = order;
        self.plain(reason);
        for Rescission {
            on: _,
            amount: _,
            reason,
        } in rescissions
        {
            self.plain(reason);
        }
    }

    fn record(&mut self, record: &mut GateRecord) {
        let GateRecord {
            milestone_ordinal: _,
            milestone,
            round: _,
            sitting: _,
            convened_on: _,
            seal: _,
            policy_version: _,
            panel,
            findings,
            recommendation,
            decision,
            departs: _,
            share: _,
            conditions,
            voided,
        } = record;
        self.both([milestone]);
        if let Some(panel) = panel {
            let PanelRecord {
                eligible: _,
                votes_needed: _,
                votes: _,
                members,
            } = panel;
            for member in members {
                self.member(member);
            }
        }
        for finding in findings {
            let AgreedFinding {
                code,
                criterion,
                blocking: _,
                met: _,
            } = finding;
            self.plain(code);
            self.both([criterion]);
        }
        for act in [recommendation, decision].into_iter().flatten() {
            let GateAct {
                on: _,
                person,
                outcome: _,
                reason,
            } = act;
            self.both(person);
            self.plain(reason);
        }
        for condition in conditions {
            let NoticedCondition {
                text,
                due_on: _,
                blocking: _,
                verifier,
                state: _,
            } = condition;
            self.plain(text);
            // Of the samples it is the chair; here somebody has a name.
            self.both([verifier.get_or_insert_with(|| LocalizedText::new("", ""))]);
        }
        if let Some(voided) = voided {
            let Voiding {
                on: _,
                cause: _,
                reason,
            } = voided;
            // The body does not get it; here somebody does.
            self.plain(reason.get_or_insert_default());
        }
    }

    fn member(&mut self, member: &mut PanelMember) {
        let PanelMember {
            name,
            body,
            seat: _,
            declared: _,
            recused: _,
            replaced: _,
            vote,
        } = member;
        self.both([name]);
        self.both(body);
        if let Some((_, reason)) = vote {
            self.plain(reason);
        }
    }
}
