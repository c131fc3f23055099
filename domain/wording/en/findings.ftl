# What verification can find wrong in the books.

FindingCode-ROW_UNREADABLE = A row cannot be read as what it should be.
FindingCode-TRANSFER_NOT_ALLOWED = A transfer has a shape that the ledger does not know.
FindingCode-ACCOUNT_OVERDRAWN = An account is below zero that may not be.
FindingCode-RELEASE_TRANSFER_WRONG = A release and its transfers do not agree.
FindingCode-RELEASE_WITHOUT_GATE = A release stands without a gate passed on its seal.
FindingCode-CALCULATION_WRONG = A calculation sheet does not give the amount released.
FindingCode-TRANCHE_STATE_WRONG = A tranche's state and its releases do not agree.
FindingCode-RELEASED_ABOVE_DECIDED = More is released of an award than was decided.
FindingCode-COMMITTED_WITHOUT_NEED = More is committed to an award than its tranches need.
FindingCode-LOCK_WRONG = A milestone is open or locked against the state of the earlier ones.
FindingCode-CARRY_OVER_WRONG = A carry-over and its transfer do not agree.
FindingCode-YEAR_CLOSING_WRONG = A closing of a budget year and its transfers do not agree, or it left money in the year.
FindingCode-CLOSED_YEAR_MOVED = Money moved in a budget year after it was closed.
FindingCode-SEAL_MISMATCH = A submission no longer says what was sealed.
FindingCode-GATE_WITHOUT_QUORUM = A gate's votes do not make the quorum or the recommendation on record.
FindingCode-SECOND_PERSON_MISSING = One person took two parts in one payment.
FindingCode-PAYEE_ACCOUNT_ALTERED = A payee account no longer says what was sealed when it was proposed or confirmed.
FindingCode-EVIDENCE_MISSING = Stored evidence is missing.
FindingCode-EVIDENCE_ALTERED = Stored evidence no longer has the hash that was signed.
FindingCode-AUDIT_CHAIN_BROKEN = An audit chain has a gap or an altered event.
FindingCode-COMMAND_UNAUDITED = A row was written by a command that the audit does not know.
FindingCode-DETERMINATION_WRONG = A determination does not follow from its figures, or does not cover what was paid
FindingCode-RETURN_ORDER_WRONG = An order to return does not agree with its transfers
