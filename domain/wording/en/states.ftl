# Where things stand.

AwardStateCode-OFFERED = Offered
AwardStateCode-ACTIVE = Active
AwardStateCode-SUSPENDED = Suspended
AwardStateCode-COMPLETED = Completed
AwardStateCode-WITHDRAWN = Withdrawn
AwardStateCode-ENDED = Ended
AwardStateCode-CANCELLED = Cancelled
AwardStateCode-CLOSED = Closed

MilestoneStateCode-LOCKED = Locked
MilestoneStateCode-OPEN = Open
MilestoneStateCode-SUBMITTED = Submitted
MilestoneStateCode-IN_REVIEW = In review
MilestoneStateCode-HELD = On hold
MilestoneStateCode-AWAITING_PLAN_CHANGE = Awaiting a change of plan
MilestoneStateCode-PASSED_CONDITIONALLY = Passed conditionally
MilestoneStateCode-PASSED = Passed
MilestoneStateCode-FAILED = Not passed
MilestoneStateCode-CANCELLED = Cancelled

SubmissionState-DRAFT = Draft
SubmissionState-SEALED = Sealed and handed in
SubmissionState-WITHDRAWN = Taken back

PlanChangeAnswer-PENDING = Pending
PlanChangeAnswer-REFUSED = Refused

PlanState-PROPOSED = Proposed
PlanState-APPROVED = Approved
PlanState-REFUSED = Refused

GateState-CONVENED = Convened
GateState-RECOMMENDED = Recommended
GateState-DECIDED = Decided
GateState-VOIDED = Void

ConditionState-OPEN = Open
ConditionState-DISCHARGED = Discharged
ConditionState-WAIVED = Waived
ConditionState-UNMET = Unmet

TrancheState-PLANNED = Planned
TrancheState-RELEASED = Released
TrancheState-INSTRUCTED = Instructed
TrancheState-SENT = Sent to the bank
TrancheState-SETTLED = Paid
TrancheState-BOUNCED = Returned by the bank
TrancheState-WITHHELD = Withheld
TrancheState-LAPSED = Lapsed

PublicationState-DRAFT = Draft
PublicationState-PUBLISHED = Published

PayeeAccountState-PROPOSED = To be confirmed
PayeeAccountState-CONFIRMED = Confirmed
PayeeAccountState-REJECTED = Rejected

InstructionState-INSTRUCTED = In a batch
InstructionState-SENT = Sent
InstructionState-SETTLED = Settled
InstructionState-BOUNCED = Returned by the bank
InstructionState-WITHDRAWN = Withdrawn

BatchState-PREPARED = Prepared
BatchState-REVIEWED = Reviewed
BatchState-APPROVED = Approved
BatchState-EXPORTED = Handed to the bank
BatchState-CANCELLED = Cancelled

LineState-MATCHED = Matched
LineState-REPEATED = Recorded before
LineState-UNMATCHED = To be matched
LineState-DISMISSED = Dismissed
