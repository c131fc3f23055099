# 金銭：交付区分、交付の妨げ、勘定、振替。

TrancheKind-ADVANCE = 前払
TrancheKind-MILESTONE = マイルストーン
TrancheKind-RETENTION = 留保
TrancheKind-FINAL = 最終払
TrancheKind-WIND_DOWN = 終了に伴う費用

PaymentBasis-ESTIMATE = 概算払
PaymentBasis-SETTLEMENT = 精算払

BlockerCode-GATE_NOT_PASSED = マイルストーンがゲート審査を通過していません
BlockerCode-SEAL_MISMATCH = 登録内容が封印時の内容と一致しません（ゲート審査の無効化が必要です）
BlockerCode-GATE_UNFOUNDED = 事後に判明した利益相反により、ゲート審査の定足数又は多数が失われています
BlockerCode-EARLIER_GATE_VOIDED = 先行するマイルストーンのゲート審査が無効とされ、再度の通過が必要です
BlockerCode-AWARD_STATE = 交付決定がこの交付区分を支払える状態にありません
BlockerCode-WITHDRAWAL_TERM_RUNNING = 取下げ期間中であるか、通知の受領日が記録されていません
BlockerCode-NOT_COMMITTED_FOR_YEAR = 当該年度の負担行為がまだ行われていません
BlockerCode-YEAR_CLOSED = この年度の予算は支出期限を過ぎています
BlockerCode-CONSULTATION_REFERENCE_MISSING = 概算払の協議の文書番号がありません（会計法第22条）
BlockerCode-DECIDED_LIMIT = 支払額が交付決定額を超えます
BlockerCode-WITHHELD = 交付が差し止められています（理由は記録にあります）
BlockerCode-AMOUNT_NOT_DETERMINED = 額の確定が済んでいません（適正化法第15条）
BlockerCode-WIND_DOWN_UNDECIDED = 終了に伴う費用について決定がされていません（適正化法第10条）
BlockerCode-REPORT_NOT_ACCEPTED = 期限の到来した報告書が受理されていません
BlockerCode-EARLIER_MONEY_UNUSED = 交付済みの資金の使用が基準に達していません
BlockerCode-PAYEE_ACCOUNT_MISSING = 振込先口座が登録されていません
BlockerCode-PAYEE_ACCOUNT_UNVERIFIED = 振込先口座の確認が済んでいません
BlockerCode-PAYEE_ACCOUNT_COOLING_DOWN = 振込先口座の変更直後のため、一定期間は支払えません
BlockerCode-PAYEE_ACCOUNT_CHANGED = 支払依頼の作成後に振込先口座が変更されている
BlockerCode-RETURN_UNPAID = 事業者に未納の返還金があります（適正化法第20条）

AccountKind-APPROPRIATION = 歳出予算
AccountKind-ENVELOPE = 予算枠
AccountKind-COMMITTED = 負担行為済額
AccountKind-RETAINED = 留保額
AccountKind-PAYABLE = 未払額
AccountKind-IN_TRANSIT = 送金中
AccountKind-ADVANCED = 概算払額
AccountKind-GRANTED = 確定交付額
AccountKind-RETURNABLE = 要返還額
AccountKind-TREASURY = 国庫
AccountKind-WRITTEN_OFF = 不納欠損額
AccountKind-CHARGES_LEVIED = 加算金・延滞金調定額
AccountKind-CHARGES_RECEIVABLE = 加算金・延滞金未収額
AccountKind-UNAPPLIED = 未充当の受入金

TransferKind-APPROPRIATE = 予算配分
TransferKind-COMMIT = 負担行為
TransferKind-RETAIN = 留保
TransferKind-RELEASE = 交付承認
TransferKind-RELEASE_RETENTION = 留保分の交付承認
TransferKind-REVOKE = 交付承認の取消し
TransferKind-SEND = 送金
TransferKind-BOUNCE = 送金不能
TransferKind-SETTLE_ESTIMATE = 概算払の着金
TransferKind-SETTLE_FINAL = 精算払の着金
TransferKind-FIX = 額の確定
TransferKind-BANK_RETURN = 着金後の組戻し
TransferKind-DECOMMIT = 負担行為の減額
TransferKind-CARRY_OVER = 繰越
TransferKind-LAPSE = 不用
TransferKind-ORDER_RETURN = 返還命令
TransferKind-REPAY = 返還金の納付
TransferKind-RESCIND = 返還命令の取消し
TransferKind-WRITE_OFF = 不納欠損
TransferKind-LEVY = 加算金・延滞金の調定
TransferKind-COLLECT = 加算金・延滞金の収納
TransferKind-WAIVE = 加算金・延滞金の免除
TransferKind-SET_OFF_PAY = 相殺（支払分からの控除）
TransferKind-SET_OFF_APPLY = 相殺（債務への充当）
TransferKind-RECEIVE = 受入
TransferKind-APPLY = 受入金の充当
TransferKind-REINSTATE = 返納金の戻入
TransferKind-REFUND = 過誤納金の還付

DecommitReason-WITHDRAWAL = 申請の取下げ（適正化法第9条）
DecommitReason-PARTIAL = 一部通過
DecommitReason-NO_GO = 不通過
DecommitReason-PLAN_CHANGE = 計画変更
DecommitReason-ACT_7 = 申請による変更（適正化法第7条）
DecommitReason-ACT_10 = 事情変更（適正化法第10条）
DecommitReason-ACT_17 = 義務違反等による取消し（適正化法第17条）
DecommitReason-FIXING = 額の確定（適正化法第15条）
DecommitReason-YEAR_END = 年度の終了

DecisionDirection-INITIAL = 当初
DecisionDirection-UP = 増額
DecisionDirection-DOWN = 減額

CancellationGround-OTHER_USE = 補助金の他の用途への使用
CancellationGround-BREACH = 交付決定の内容、条件又は法令等への違反
CancellationGround-FALSE_STATEMENT = 偽りその他不正の手段による交付

ChargeEntry-LEVIED = 徴収決定
ChargeEntry-TAKEN_BACK = 減額
ChargeEntry-COLLECTED = 収納
ChargeEntry-WAIVED = 免除

RecordKind-ENVELOPE = 予算枠
RecordKind-AWARD = 交付決定
RecordKind-DECIDED_AMOUNT = 交付決定額
RecordKind-PLAN_VERSION = 計画の版
RecordKind-GATE_DECISION = ゲート審査の決定
RecordKind-RELEASE = 交付承認
RecordKind-TRANCHE = 交付区分
RecordKind-DETERMINATION = 額の確定
RecordKind-RETURN_ORDER = 返還命令
RecordKind-CHARGE = 加算金・延滞金
RecordKind-SET_OFF = 相殺
RecordKind-CARRY_OVER = 繰越
RecordKind-YEAR_CLOSING = 年度の締め
RecordKind-RECEIPT = 収納
RecordKind-PAYMENT_INSTRUCTION = 支払指図
RecordKind-SETTLEMENT_LINE = 着金確認

DisbursementKey-THEME = テーマ
DisbursementKey-BUDGET_YEAR = 予算年度
DisbursementKey-AWARD = 交付決定
DisbursementKey-ORGANIZATION = 事業者
DisbursementKey-KIND = 交付区分
DisbursementKey-STATE = 状態

DepositKind-ORDINARY = 普通
DepositKind-CURRENT = 当座
DepositKind-SAVINGS = 貯蓄
DepositKind-OTHER = その他

AnswerColumn-REFERENCE = 振込参照番号
AnswerColumn-AMOUNT = 金額
AnswerColumn-CURRENCY = 通貨
AnswerColumn-VALUE_DATE = 処理日
AnswerColumn-RESULT = 結果
AnswerColumn-RETURN_REASON = 返却事由
AnswerColumn-RETURN_TEXT = 銀行の記載

BankResultCode-SETTLED = 着金
BankResultCode-RETURNED = 返却

ReturnReason-ACCOUNT_NOT_FOUND = 該当口座なし
ReturnReason-NAME_DIFFERS = 受取人名相違
ReturnReason-ACCOUNT_CLOSED = 口座解約済み
ReturnReason-DEPOSITS_STOPPED = 入金停止
ReturnReason-CALLED_BACK = 組戻し
ReturnReason-OTHER = その他

UnmatchedReason-REFERENCE_UNKNOWN = 照合番号に該当する支払がありません
UnmatchedReason-AMOUNT_DIFFERS = 金額が支払指図と異なります
UnmatchedReason-NOT_SENT = 銀行に送られていない支払です
UnmatchedReason-DATED_BEFORE_SENDING = 日付が送付日より前です
UnmatchedReason-DATED_IN_FUTURE = 日付が本日より後です
UnmatchedReason-MONEY_MOVED_ON = 支払われた資金が既に他へ移されています

Contradiction-SETTLED_ON_ANOTHER_DAY = 別の日に着金済みと記録されています
Contradiction-RETURNED_OTHERWISE = 別の理由または別の日に返却済みと記録されています
Contradiction-SETTLED_AFTER_RETURN = 返却済みと記録されています
Contradiction-RETURNED_BEFORE_SETTLING = 着金より前の日付の返却です

CalculationStepCode-FLOOR_OF_SHARE = 達成割合による額（端数切捨て）
CalculationStepCode-LESSER_OF_CATEGORY = 費目ごとの承認額と実支出額のいずれか少ない額
CalculationStepCode-SUM_OF_CATEGORIES = 費目ごとの額の合計（対象経費）
CalculationStepCode-GRANT_AMOUNT = 対象経費に対する補助額（単位未満切捨て）
CalculationStepCode-DECIDED_NOT_DECOMMITTED = 交付決定額から負担行為の取消額を除いた額
CalculationStepCode-LEFT_IN_FORCE = 現在の交付決定額から他の年度の確定額を除いた額を上限とする額
CalculationStepCode-FIXED_AMOUNT = 確定額
CalculationStepCode-DAYS_OF_PART = 元本の各部分の日数
CalculationStepCode-FLOOR_OF_DAYS = 全部分・全日数に対する額（端数切捨て）
CalculationStepCode-NO_TAX_CREDIT = 仕入控除税額なし
CalculationStepCode-SUBSIDISED_TAX_CREDIT = 仕入控除税額のうち補助金相当額（端数切捨て）

PaymentStage-CONVENING = 審査の招集まで
PaymentStage-DECISION = 決定まで
PaymentStage-REPORTING = 実績報告まで
PaymentStage-ACCEPTANCE = 報告の受理まで
PaymentStage-DETERMINATION = 額の確定まで
PaymentStage-RELEASE = 交付承認まで
PaymentStage-SENDING = 銀行送付まで
PaymentStage-SETTLEMENT = 着金まで
