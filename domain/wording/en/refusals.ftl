# Every answer "no": what stands against it and, where there is something to do, what to do next.

## Who may do it

RefusalCode-ROLE_REQUIRED = You do not hold a role that allows “{ $operation }” here. Roles that do: { $roles }. Ask an administrator if you should hold one.
RefusalCode-PERSON_REQUIRED = This has to be done by a natural person. Sign in under your own name.
RefusalCode-SECOND_PERSON_REQUIRED = Another person has to do this: nobody may take two parts in one payment or return. Ask a colleague who has had no part in it.
RefusalCode-TIME_NOT_YOURS = Only imports may say when something occurred. Leave the time out.
RefusalCode-IDEMPOTENCY_KEY_REQUIRED = This needs an idempotency key. Send a new key, and send the same key again if you repeat the request.
RefusalCode-IDEMPOTENCY_KEY_REUSED = This idempotency key was used for another request. Choose a new key.
RefusalCode-REASON_REQUIRED = A reason or text is missing. Write it down: the people concerned have a right to know it.
RefusalCode-INVALID_INPUT = The field “{ $field }” is not valid: { $rule }. Correct it and try again.
RefusalCode-NOTICE_FONT_MISSING = No notice can be made: there is no Japanese font in { $folders }. Install Debian's package fonts-noto-cjk, or configure a folder that has one.
RefusalCode-LETTERHEAD_MISSING = Nobody is defined in whose name notices of this programme are issued. A director of the programme defines it.
RefusalCode-RELEASE_REVOKED = The release was revoked on { $revoked_on }: there is no notice of it any more.
RefusalCode-NOT_FOUND = Not found: { $kind }. It does not exist, or you may not see it.
RefusalCode-STALE = This was changed in the meantime; its version is now { $current_version }. Load it again and repeat your change.
RefusalCode-ALREADY_EXISTS = This exists already: { $kind }. Use the existing one, or choose another name or number.
RefusalCode-ADMINISTRATOR_EXISTS = An administrator exists already. Further administrators are appointed by granting the role.
RefusalCode-ROLE_SCOPE_WRONG = This role cannot be granted for this scope. Applicant roles are granted for an organization, administrators and auditors for the programme, the others for a programme or a theme.
RefusalCode-ROLE_ALREADY_ENDED = This role has ended already.
RefusalCode-TOKEN_ALREADY_REVOKED = This token is revoked already.
RefusalCode-CORPORATE_NUMBER_INVALID = This is not a valid corporate number. It has 13 digits, the first of which is a check digit.

## Amounts and dates

RefusalCode-AMOUNT_UNREADABLE = “{ $text }” cannot be read as an amount. Write a plain decimal number without separators and with no more decimals than the currency has.
RefusalCode-AMOUNT_OUT_OF_RANGE = The amount is larger than can be counted. Check the figure.
RefusalCode-AMOUNT_NOT_POSITIVE = The amount must be above zero.
RefusalCode-CURRENCY_MISMATCH = The amount has to be in { $expected }, but is in { $found }.
RefusalCode-DATE_IN_PAST = { $date } is past. Choose today or a later day.
RefusalCode-DATE_IN_FUTURE = { $date } is in the future. Choose today or an earlier day.
RefusalCode-DATE_NOT_LATER = The new date must be later than { $date }.
RefusalCode-DATE_REQUIRED = This outcome needs a date. Name it.

## Themes, budget and ledger

RefusalCode-THEME_NOT_PUBLISHED = The theme or its gate template is not published yet. A director has to publish it first.
RefusalCode-ALREADY_PUBLISHED = This is published already and can no longer be changed. Draft a new version.
RefusalCode-PUBLISHER_IS_AUTHOR = Whoever wrote a draft may not publish it. Another person has to.
RefusalCode-TEMPLATE_UNSOUND = The gate template is not sound; look at “{ $place }”. Advance, stages and retention must make 100 %, and the stages must be numbered from 1.
RefusalCode-ENVELOPE_EXHAUSTED = The envelope of { $budget_year } is not enough: { $left } is left. Lower the amount, or appropriate more first.
RefusalCode-ENVELOPE_MISSING = Nothing is appropriated to this theme for { $budget_year }. Define its envelope first.
RefusalCode-NOTHING_TO_COMMIT = Everything planned for { $budget_year } is committed already.
RefusalCode-TRANSFER_NOT_ALLOWED = The ledger does not allow “{ $kind }” from { $from } to { $to }.
RefusalCode-ACCOUNT_OVERDRAWN = The account “{ $account }” has too little left for this.

## The award

RefusalCode-AWARD_NOT_READY = “{ $operation }” is not possible: the award is “{ $state }”.
RefusalCode-AWARD_SUSPENDED = The award is suspended until { $until } (Act 13). This becomes possible again when the authority resumes it.
RefusalCode-AWARD_NOT_SUSPENDED = The award is not suspended.
RefusalCode-NOTICE_ALREADY_RECORDED = The day on which the notice was received is on record already, and it is another one.
RefusalCode-NOTICE_BEFORE_DECISION = The notice cannot have been received before the decision of { $decided_on }.
RefusalCode-WITHDRAWAL_TERM_OVER = The term for withdrawing ended on { $ended_on } (Act 9). If circumstances have changed, ask the authority to end the award (Act 10).
RefusalCode-MONEY_ALREADY_RELEASED = Money of this award was released already. Revoke the release first, while that is still possible.

## The plan

RefusalCode-PLAN_WITHOUT_MILESTONES = The plan has no milestone. It needs at least one.
RefusalCode-PLAN_ORDINALS_WRONG = The milestones of the plan are not numbered upwards from 1.
RefusalCode-PLAN_CRITERIA_WRONG = Milestone { $milestone } has no criterion, or the same criterion twice.
RefusalCode-PLAN_SHARES_WRONG = The payable shares of milestone { $milestone } do not make 100 %.
RefusalCode-PLAN_WEIGHTS_WRONG = The weights of milestone { $milestone } do not make 100 %.
RefusalCode-PLAN_AMOUNT_NEGATIVE = An amount of the plan is below zero: { $amount }.
RefusalCode-PLAN_TOTAL_DIFFERS = The parts of the plan make { $planned }, but the decided amount is { $expected }.
RefusalCode-PLAN_CHANGE_OPEN = A change of plan is proposed already. Wait until it is approved or refused.
RefusalCode-PLAN_CHANGE_ANSWERED = This change of plan was answered already. Propose a new version if another change is needed.
RefusalCode-PLAN_CHANGE_PENDING = The applicant has until { $due } to propose the change of plan. Decide again when it is refused or the day has passed.
RefusalCode-TRANCHE_UNDER_SEAL = This milestone and its tranche are sealed and cannot be changed. Withdraw the submission, or void its gate, first.
RefusalCode-CARRY_OVER_REQUIRED = Money of { $budget_year } cannot serve another year without a carry-over. Let it return to the envelope, choose a milestone of the same year, or name an approved carry-over into the next one.
RefusalCode-CARRY_TARGET_WRONG = Money can be carried only to a later milestone that is still locked. Choose such a milestone, or let the money return to the envelope.
RefusalCode-CARRIED_MONEY_IN_USE = This gate carried money to a later milestone, and that milestone was submitted or replanned since. Have its submission withdrawn or its gate voided first; otherwise decide with a change of plan.
RefusalCode-REMAINDER_REQUIRED = Part of the tranche was not earned. Decide whether it returns to the envelope or is carried to a later milestone.

## Milestones and submissions

RefusalCode-MILESTONE_LOCKED = This milestone is locked: an earlier one is not resolved yet.
RefusalCode-MILESTONE_NOT_READY = “{ $operation }” is not possible: the milestone is “{ $state }”.
RefusalCode-MILESTONE_NOT_HELD = This milestone is not on hold.
RefusalCode-ALREADY_SUBMITTED = A version is submitted already. To change it, withdraw it before a gate is convened.
RefusalCode-NOTHING_SUBMITTED = Nothing is submitted for this milestone yet.
RefusalCode-DRAFT_MISSING = There is no draft. Write one before you submit.
RefusalCode-KPI_VALUE_MISSING = The measured value for criterion “{ $criterion }” is missing. Enter it.
RefusalCode-KPI_VALUE_UNREADABLE = The measured value for criterion “{ $criterion }” cannot be read. Write a plain decimal number.
RefusalCode-EVIDENCE_MISSING = Criterion “{ $criterion }” needs evidence of this kind: { $kind }. Attach it.
RefusalCode-EVIDENCE_TOO_LARGE = The file is too large; at most { $bytes_max } bytes are accepted. Split or compress it.
RefusalCode-EVIDENCE_EMPTY = The file is empty.
RefusalCode-EVIDENCE_TYPE_NOT_ACCEPTED = Files of this type are not accepted: { $media_type }. Convert the file, for instance to PDF.
RefusalCode-EVIDENCE_NOT_STORED = This file was never uploaded. Upload it first, then attach it.
RefusalCode-CRITERION_UNKNOWN = This milestone has no criterion “{ $criterion }”.
RefusalCode-ROUNDS_EXHAUSTED = All { $rounds_max } rounds of this milestone are used; another rework is not possible. Choose another outcome.
RefusalCode-FAILURE_CONTINUED = The later milestones go on after this failure already; that can no longer be taken back.

## The gate

RefusalCode-GATE_NOT_CONVENED = No gate is convened on this submission yet.
RefusalCode-GATE_ALREADY_CONVENED = A gate is convened on this submission already.
RefusalCode-GATE_ALREADY_RECOMMENDED = The panel has made its recommendation; declarations and votes are closed.
RefusalCode-GATE_NOT_RECOMMENDED = The panel has not made its recommendation yet. The chair has to recommend first.
RefusalCode-GATE_ALREADY_DECIDED = This gate is decided already.
RefusalCode-GATE_VOIDED = This gate is void. A new one has to be convened.
RefusalCode-GATE_MONEY_INSTRUCTED = Money of this gate is in a payment batch. Cancel the batch first.
RefusalCode-GATE_MONEY_SENT = Money of this gate has been sent already, so it can no longer be voided. It is a finding for the authority.
RefusalCode-SEAL_MISMATCH = What is stored is no longer what was sealed. Nothing may build on it: the gate has to be voided.
RefusalCode-SEAL_NOT_THE_GATES = Your vote names another seal than this gate's. Load the gate again and judge what it shows.
RefusalCode-CHAIR_AND_DEPUTY_REQUIRED = A panel needs exactly one chair and one deputy. Name them.
RefusalCode-MEMBER_TWICE_ON_ROSTER = Somebody is on the roster twice. Name everyone once.
RefusalCode-MEMBER_NOT_IN_POOL = This person is not in the theme's pool of reviewers and chairs. Choose somebody from the pool.
RefusalCode-APPLICANT_ON_ROSTER = A person of the applicant's side cannot sit on its panel. Choose somebody else.
RefusalCode-NOT_ON_ROSTER = This person does not sit on this panel.
RefusalCode-MEMBER_RECUSED = This member is recused and takes no further part in this gate.
RefusalCode-MEMBER_ALREADY_RECUSED = This member is recused already.
RefusalCode-MEMBER_REPLACED = This member was replaced and no longer sits on this panel.
RefusalCode-MEMBER_DOES_NOT_VOTE = This member sits without a vote.
RefusalCode-DECLARATION_REQUIRED = Declare your conflicts of interest for this gate first, also if there are none.
RefusalCode-MEMBER_HAS_VOTED = This member has voted already. A conflict learned now is recorded as a late one.
RefusalCode-CONFLICT_REQUIRED = Name the conflict of interest that is the ground for the recusal.
RefusalCode-SCORE_OUT_OF_RANGE = A score is from 1 to 10, not { $score }.
RefusalCode-FINDING_MISSING = Your finding on criterion “{ $criterion }” is missing. Judge every criterion.
RefusalCode-QUORUM_NOT_MET = There is no quorum yet: { $votes } of the { $votes_needed } votes needed are cast, or they come from too few bodies.
RefusalCode-QUORUM_UNREACHABLE = This panel cannot reach its quorum any more: { $eligible } eligible, { $votes_needed } votes needed, or too few bodies, or no chair or deputy left. Replace members, or void the gate and convene a new one.
RefusalCode-VOTES_PENDING = Votes still missing: { $missing }. The panel can recommend when all have voted, or after { $deadline_on }.
RefusalCode-NOT_THE_PANELS_CHAIR = Only the chair of the panel recommends; the deputy only where the chair may not judge.
RefusalCode-MAJORITY_DECIDES = The majority has voted for “{ $outcome }”. No other outcome can be recommended.
RefusalCode-PICK_AMONG_LEADERS_REQUIRED = No outcome has the majority. Choose one of those with most votes, and say why: { $outcomes }.
RefusalCode-BLOCKING_CRITERION_UNMET = The blocking criterion “{ $criterion }” is not met, so this outcome is not open.
RefusalCode-PARTIAL_SHARE_NOT_PART = A partial pass needs a share between nothing and everything; the criteria met make { $share }.
RefusalCode-CONDITIONS_REQUIRED = A conditional pass needs at least one condition. Lay it down.
RefusalCode-OUTCOME_NOT_OPEN = “{ $outcome }” is not open here. Choose another outcome.

## Conditions

RefusalCode-CONDITIONS_PENDING = Blocking conditions are still open. Discharge them or declare them unmet first.
RefusalCode-CONDITION_UNMET = A blocking condition was declared unmet. The authority decides how it goes on.
RefusalCode-CONDITION_ALREADY_ANSWERED = This condition is answered already: { $state }.
RefusalCode-BLOCKING_CONDITION_NOT_WAIVABLE = A blocking condition cannot be waived. It is discharged, extended or declared unmet.
RefusalCode-NOT_THE_VERIFIER = Another person verifies this condition. Ask the verifier named in it.

## Tranches

RefusalCode-RELEASE_BLOCKED = The tranche cannot be released yet. What stands against it: { $blockers }.
RefusalCode-TRANCHE_NOT_READY = “{ $operation }” is not possible: the tranche is “{ $state }”.
RefusalCode-TRANCHE_ALREADY_RELEASED = This tranche is released already.
RefusalCode-TRANCHE_NOT_RELEASED = This tranche is not released.
RefusalCode-TRANCHE_ALREADY_INSTRUCTED = This tranche is on its way to the bank and can no longer be revoked.
RefusalCode-TRANCHE_TOO_SMALL = The change is larger than the tranche that should carry it. Choose a smaller change or another tranche.
RefusalCode-YEAR_STILL_OPEN = The money of this budget year may be spent until { $until }. It can lapse after that day.
RefusalCode-YEAR_CLOSED = The money of this budget year could be committed and spent until { $closed_on }. Move the tranche to a later year by a change of plan.

## Payment

RefusalCode-BANK_UNKNOWN = The bank list has no bank { $bank }. Check the number.
RefusalCode-BRANCH_UNKNOWN = Bank { $bank } has no branch { $branch }. Check the number.
RefusalCode-NAME_NOT_WRITABLE = Character { $place } of the holder's name, “{ $character }”, cannot be written by banks. Give the name in katakana, as the passbook has it.
RefusalCode-NAME_TOO_LONG = The holder's name is too long ({ $chars } characters of at most { $chars_max }; a voicing mark counts as one).
RefusalCode-NAME_EMPTY = Give the name of the account's holder.
RefusalCode-VALUE_DATE_NO_BUSINESS_DAY = Banks do not work on { $date }. Name a business day from { $next } on.
RefusalCode-VALUE_DATE_TOO_EARLY = Name a business day from { $earliest } on as the value date.
RefusalCode-PAYEE_ACCOUNT_ANSWERED = This account was answered already ({ $state }).
RefusalCode-CALL_BACK_CONTACT_NOT_KNOWN = Call back on a contact that was on record before the change of the account was proposed.
RefusalCode-CONFIRMER_OF_PAYEE = Whoever confirms an account must not belong to the body that is paid, and must not have belonged to it within the years that count as a conflict. Ask another person.
RefusalCode-CALL_BACK_TO_ONESELF = Nobody calls themself back. Call somebody of the body who was on record before the change.
RefusalCode-PAYEE_ACCOUNT_ALTERED = Version { $version } of the account no longer says what was recorded when it was proposed or confirmed. Pay nothing to it, and have the books verified.
RefusalCode-CALL_BACK_BEFORE_CHANGE = The call-back has to be made on or after the day of the change ({ $proposed_on }).
RefusalCode-DUTIES_COLLIDE = Whoever is “{ $held }” of this payment cannot be “{ $duty }” too. Ask another person.
RefusalCode-PAYMENT_BLOCKED = Rows of the batch cannot be paid. Each row, with its award and tranche and what stands against it: { $rows }.
RefusalCode-PAYMENT_NOT_SENT = This payment was not handed to the bank yet.
RefusalCode-PAYMENT_ALREADY_SENT = This payment was handed to the bank already.
RefusalCode-PAYMENT_ALREADY_SETTLED = This payment has arrived already.
RefusalCode-PAYMENT_BOUNCED = The bank returned this payment. Clear the cause, then instruct it anew.
RefusalCode-PAYMENT_WITHDRAWN = This payment ended when its batch was cancelled.
RefusalCode-BOUNCE_NOT_CLEARED = The cause for which the bank returned the payment is not cleared. Change the account, or say what was done about it.
RefusalCode-BATCH_EMPTY = The batch has no payment. Choose at least one.
RefusalCode-BATCH_TOO_LARGE = The batch is larger than a bank takes ({ $rows_max } payments, { $total_max } yen in all). Split it.
RefusalCode-PAYMENT_TOO_LARGE = The amount is above what a bank takes in one payment ({ $amount_max } yen).
RefusalCode-BATCH_ROWS_UNFIT = Some rows cannot be handed to a bank. { $faults }
RefusalCode-REFERENCE_NOT_WRITABLE = Banks do not take the reference “{ $reference }”: it has at most { $chars_max } capitals, digits, blanks and the signs ( ) - / .
RefusalCode-PUBLISHER_MISSING = Nobody is defined who publishes the awards of this programme, or nobody was at that instant. A director of the programme defines it.
RefusalCode-NOTHING_PUBLISHED = No award of this programme had been accepted at that instant: there is nothing to publish.
RefusalCode-ORIGINATOR_MISSING = There is no account to pay from: none is defined, or none was when the batch was approved.
RefusalCode-BATCH_FILE_DIFFERS = The file would not be the one any more that was taken first (SHA-256 { $sha256 }). Use that one.
RefusalCode-BATCH_DIFFERS = The batch no longer says what was approved (first row that differs: { $row }). Cancel it and prepare it anew.
RefusalCode-BATCH_ALREADY_REVIEWED = This batch is reviewed already.
RefusalCode-BATCH_ALREADY_APPROVED = This batch is approved already.
RefusalCode-BATCH_NOT_APPROVED = This batch is not approved yet. Somebody else than its preparer has to approve it.
RefusalCode-BATCH_ALREADY_EXPORTED = This batch was handed to the bank already.
RefusalCode-AS_OF_NOT_CLOSED = The books of that instant are not closed yet: it must be 30 seconds ago.
RefusalCode-FILE_OF_WHOLE_PROGRAMME = This file is of the whole programme. It is for those who hold their role for all of it.
RefusalCode-BATCH_NOT_EXPORTED = This batch is not exported yet. What it says can be read out only after that.
RefusalCode-BATCH_CANCELLED = This batch was cancelled. Prepare a new one.
RefusalCode-SETTLEMENT_LINE_RESOLVED = This answer of the bank waits for nobody ({ $state }).
RefusalCode-SETTLEMENT_UNMATCHED = The answer of the bank does not fit this payment: { $why }. Choose another payment, or dismiss the answer.
RefusalCode-SETTLEMENT_CONTRADICTS = The answer of the bank contradicts what is on record of this payment: { $why }. Ask the bank.
RefusalCode-RECEIPT_TAKEN_BACK = This receipt was taken back. Record the money anew.
RefusalCode-RECEIPT_REFUNDED = A part of this receipt was paid back to the payer already. It cannot be taken back any more.
RefusalCode-RECEIPT_FOLLOWED = The order to return was paid, set off or waived since. Take the later payments back first, or read the receipt again.
RefusalCode-RETURN_ENDED = The order to return was given up or rescinded since. What paid it before stays.
RefusalCode-AWARD_CLOSED = The award is closed. Its payments stay as they are.
RefusalCode-SETTLEMENT_REPEATED = The same answer is on record of this payment already. Dismiss it.
RefusalCode-SETTLEMENT_NOT_BY_HAND = This answer came in a file of the bank. Only an answer that a person recorded or matched is taken back.
RefusalCode-SETTLEMENT_TAKEN_BACK = This answer was taken back already.
RefusalCode-SETTLEMENT_FOLLOWED = Something followed on this answer: another answer, a clearing, another payment or the revocation of the release. It is not taken back.
RefusalCode-SETTLEMENT_PART_DIFFERS = Part { $part } of { $parts } of the file with this name was brought with other lines. Give another file another name.
RefusalCode-BOUNCE_ALREADY_CLEARED = It is on record already that the cause is cleared.
