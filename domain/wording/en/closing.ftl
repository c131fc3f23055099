# Closing: costs, reports, determination, returns and charges, year end, close.

CostCategory-PERSONNEL = Personnel
CostCategory-EQUIPMENT = Equipment
CostCategory-CONSUMABLES = Consumables
CostCategory-TRAVEL = Travel
CostCategory-OUTSOURCING = Outsourcing
CostCategory-OTHER_DIRECT = Other direct costs
CostCategory-INDIRECT = Indirect costs

ReportKind-STATUS = Status report
ReportKind-YEAR_END = Fiscal-year-end report
ReportKind-RESULT = Result report
ReportKind-TAX_CREDIT = Consumption tax credit report

ReportStateCode-DRAFT = Not handed in
ReportStateCode-SUBMITTED = Handed in
ReportStateCode-CORRECTION_ORDERED = Correction ordered
ReportStateCode-ACCEPTED = Accepted

ReturnKind-CANCELLATION = Return after cancellation for misuse or breach (Acts 17 and 18, paragraph 1)
ReturnKind-OVERPAYMENT = Return of what was paid above the fixed amount (Act 18, paragraph 2)
ReturnKind-CONSUMPTION_TAX = Return of credited consumption tax
ReturnKind-GOOD_FAITH = Return after a change of circumstances, nobody being at fault

ReturnState-OPEN = Outstanding
ReturnState-REPAID = Repaid
ReturnState-WRITTEN_OFF = Written off
ReturnState-RESCINDED = Rescinded

ReductionCause-REPAID = Paid
ReductionCause-SET_OFF = Set off
ReductionCause-WRITTEN_OFF = Written off
ReductionCause-RESCINDED = Rescinded

ChargeKind-SURCHARGE = Surcharge (Act 19, paragraph 1)
ChargeKind-LATE_CHARGE = Late charge (Act 19, paragraph 2)

NoTaxCreditReason-NOT_TAXABLE = The recipient is not a taxable person
NoTaxCreditReason-SIMPLIFIED_TAXATION = The recipient is under simplified taxation
NoTaxCreditReason-SPECIFIC_INCOME = A public-interest body with more than 5 % of specific income
NoTaxCreditReason-NON_TAXABLE_SALES_ONLY = The purchases serve only sales that are not taxable
NoTaxCreditReason-UNTAXED_COSTS_ONLY = The subsidy paid only for what bears no tax

## Costs and determination

RefusalCode-COST_NEGATIVE = A cost or an income is below zero: { $amount }. Enter it as zero or more.
RefusalCode-TOTAL_BELOW_ELIGIBLE = The whole cost of { $total } is below the eligible cost of { $eligible }. Correct one of the two.
RefusalCode-BUDGET_YEAR_DIFFERS = The budget is that of { $expected }, but the expenditure that of { $found }. Choose the statement of the same year.
RefusalCode-BUDGET_MISSING = No budget is set for { $budget_year }. Set it first.
RefusalCode-EXPENDITURE_NOT_ACCEPTED = No accepted report states what was spent in { $budget_year }. Accept one first.
RefusalCode-YEAR_NOT_PAID_OUT = The award goes on, and tranches of this year still wait to be released. Release or move them, or complete the award first.
RefusalCode-YEAR_DETERMINED = The amount for { $budget_year } is determined already. What it costs to wind down is granted before that; afterwards, determine the year again.
RefusalCode-WIND_DOWN_GRANTED = The costs of winding down are granted for { $budget_year } already. Choose another year.
RefusalCode-WIND_DOWN_ABOVE_DECIDED = Of the decided amount, { $left } was not earned: no more can be granted for winding down. Enter less.
RefusalCode-PAYMENT_UNDER_WAY = { $under_way } is on its way to the recipient, and this determination would not cover it. Revoke it, or wait until it is settled, and determine then.

## Reports

RefusalCode-REPORT_ALREADY_SUBMITTED = This report is handed in and waits for an answer.
RefusalCode-REPORT_NOT_SUBMITTED = This report is not handed in yet.
RefusalCode-REPORT_CORRECTION_PENDING = A correction of this report is ordered and due on { $due_on }. Wait until it is handed in.
RefusalCode-REPORT_ALREADY_ACCEPTED = This report is accepted and can no longer be changed.
RefusalCode-REPORT_NOT_OWED = No “{ $kind }” is owed here yet: the year is not over, the work is not completed, or nobody has asked for it.
RefusalCode-REPORT_OWED_BY_LAW = A “{ $kind }” is due by law on its own day and is not asked for.
RefusalCode-RATE_ABOVE_WHOLE = A subsidy rate is at most the whole; { $rate } is more. Enter one of at most 1.
RefusalCode-REPORT_CONTENT_UNFIT = A “{ $kind }” states other things. Year-end and result reports state what was spent, tax credit reports the credit.
RefusalCode-MILESTONES_NOT_FINAL = Milestones of this award are not final yet. Decide on each of them first.
RefusalCode-RESULT_REPORT_NOT_ACCEPTED = The result report of this award is not accepted yet. Accept it first.

## Returns and charges

RefusalCode-RETURN_ABOVE_RECEIPTS = No more can be ordered back than was received: { $received } is left.
RefusalCode-RETURN_NOT_ORDERED_YET = This return was ordered on { $ordered_on }. Enter a payment on that day or later.
RefusalCode-TRANCHE_SET_OFF = A part of this tranche was kept for what the body owes, and the rest can still be paid.
RefusalCode-NOTHING_OUTSTANDING = Nothing of this return is outstanding any more.
RefusalCode-ABOVE_OUTSTANDING = The amount is larger than the { $outstanding } that is outstanding.
RefusalCode-CANCELLED_ABOVE_DECIDED = No more can be cancelled than the { $decided } that is decided. Enter less, or cancel the whole award.
RefusalCode-RETURN_ABOVE_CANCELLED = For the cancelled part no more can be ordered back than { $left }. Enter less, or cancel a larger part first.
RefusalCode-SUBSIDY_RATE_DIFFERS = The year was subsidised at { $expected }; the report states { $found }. Enter the rate of the decision.
RefusalCode-AWARD_NOT_CANCELLED = Neither this award nor a part of it is cancelled. Cancel it first, or order the return for another reason.
RefusalCode-TAX_CREDIT_NOT_ACCEPTED = No accepted report states the consumption tax credited for { $budget_year }. Accept one first.
RefusalCode-DETERMINATION_STANDS = The determination in force fixes less than the award would keep. Determine the year again first.
RefusalCode-FIXED_AFTER_RETURN = Of what would be fixed now, { $returned } has been returned or given up already, and a determination does not pay it again. Have it refunded as revenue received in error.
RefusalCode-WAIVER_REFERENCE_REQUIRED = A waiver needs the reference of the consultation on it. Enter it.
RefusalCode-RETURN_OVERDUE = This body owes { $owed }, which was due on { $due_on }. Apply the money to that first.
RefusalCode-NOTHING_OVERDUE = This body has no return or charge whose due date has passed, so nothing can be set off.

## Year end and close

RefusalCode-CARRY_OVER_UNFOUNDED = A carry-over needs its item, its reason and the reference of its approval. Enter what is missing.
RefusalCode-CARRY_OVER_ABOVE_BALANCE = More is to be carried over than there is: “{ $account }” holds { $balance }.
RefusalCode-YEAR_END_BLOCKED = The year cannot be closed yet: { $blockers }.

YearEndBlockerCode-ALREADY_CLOSED = The year is closed already
YearEndBlockerCode-CLOSE_OUT_NOT_REACHED = Its money may still be spent
YearEndBlockerCode-EARLIER_YEAR_OPEN = An earlier year has to be closed first
YearEndBlockerCode-MONEY_PAYABLE = Money is released and not sent: pay it or revoke the release
YearEndBlockerCode-MONEY_IN_TRANSIT = A payment is on its way: record what the bank answered
RefusalCode-AWARD_NOT_OVER = An award can be closed only when it is completed, ended or cancelled; this one is “{ $state }”.
RefusalCode-TAX_CREDIT_OPEN = The consumption tax credited for { $budget_year } is open. Accept the report on it, and order back what it gives, before the award is closed.
RefusalCode-YEAR_NOT_DETERMINED = The amount for { $budget_year } is not determined yet. Determine it, also when nothing was earned.
RefusalCode-ACCOUNTS_NOT_EMPTY = This award cannot be closed while accounts of it are not empty: { $accounts }.
