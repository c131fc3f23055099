# Money: tranches, what stands against them, accounts and what moves between them.

TrancheKind-ADVANCE = Advance
TrancheKind-MILESTONE = Milestone
TrancheKind-RETENTION = Retention
TrancheKind-FINAL = Final payment
TrancheKind-WIND_DOWN = Wind-down costs

PaymentBasis-ESTIMATE = Payment on estimate
PaymentBasis-SETTLEMENT = Payment on settlement

BlockerCode-GATE_NOT_PASSED = The milestone has not passed its gate yet
BlockerCode-SEAL_MISMATCH = What is stored is no longer what was sealed, so the gate has to be voided
BlockerCode-GATE_UNFOUNDED = A conflict of interest that was learned late leaves the gate without its quorum or its majority
BlockerCode-EARLIER_GATE_VOIDED = The gate of an earlier milestone was voided and has to be passed again
BlockerCode-AWARD_STATE = The award is not in a state in which this tranche is paid
BlockerCode-WITHDRAWAL_TERM_RUNNING = The withdrawal term is still running, or the receipt of the notice is not recorded
BlockerCode-NOT_COMMITTED_FOR_YEAR = The money is not committed for its budget year yet
BlockerCode-YEAR_CLOSED = The money of its budget year may no longer be spent
BlockerCode-CONSULTATION_REFERENCE_MISSING = The reference of the consultation on payment by estimate is missing (Accounts Act, article 22)
BlockerCode-DECIDED_LIMIT = More would be paid than was decided
BlockerCode-WITHHELD = The tranche is withheld (the reason is on record)
BlockerCode-AMOUNT_NOT_DETERMINED = The final amount is not determined yet (Act 15)
BlockerCode-WIND_DOWN_UNDECIDED = The authority has not decided on the costs of winding down yet (Act 10)
BlockerCode-REPORT_NOT_ACCEPTED = A report that is due is not accepted yet
BlockerCode-EARLIER_MONEY_UNUSED = Too little of the earlier payments has been used yet
BlockerCode-PAYEE_ACCOUNT_MISSING = The body has named no payee account yet
BlockerCode-PAYEE_ACCOUNT_UNVERIFIED = The payee account is not verified yet
BlockerCode-PAYEE_ACCOUNT_COOLING_DOWN = The payee account was changed recently, so nothing is paid to it for a time
BlockerCode-PAYEE_ACCOUNT_CHANGED = The payee account was changed after the payment was prepared
BlockerCode-RETURN_UNPAID = The body has a return to pay first (Act 20)

AccountKind-APPROPRIATION = Appropriation
AccountKind-ENVELOPE = Envelope
AccountKind-COMMITTED = Committed
AccountKind-RETAINED = Retained
AccountKind-PAYABLE = Payable
AccountKind-IN_TRANSIT = In transit
AccountKind-ADVANCED = Advanced
AccountKind-GRANTED = Granted
AccountKind-RETURNABLE = Returnable
AccountKind-TREASURY = Treasury
AccountKind-WRITTEN_OFF = Written off
AccountKind-CHARGES_LEVIED = Charges levied
AccountKind-CHARGES_RECEIVABLE = Charges receivable
AccountKind-UNAPPLIED = Received, not applied

TransferKind-APPROPRIATE = Appropriation
TransferKind-COMMIT = Commitment
TransferKind-RETAIN = Retention
TransferKind-RELEASE = Release
TransferKind-RELEASE_RETENTION = Release of retention
TransferKind-REVOKE = Revocation of a release
TransferKind-SEND = Sending to the bank
TransferKind-BOUNCE = Return by the bank on the way
TransferKind-SETTLE_ESTIMATE = Settlement of a payment on estimate
TransferKind-SETTLE_FINAL = Settlement of a determined payment
TransferKind-FIX = Determination of the amount
TransferKind-BANK_RETURN = Return by the bank after settlement
TransferKind-DECOMMIT = Decommitment
TransferKind-CARRY_OVER = Carry-over
TransferKind-LAPSE = Lapse
TransferKind-ORDER_RETURN = Return order
TransferKind-REPAY = Repayment
TransferKind-RESCIND = Rescission of a return order
TransferKind-WRITE_OFF = Write-off
TransferKind-LEVY = Levy of a charge
TransferKind-COLLECT = Collection of a charge
TransferKind-WAIVE = Waiver of a charge
TransferKind-SET_OFF_PAY = Set-off: kept from what is due
TransferKind-SET_OFF_APPLY = Set-off: applied to what is owed
TransferKind-RECEIVE = Receipt
TransferKind-APPLY = Application of a receipt
TransferKind-REINSTATE = Reinstatement into the envelope
TransferKind-REFUND = Refund

DecommitReason-WITHDRAWAL = Award withdrawn (Act 9)
DecommitReason-PARTIAL = Milestone passed in part
DecommitReason-NO_GO = Milestone not passed
DecommitReason-PLAN_CHANGE = Change of plan
DecommitReason-ACT_7 = Modified on application (Act 7)
DecommitReason-ACT_10 = Change of circumstances (Act 10)
DecommitReason-ACT_17 = Cancellation for misuse or breach (Act 17)
DecommitReason-FIXING = Determination of the amount (Act 15)
DecommitReason-YEAR_END = Close of the budget year

DecisionDirection-INITIAL = Initial amount
DecisionDirection-UP = Raised
DecisionDirection-DOWN = Lowered

CancellationGround-OTHER_USE = The money was used for something else
CancellationGround-BREACH = The decision, its conditions or the law were broken
CancellationGround-FALSE_STATEMENT = The decision rests on false statements

ChargeEntry-LEVIED = Levied
ChargeEntry-TAKEN_BACK = Taken back
ChargeEntry-COLLECTED = Collected
ChargeEntry-WAIVED = Waived

RecordKind-ENVELOPE = Envelope
RecordKind-AWARD = Award
RecordKind-DECIDED_AMOUNT = Decided amount
RecordKind-PLAN_VERSION = Plan version
RecordKind-GATE_DECISION = Decision on a gate
RecordKind-RELEASE = Release
RecordKind-TRANCHE = Tranche
RecordKind-DETERMINATION = Determination of the amount
RecordKind-RETURN_ORDER = Return order
RecordKind-CHARGE = Charge
RecordKind-SET_OFF = Set-off
RecordKind-CARRY_OVER = Carry-over
RecordKind-YEAR_CLOSING = Closing of a budget year
RecordKind-RECEIPT = Receipt
RecordKind-PAYMENT_INSTRUCTION = Payment instruction
RecordKind-SETTLEMENT_LINE = Answer of the bank

DisbursementKey-THEME = Theme
DisbursementKey-BUDGET_YEAR = Budget year
DisbursementKey-AWARD = Award
DisbursementKey-ORGANIZATION = Organization
DisbursementKey-KIND = Kind of tranche
DisbursementKey-STATE = State

DepositKind-ORDINARY = Ordinary deposit
DepositKind-CURRENT = Current account
DepositKind-SAVINGS = Savings deposit
DepositKind-OTHER = Another kind

AnswerColumn-REFERENCE = Payment reference
AnswerColumn-AMOUNT = Amount
AnswerColumn-CURRENCY = Currency
AnswerColumn-VALUE_DATE = Booked on
AnswerColumn-RESULT = Result
AnswerColumn-RETURN_REASON = Reason of return
AnswerColumn-RETURN_TEXT = Words of the bank

BankResultCode-SETTLED = Arrived
BankResultCode-RETURNED = Came back

ReturnReason-ACCOUNT_NOT_FOUND = No such account
ReturnReason-NAME_DIFFERS = The holder's name differs
ReturnReason-ACCOUNT_CLOSED = Account closed
ReturnReason-DEPOSITS_STOPPED = Account takes no deposits
ReturnReason-CALLED_BACK = Called back by the sender
ReturnReason-OTHER = Another ground

UnmatchedReason-REFERENCE_UNKNOWN = No payment has this reference
UnmatchedReason-AMOUNT_DIFFERS = The amount differs from the payment
UnmatchedReason-NOT_SENT = The payment was not sent
UnmatchedReason-DATED_BEFORE_SENDING = It is dated before the payment was sent
UnmatchedReason-DATED_IN_FUTURE = It is dated later than today
UnmatchedReason-MONEY_MOVED_ON = The money is no longer where the payment brought it

Contradiction-SETTLED_ON_ANOTHER_DAY = Recorded as settled on another day
Contradiction-RETURNED_OTHERWISE = Recorded as returned for another reason or on another day
Contradiction-SETTLED_AFTER_RETURN = Recorded as returned already
Contradiction-RETURNED_BEFORE_SETTLING = Returned on a day before it settled

CalculationStepCode-FLOOR_OF_SHARE = Share earned, fraction cut off
CalculationStepCode-LESSER_OF_CATEGORY = Lesser of approved and actual cost of the category
CalculationStepCode-SUM_OF_CATEGORIES = Eligible cost of all categories
CalculationStepCode-GRANT_AMOUNT = Grant for the eligible cost, cut below the unit
CalculationStepCode-DECIDED_NOT_DECOMMITTED = Decided amount less what was decommitted
CalculationStepCode-LEFT_IN_FORCE = At most what is decided in force and fixed in no other year
CalculationStepCode-FIXED_AMOUNT = Fixed amount
CalculationStepCode-DAYS_OF_PART = Days for which a part was owed
CalculationStepCode-FLOOR_OF_DAYS = Charge on all parts and days, fraction cut off
CalculationStepCode-NO_TAX_CREDIT = No tax credited
CalculationStepCode-SUBSIDISED_TAX_CREDIT = Subsidised part of the tax credited, fraction cut off

PaymentStage-CONVENING = Until the gate is convened
PaymentStage-DECISION = Until the decision
PaymentStage-REPORTING = Until the report is handed in
PaymentStage-ACCEPTANCE = Until the report is accepted
PaymentStage-DETERMINATION = Until the amount is determined
PaymentStage-RELEASE = Until the release
PaymentStage-SENDING = Until it is sent
PaymentStage-SETTLEMENT = Until it arrives
