# What waits for somebody, and why.

TaskKind-ACCEPT_AWARD = An award is offered: accept it, or withdraw within the term (Act 9)
TaskKind-SUBMIT_MILESTONE = The milestone is open: submit what it has achieved
TaskKind-REWORK_MILESTONE = A new round is open: submit the milestone again
TaskKind-PROPOSE_PLAN_CHANGE = The authority asked for a change of plan: propose it (Act 7)
TaskKind-CONVENE_GATE = A milestone was submitted: convene its gate
TaskKind-DECLARE_CONFLICT = You sit on a gate: declare your conflicts of interest
TaskKind-SIGN_GATE = You have declared no conflict: sign your vote
TaskKind-RECOMMEND_GATE = The panel is ready: recommend its outcome
TaskKind-REPLACE_MEMBER = The panel can no longer reach its quorum: replace members
TaskKind-CONCLUDE_GATE = The panel has not recommended yet: declarations, votes or the recommendation are missing
TaskKind-DECIDE_GATE = The panel has recommended: decide
TaskKind-ANSWER_HOLD = The date of a hold has passed: resume, extend or decide
TaskKind-ANSWER_MISSING_PLAN_CHANGE = The change of plan asked for was refused or did not come: decide
TaskKind-ANSWER_PLAN_CHANGE = A change of plan is proposed: approve or refuse it
TaskKind-ANSWER_FAILURE = A milestone was not passed: say how the award goes on
TaskKind-ANSWER_UNMET_CONDITION = A blocking condition was not met: decide
TaskKind-ANSWER_OVERDUE_CONDITION = The date of a condition has passed: extend it, waive it or declare it unmet
TaskKind-CONFIRM_CONDITION = A condition of a pass is open: confirm it once it is met
TaskKind-ANSWER_SUSPENSION = The date of a suspension has passed: resume or end the award (Act 13)
TaskKind-COMMIT_YEAR = The budget of the year is appropriated: commit the award's part of it
TaskKind-ANSWER_YEAR_END = The budget year of the tranche is over: carry its money over or let it lapse
TaskKind-RELEASE_TRANCHE = Nothing stands against the tranche: release it
