# The gate: outcomes, seats, conflicts; and what a milestone is measured by.

Outcome-GO = Go: passed
Outcome-CONDITIONAL_GO = Conditional go: passed with conditions
Outcome-PARTIAL = Partial: passed in part
Outcome-REWORK = Rework: submit again
Outcome-HOLD = Hold: decision put off
Outcome-REDIRECT = Redirect: the plan has to change
Outcome-NO_GO = No-go: not passed
Outcome-TERMINATE = Terminate: not passed, cancellation proposed

FollowUp-REWORK = Rework: submit again
FollowUp-NO_GO = No-go: not passed
FollowUp-TERMINATE = Terminate: not passed, cancellation proposed

VoidCause-LATE_CONFLICT = A conflict of interest was learned late
VoidCause-SEAL_MISMATCH = The stored data no longer match the seal
VoidCause-PROCEDURE = A fault of procedure
VoidCause-AWARD_ENDED = The award ended

Seat-CHAIR = Chair
Seat-DEPUTY = Deputy
Seat-MEMBER = Member

ConflictKind-NONE = No conflict of interest
ConflictKind-KIN = Kin
ConflictKind-SAME_BODY = Same body
ConflictKind-JOINT_WORK = Joint work
ConflictKind-FINANCIAL_INTEREST = Financial interest
ConflictKind-COMPETING_PROJECT = Competing project
ConflictKind-SHARED_AFFILIATION = Shared affiliation
ConflictKind-CO_AWARD = Named together in another award
ConflictKind-APPLICANT = Part of the applicant's side

RecusalGround-DECLARED = Declared by the member
RecusalGround-COMPUTED = Found in the records
RecusalGround-RECORDED = Recorded by the office
RecusalGround-LATE = Learned after the vote

EvidenceKind-REPORT = Report
EvidenceKind-DATA_SET = Data set
EvidenceKind-PROTOCOL = Study protocol
EvidenceKind-REGULATORY_CONSULTATION = Record of a PMDA consultation
EvidenceKind-CERTIFICATE = Certificate or licence
EvidenceKind-AGREEMENT = Contract or letter of a partner
EvidenceKind-SOFTWARE = Software or its release record
EvidenceKind-OTHER = Other

KpiDirection-AT_LEAST = At least
KpiDirection-AT_MOST = At most
KpiDirection-EQUALS = Exactly
