# What the form of a field can be wrong in.

InputRule-REQUIRED = it has to say something
InputRule-LENGTH = it is too short or too long
InputRule-RANGE = it is outside the range that is possible
InputRule-FORM = it is not in the form that is asked for
InputRule-NO_CONTROL_CHARACTERS = it has characters that nobody can read
InputRule-CAPITALS_OR_DIGITS = it takes capitals and digits only
InputRule-EMAIL = it is no address of electronic mail
InputRule-SHA_256 = it is no SHA-256 in 64 lower-case hex digits
InputRule-DECIMAL = it is no decimal number
InputRule-UNKNOWN_CODE = there is no such code
InputRule-DUPLICATE = it comes twice
InputRule-MUST_BE_TRUE = leave it out or say true
InputRule-NOT_BEFORE_FROM = it lies before the first day
InputRule-UP_OR_DOWN = a decision is modified up or down
InputRule-ACT_7_OR_ACT_10 = a decision is modified under article 7 or article 10
InputRule-BY_DETERMINATION = is ordered by the determination of its year
InputRule-FROM_THE_REPORT = follows from the accepted report and is left out
InputRule-ONLY_WITH_PARTIAL = it goes with a partial pass only
InputRule-SEAL_IS_INTACT = the seal matches the stored data, so this is no ground
InputRule-NO_LATE_CONFLICT_ON_RECORD = record the conflict of interest first
InputRule-AWARD_IS_IN_FORCE = the award is in force, so this is no ground
InputRule-ORDER_OF_TIME = what happened is told in the order of time
InputRule-DECLARE_BEFORE_SIGNING = a declaration comes before the vote of its member
