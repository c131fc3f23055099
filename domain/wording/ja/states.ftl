# 現在の状態。

AwardStateCode-OFFERED = 受諾待ち
AwardStateCode-ACTIVE = 実施中
AwardStateCode-SUSPENDED = 一時停止中
AwardStateCode-COMPLETED = 完了
AwardStateCode-WITHDRAWN = 取下げ
AwardStateCode-ENDED = 終了
AwardStateCode-CANCELLED = 取消し
AwardStateCode-CLOSED = 精算済み

MilestoneStateCode-LOCKED = 着手前（ロック中）
MilestoneStateCode-OPEN = 実施中
MilestoneStateCode-SUBMITTED = 提出済み
MilestoneStateCode-IN_REVIEW = 審査中
MilestoneStateCode-HELD = 保留
MilestoneStateCode-AWAITING_PLAN_CHANGE = 計画変更待ち
MilestoneStateCode-PASSED_CONDITIONALLY = 条件付き通過
MilestoneStateCode-PASSED = 通過
MilestoneStateCode-FAILED = 不通過
MilestoneStateCode-CANCELLED = 取りやめ

SubmissionState-DRAFT = 作成中
SubmissionState-SEALED = 封印済み
SubmissionState-WITHDRAWN = 取下げ

PlanChangeAnswer-PENDING = 申請待ち
PlanChangeAnswer-REFUSED = 不承認

PlanState-PROPOSED = 申請中
PlanState-APPROVED = 承認
PlanState-REFUSED = 不承認

GateState-CONVENED = 招集済み
GateState-RECOMMENDED = 答申済み
GateState-DECIDED = 決定済み
GateState-VOIDED = 無効

ConditionState-OPEN = 未了
ConditionState-DISCHARGED = 充足
ConditionState-WAIVED = 免除
ConditionState-UNMET = 不充足

TrancheState-PLANNED = 予定
TrancheState-RELEASED = 交付承認済み
TrancheState-INSTRUCTED = 支払指図済み
TrancheState-SENT = 銀行送付済み
TrancheState-SETTLED = 着金済み
TrancheState-BOUNCED = 組戻し
TrancheState-WITHHELD = 差止め中
TrancheState-LAPSED = 不用

PublicationState-DRAFT = 起案中
PublicationState-PUBLISHED = 公開済み

PayeeAccountState-PROPOSED = 確認待ち
PayeeAccountState-CONFIRMED = 確認済み
PayeeAccountState-REJECTED = 却下

InstructionState-INSTRUCTED = 支払依頼中
InstructionState-SENT = 銀行送付済み
InstructionState-SETTLED = 着金済み
InstructionState-BOUNCED = 返却
InstructionState-WITHDRAWN = 取下げ

BatchState-PREPARED = 作成済み
BatchState-REVIEWED = 点検済み
BatchState-APPROVED = 承認済み
BatchState-EXPORTED = 銀行送付済み
BatchState-CANCELLED = 取消し

LineState-MATCHED = 照合済み
LineState-REPEATED = 記録済みと同一
LineState-UNMATCHED = 未照合
LineState-DISMISSED = 対象外
