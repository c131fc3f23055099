# 精算：経費、報告、額の確定、返還と加算金・延滞金、年度末、完了。

CostCategory-PERSONNEL = 人件費・謝金
CostCategory-EQUIPMENT = 設備備品費
CostCategory-CONSUMABLES = 消耗品費
CostCategory-TRAVEL = 旅費
CostCategory-OUTSOURCING = 委託費・外注費
CostCategory-OTHER_DIRECT = その他の直接経費
CostCategory-INDIRECT = 間接経費

ReportKind-STATUS = 状況報告
ReportKind-YEAR_END = 年度終了実績報告
ReportKind-RESULT = 実績報告
ReportKind-TAX_CREDIT = 消費税仕入控除税額報告

ReportStateCode-DRAFT = 未提出
ReportStateCode-SUBMITTED = 提出済み
ReportStateCode-CORRECTION_ORDERED = 是正命令中
ReportStateCode-ACCEPTED = 受理済み

ReturnKind-CANCELLATION = 決定取消しによる返還（適正化法第17条・第18条第1項）
ReturnKind-OVERPAYMENT = 確定額を超える額の返還（適正化法第18条第2項）
ReturnKind-CONSUMPTION_TAX = 消費税仕入控除税額の返還
ReturnKind-GOOD_FAITH = 事情変更等による返還（交付先の責めによらないもの）

ReturnState-OPEN = 未納
ReturnState-REPAID = 納付済み
ReturnState-WRITTEN_OFF = 不納欠損
ReturnState-RESCINDED = 取消し

ReductionCause-REPAID = 納付
ReductionCause-SET_OFF = 相殺
ReductionCause-WRITTEN_OFF = 不納欠損
ReductionCause-RESCINDED = 命令の取消し

ChargeKind-SURCHARGE = 加算金（適正化法第19条第1項）
ChargeKind-LATE_CHARGE = 延滞金（適正化法第19条第2項）

NoTaxCreditReason-NOT_TAXABLE = 免税事業者である
NoTaxCreditReason-SIMPLIFIED_TAXATION = 簡易課税制度の適用を受けている
NoTaxCreditReason-SPECIFIC_INCOME = 公益法人等で特定収入割合が5%を超える
NoTaxCreditReason-NON_TAXABLE_SALES_ONLY = 非課税売上のみに要する課税仕入れである
NoTaxCreditReason-UNTAXED_COSTS_ONLY = 人件費等の課税対象外の経費だけに充てた

## 経費と額の確定

RefusalCode-COST_NEGATIVE = 経費または収入が負の額です（{ $amount }）。0以上の額を入力してください。
RefusalCode-TOTAL_BELOW_ELIGIBLE = 総事業費（{ $total }）が対象経費（{ $eligible }）を下回っています。いずれかを訂正してください。
RefusalCode-BUDGET_YEAR_DIFFERS = 予算は{ $expected }、支出は{ $found }のものです。同じ年度の支出の報告を指定してください。
RefusalCode-BUDGET_MISSING = { $budget_year }の経費配分が定められていません。先に定めてください。
RefusalCode-EXPENDITURE_NOT_ACCEPTED = { $budget_year }の支出額を記載した報告書がまだ受理されていません。先に受理してください。
RefusalCode-YEAR_NOT_PAID_OUT = 事業が継続中で、この年度にまだ交付承認されていない交付区分があります。承認するか年度を移すか、交付決定を完了としてください。
RefusalCode-YEAR_DETERMINED = { $budget_year }の額は確定済みです。終了に伴う費用は額の確定の前に決定してください。確定後は再度の額の確定によります。
RefusalCode-WIND_DOWN_GRANTED = { $budget_year }の終了に伴う費用は決定済みです。別の年度を選んでください。
RefusalCode-WIND_DOWN_ABOVE_DECIDED = 交付決定額のうち支払の対象となっていない額は{ $left }です。終了に伴う費用はこの額を超えて決定できません。額を改めてください。
RefusalCode-PAYMENT_UNDER_WAY = 支払手続中の額（{ $under_way }）があり、この確定の対象になりません。支払の決定を取り消すか着金を待ってから確定してください。

## 報告

RefusalCode-REPORT_ALREADY_SUBMITTED = この報告は既に提出され、確認を待っています。
RefusalCode-REPORT_NOT_SUBMITTED = この報告はまだ提出されていません。
RefusalCode-REPORT_CORRECTION_PENDING = この報告には是正命令が出ています（期限：{ $due_on }）。再提出をお待ちください。
RefusalCode-REPORT_ALREADY_ACCEPTED = この報告は既に受理されており、変更できません。
RefusalCode-REPORT_NOT_OWED = 「{ $kind }」はまだ必要ありません。年度が終わっていないか、事業が完了していないか、報告が求められていません。
RefusalCode-REPORT_OWED_BY_LAW = 「{ $kind }」は法令の定める期日に提出されるもので、別に求めることはできません。
RefusalCode-RATE_ABOVE_WHOLE = 補助率は 1 を超えられません（{ $rate }）。1 以下で入力してください。
RefusalCode-REPORT_CONTENT_UNFIT = 「{ $kind }」の記載事項が異なります。年度終了・実績の報告には支出額を、仕入控除税額の報告には控除税額を記載してください。
RefusalCode-MILESTONES_NOT_FINAL = この交付決定には結果が確定していないマイルストーンがあります。先に決定してください。
RefusalCode-RESULT_REPORT_NOT_ACCEPTED = この交付決定の実績報告書はまだ受理されていません。先に受理してください。

## 返還と加算金・延滞金

RefusalCode-RETURN_ABOVE_RECEIPTS = 受領した額を超えて返還を命ずることはできません（残額：{ $received }）。
RefusalCode-RETURN_NOT_ORDERED_YET = この返還は{ $ordered_on }に命じられています。その日以後の納付日を入力してください。
RefusalCode-TRANCHE_SET_OFF = この交付区分の一部は返還金等と相殺済みで、残額はなお支払えるため、支払の決定を取り消せません。
RefusalCode-NOTHING_OUTSTANDING = この返還命令に未納の額はありません。
RefusalCode-ABOVE_OUTSTANDING = 未納の額（{ $outstanding }）を超えています。
RefusalCode-CANCELLED_ABOVE_DECIDED = 交付決定額（{ $decided }）を超えて取り消すことはできません。額を改めるか、全部を取り消してください。
RefusalCode-RETURN_ABOVE_CANCELLED = 取消し部分について返還を命ずることができるのは{ $left }までです。額を改めるか、先に取消しの範囲を広げてください。
RefusalCode-SUBSIDY_RATE_DIFFERS = この年度の補助率は{ $expected }ですが、報告書には{ $found }と記載されています。交付決定の補助率を記載してください。
RefusalCode-AWARD_NOT_CANCELLED = この交付決定は全部も一部も取り消されていません。先に取り消すか、別の事由で返還を命じてください。
RefusalCode-TAX_CREDIT_NOT_ACCEPTED = { $budget_year }の仕入控除税額の報告書がまだ受理されていません。先に受理してください。
RefusalCode-DETERMINATION_STANDS = 現在の確定額を超えることになります。先にこの年度の額を改めて確定してください。
RefusalCode-FIXED_AFTER_RETURN = 新たに確定する額のうち{ $returned }は既に返還済み又は不納欠損とされており、額の確定によって再び支払うことはできません。過誤納金の払戻しの手続によってください。
RefusalCode-WAIVER_REFERENCE_REQUIRED = 免除には協議の文書番号が必要です。入力してください。
RefusalCode-RETURN_OVERDUE = この事業者には納期限（{ $due_on }）を過ぎた未納の額（{ $owed }）があります。先にこれに充当してください。
RefusalCode-NOTHING_OVERDUE = この事業者には納期限を過ぎた返還金等がないため、相殺できません。

## 年度末と精算

RefusalCode-CARRY_OVER_UNFOUNDED = 繰越には事項、理由および承認の文書番号が必要です。不足しているものを入力してください。
RefusalCode-CARRY_OVER_ABOVE_BALANCE = 繰越額が残高を超えています（「{ $account }」の残高：{ $balance }）。
RefusalCode-YEAR_END_BLOCKED = この年度はまだ締められません：{ $blockers }。

YearEndBlockerCode-ALREADY_CLOSED = この年度はすでに締められています
YearEndBlockerCode-CLOSE_OUT_NOT_REACHED = この年度の予算はまだ支出できます
YearEndBlockerCode-EARLIER_YEAR_OPEN = 前の年度を先に締める必要があります
YearEndBlockerCode-MONEY_PAYABLE = 交付を承認済みで未送金の金額があります。支払うか、承認を取り消してください
YearEndBlockerCode-MONEY_IN_TRANSIT = 送金中の支払があります。銀行の回答を記録してください
RefusalCode-AWARD_NOT_OVER = 精算済みとすることができるのは、完了、終了または取消しの交付決定だけです（現在の状態：「{ $state }」）。
RefusalCode-TAX_CREDIT_OPEN = { $budget_year }の仕入控除税額が未処理です。報告書を受理し、返還額があれば返還を命じてから終結してください。
RefusalCode-YEAR_NOT_DETERMINED = { $budget_year }の額の確定が済んでいません。対象となる額がない場合も確定を行ってください。
RefusalCode-ACCOUNTS_NOT_EMPTY = 残高のある勘定があるため、この交付決定を精算済みとすることはできません：{ $accounts }。
