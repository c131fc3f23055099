//! Accounts, batches and the bank's answers, each step by whoever may.

use domain::access::{GrantScope, Role};
use domain::bank::{
    AccountNumber, BankCode, Bic, BranchCode, DepositKind, OriginatorCode, earliest_value_date,
};
use domain::closing::{CostCategory, Costs, ReportContent, ReportKind};
use domain::id::{AwardId, PayeeAccountId, PaymentBatchId, PersonId, ReleaseId, TrancheId};
use domain::payment::{BlockedRow, BlockedRows, LineState, ReturnReason};
use domain::report::{NoticeKind, Remark, Signatory};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, LocalizedText, Money, Refusal, Seal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::command::{
    AcceptReport, ApprovePaymentBatch, BankLine, BatchExport, ConfirmPayeeAccount,
    DefineLetterhead, DefineOriginator, DefinePublisher, ExportPaymentBatch, GrantRole,
    PreparePaymentBatch, PrescribeReport, ProposePayeeAccount, RecordSettlement, ReleaseTranche,
    SubmitReport,
};
use store::entity::{award, payment_batch, payment_instruction, tranche, tranche_release};

use super::{World, millions, year};

impl World {
    /// The proposal of an account of the applicant with this number.
    pub(crate) fn proposal(&self, number: &str) -> ProposePayeeAccount {
        ProposePayeeAccount {
            organization: self.bodies.applicant,
            bank: BankCode::parse("0001").expect("a bank"),
            branch: BranchCode::parse("001").expect("a branch"),
            deposit_kind: DepositKind::Ordinary,
            number: AccountNumber::parse(number).expect("a number"),
            holder: "株式会社申請者".to_owned(),
            holder_kana: "カブシキガイシャ シンセイシャ".to_owned(),
            reason: "届出".to_owned(),
        }
    }

    /// The confirmation of `payee_account` after a call to the representative today.
    pub(crate) fn confirmation(&self, payee_account: PayeeAccountId) -> ConfirmPayeeAccount {
        ConfirmPayeeAccount {
            payee_account,
            called_person: self.people.representative,
            called_on: self.clock.today(),
            note: "口頭で確認".to_owned(),
        }
    }

    /// An account of the applicant, proposed and confirmed today.
    pub(crate) async fn young_account(&self, number: &str) -> PayeeAccountId {
        let contact = self.people.finance_contact;
        let proposed = self.run(contact, &self.proposal(number)).await;
        let confirmation = self.confirmation(proposed.payee_account);
        self.run(self.people.approver, &confirmation).await;
        proposed.payee_account
    }

    /// The same, and its cool-down over: three days later.
    pub(crate) async fn account(&self, number: &str) -> PayeeAccountId {
        let account = self.young_account(number).await;
        self.clock.pass_days(3);
        account
    }

    /// A second approver.
    pub(crate) async fn another_approver(&self) -> PersonId {
        let person = self.newcomer("another approver").await;
        let grant = GrantRole {
            person,
            role: Role::FinanceApprover,
            scope: GrantScope::Programme(self.programme),
            from: self.clock.today(),
            until: None,
        };
        self.run(self.people.administrator, &grant).await;
        person
    }

    /// An account of the rival's body, its cool-down over: three days later.
    pub(crate) async fn account_of_rival(&self) {
        let rival = self.people.rival;
        let proposal = ProposePayeeAccount {
            organization: self.bodies.rival,
            ..self.proposal("2345678")
        };
        let proposed = self.run(rival, &proposal).await.payee_account;
        let confirmation = ConfirmPayeeAccount {
            called_person: rival,
            ..self.confirmation(proposed)
        };
        self.run(self.people.approver, &confirmation).await;
        self.clock.pass_days(3);
    }

    /// The release of `tranche` by the preparer.
    pub(crate) async fn release(&self, tranche: TrancheId) -> ReleaseId {
        let command = ReleaseTranche { tranche };
        self.run(self.people.preparer, &command).await.release
    }

    /// The release of `tranche` that is not revoked.
    pub(crate) async fn live_release(&self, tranche: TrancheId) -> ReleaseId {
        let found = tranche_release::Entity::find()
            .filter(tranche_release::Column::TrancheId.eq(tranche.uuid()))
            .filter(tranche_release::Column::RevokedAt.is_null())
            .one(self.store.reads());
        found
            .await
            .expect("an answer")
            .expect("a release")
            .id
            .into()
    }

    /// The command that defines who pays, from the account with this number.
    pub(crate) fn paying_from(&self, number: &str) -> DefineOriginator {
        DefineOriginator {
            programme: self.programme,
            code: OriginatorCode::parse("1234567890").expect("a code"),
            bank: BankCode::parse("0001").expect("a bank"),
            branch: BranchCode::parse("001").expect("a branch"),
            deposit_kind: DepositKind::Current,
            number: AccountNumber::parse(number).expect("a number"),
            name_kana: "ヘルステックチャレンジジムキョク".to_owned(),
            bic: Some(Bic::parse("MHCBJPJT").expect("a code")),
            reason: "支払口座".to_owned(),
        }
    }

    /// The command that defines who publishes the awards as open data.
    pub(crate) fn publishing(&self) -> DefinePublisher {
        DefinePublisher {
            programme: self.programme,
            prefix: "360G-test".to_owned(),
            corporate_number: "6000012070001".parse().expect("a number"),
            name: LocalizedText::new("厚生労働省", "Ministry of Health, Labour and Welfare"),
            licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
            reason: "交付決定の公表".to_owned(),
        }
    }

    /// The command that defines in whose name notices are issued.
    pub(crate) fn issuing(&self) -> DefineLetterhead {
        DefineLetterhead {
            programme: self.programme,
            signatories: vec![Signatory {
                office: LocalizedText::new(
                    "厚生労働大臣",
                    "Minister of Health, Labour and Welfare",
                ),
                person: Some(LocalizedText::new("見本　太郎", "Taro Mihon")),
            }],
            remarks: vec![Remark {
                kind: Some(NoticeKind::ReturnOrder),
                text: LocalizedText::new("納付書により返還すること。", "Pay with the slip."),
            }],
            reason: "通知書の名義".to_owned(),
        }
    }

    /// The command that puts `releases` into a batch for the next day on which a bank can pay.
    pub(crate) fn preparing(&self, releases: &[ReleaseId]) -> PreparePaymentBatch {
        PreparePaymentBatch {
            programme: self.programme,
            releases: releases.to_vec(),
            value_date: earliest_value_date(self.clock.today()),
        }
    }

    /// The refusal of a batch of which these rows, from 1, may not be paid.
    pub(crate) async fn blocked(&self, rows: &[(i64, TrancheId, &[BlockerCode])]) -> Refusal {
        let db = self.store.reads();
        let mut blocked = BlockedRows::default();
        for (row, id, blockers) in rows {
            let found = tranche::Entity::find_by_id(id.uuid()).one(db).await;
            let found = found.expect("an answer").expect("the tranche");
            let award = award::Entity::find_by_id(found.award_id).one(db).await;
            blocked.0.push(BlockedRow {
                row: *row,
                award: award.expect("an answer").expect("its award").number,
                tranche: found.ordinal,
                blockers: Codes(blockers.to_vec()),
            });
        }
        Refusal::PaymentBlocked { rows: blocked }
    }

    /// A batch of `releases`, prepared.
    pub(crate) async fn prepared(&self, releases: &[ReleaseId]) -> PaymentBatchId {
        let command = self.preparing(releases);
        self.run(self.people.preparer, &command).await.payment_batch
    }

    /// The approval of a batch as it stands.
    pub(crate) async fn approval(&self, payment_batch: PaymentBatchId) -> ApprovePaymentBatch {
        let digest = self.batch_row(payment_batch).await.digest;
        let digest: Seal = digest.parse().expect("a digest");
        ApprovePaymentBatch {
            payment_batch,
            digest,
        }
    }

    /// A batch of `releases`, prepared and approved.
    pub(crate) async fn approved(&self, releases: &[ReleaseId]) -> PaymentBatchId {
        let batch = self.prepared(releases).await;
        let approval = self.approval(batch).await;
        self.run(self.people.approver, &approval).await;
        batch
    }

    /// What becomes of an approved batch that is to be exported.
    pub(crate) async fn exported(&self, payment_batch: PaymentBatchId) -> BatchExport {
        let export = ExportPaymentBatch { payment_batch };
        self.run(self.people.approver, &export).await
    }

    /// A batch of `releases` that the bank has.
    pub(crate) async fn sent(&self, releases: &[ReleaseId]) -> PaymentBatchId {
        let batch = self.approved(releases).await;
        self.exported(batch).await;
        batch
    }

    /// Releases `tranche` and pays it: on the next day on which a bank can pay, the bank says so.
    pub(crate) async fn pay(&self, tranche: TrancheId) {
        let release = self.release(tranche).await;
        self.paid(&[release]).await;
    }

    /// The payment of `releases` in one batch, on its day.
    pub(crate) async fn paid(&self, releases: &[ReleaseId]) {
        let batch = self.sent(releases).await;
        self.clock
            .set_day(&self.batch_row(batch).await.value_date.to_string());
        self.all_answered(batch, None).await;
    }

    /// The bank answers today on every payment of `batch`: it was paid, or returned.
    pub(crate) async fn all_answered(&self, batch: PaymentBatchId, returned: Option<ReturnReason>) {
        for payment in self.payments(batch).await {
            let line = BankLine {
                amount: Money::of_minor(payment.amount_minor, Currency::JPY),
                ..self.bank_line(&payment.reference, 0, returned)
            };
            assert_eq!(self.answered(line).await, LineState::Matched);
        }
    }

    /// A status report on 2026 that states so many millions as spent, asked for, handed in and accepted.
    pub(crate) async fn reports_spending(&self, award: AwardId, spent: i64) {
        let (kind, budget_year) = (ReportKind::Status, year(2026));
        let prescribe = PrescribeReport {
            award,
            kind,
            budget_year,
            due_on: self.clock.today(),
            reason: "交付条件".to_owned(),
        };
        self.run(self.people.officer, &prescribe).await;
        let eligible = [(CostCategory::Personnel, millions(spent))].into();
        let costs = Costs::new(eligible, millions(spent), millions(0));
        let submit = SubmitReport {
            award,
            kind,
            budget_year,
            content: ReportContent {
                narrative: "経過".to_owned(),
                expenditure: Some(costs.expect("costs")),
                tax_credit: None,
            },
        };
        let submitted = self.run(self.people.representative, &submit).await;
        let report = submitted.report;
        self.run(self.people.officer, &AcceptReport { report })
            .await;
    }

    /// A batch of `releases` whose payments the bank returned five days after.
    pub(crate) async fn bounced(&self, releases: &[ReleaseId]) -> PaymentBatchId {
        let batch = self.sent(releases).await;
        self.clock.pass_days(5);
        self.all_answered(batch, Some(ReturnReason::AccountClosed))
            .await;
        batch
    }

    /// A line of the bank's answer on a payment of so many millions, dated with the day.
    pub(crate) fn bank_line(
        &self,
        reference: &str,
        amount: i64,
        returned: Option<ReturnReason>,
    ) -> BankLine {
        BankLine {
            reference: reference.to_owned(),
            value_date: self.clock.today(),
            amount: millions(amount),
            returned,
            return_text: None,
        }
    }

    /// Records a line by hand; what was made of it.
    pub(crate) async fn answered(&self, line: BankLine) -> LineState {
        let record = RecordSettlement {
            programme: self.programme,
            line,
        };
        self.run(self.people.preparer, &record).await.state
    }

    /// A batch's row, as stored.
    pub(crate) async fn batch_row(&self, id: PaymentBatchId) -> payment_batch::Model {
        let found = payment_batch::Entity::find_by_id(id.uuid()).one(self.store.reads());
        found.await.expect("an answer").expect("the batch")
    }

    /// The rows of a batch, in their order, as stored.
    pub(crate) async fn payments(&self, id: PaymentBatchId) -> Vec<payment_instruction::Model> {
        payment_instruction::Entity::find()
            .filter(payment_instruction::Column::BatchId.eq(id.uuid()))
            .order_by_asc(payment_instruction::Column::Ordinal)
            .all(self.store.reads())
            .await
            .expect("payments")
    }
}
