//! The words in which the story of an award is told: what happens to it, on which day.
//!
//! A story is data. Its days are counted from the day of the seeding and lie before it; days that are
//! set in it, such as the end of a hold, may lie behind it.

use domain::award::Remainder;
use domain::closing::ReportKind;
use domain::gate::{ConflictKind, VoidCause};
use domain::milestone::{FollowUp, Outcome};
use domain::payment::ReturnReason;

/// An award with everything that happens to it.
#[derive(Debug)]
pub(super) struct Story {
    /// The code of its theme.
    pub(super) theme: &'static str,
    /// The code of the gate template that its plan is made from.
    pub(super) template: &'static str,
    /// The base number of the applicant body.
    pub(super) applicant: u64,
    /// What it is for, in Japanese.
    pub(super) ja: &'static str,
    /// What it is for, in English.
    pub(super) en: &'static str,
    /// The decided amount, in yen.
    pub(super) decided: i64,
    /// The day of the decision.
    pub(super) offered: i64,
    /// The days on which its milestones are due.
    pub(super) due: &'static [i64],
    /// Who is named in it beside the applicant's representative and researcher.
    pub(super) named: &'static [Named],
    /// What happens then, in order.
    pub(super) deeds: &'static [(i64, Deed)],
}

impl Story {
    /// Whether the body reports on the years that are over when the story ends: not where it leaves that
    /// out, nor where the award is cancelled.
    pub(super) fn is_reported(&self) -> bool {
        let mut deeds = self.deeds.iter();
        !deeds.any(|(_, deed)| matches!(deed, Deed::LeaveReports | Deed::Cancel))
    }
}

/// Somebody from elsewhere who is named in an award.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    /// A reviewer.
    Reviewer(Reviewer),
    /// The researcher of the body with this base number.
    ResearcherOf(u64),
}

/// A reviewer of the pool. The first three are personas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reviewer {
    One,
    Two,
    Three,
    /// Belonged to an applicant body until lately.
    Four,
    /// Is named in an award.
    Five,
}

/// Who sits on a panel beside chair and deputy.
#[derive(Debug, Clone, Copy)]
pub(super) enum Panel {
    /// The first three reviewers.
    Three,
    /// All five.
    Five,
}

impl Panel {
    pub(super) const fn reviewers(self) -> &'static [Reviewer] {
        use Reviewer::{Five, Four, One, Three, Two};
        match self {
            Self::Three => &[One, Two, Three],
            Self::Five => &[One, Two, Three, Four, Five],
        }
    }
}

/// How much of its criteria a submission shows; the panel finds the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of them.
    Everything,
    /// Only those without which no pass is possible.
    Essentials,
    /// All but those without which no pass is possible.
    TooLittle,
}

/// What a panel recommends or the authority decides, with what it lays down.
#[derive(Debug, Clone, Copy)]
pub(super) enum Verdict {
    Go,
    Conditional {
        requirements: &'static [Requirement],
        may_proceed: bool,
    },
    Partial(&'static Remainder),
    Rework,
    Hold {
        until: i64,
    },
    Redirect {
        due: i64,
    },
    NoGo,
    Terminate,
}

impl Verdict {
    pub(super) const fn outcome(self) -> Outcome {
        match self {
            Self::Go => Outcome::Go,
            Self::Conditional { .. } => Outcome::ConditionalGo,
            Self::Partial(_) => Outcome::Partial,
            Self::Rework => Outcome::Rework,
            Self::Hold { .. } => Outcome::Hold,
            Self::Redirect { .. } => Outcome::Redirect,
            Self::NoGo => Outcome::NoGo,
            Self::Terminate => Outcome::Terminate,
        }
    }
}

/// A condition of a conditional pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Requirement {
    /// What must be done, in both languages.
    pub(super) text: &'static str,
    pub(super) due: i64,
    pub(super) blocking: bool,
    pub(super) verifier: By,
}

/// Who confirms a condition.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    Chair,
    Officer,
}

/// A change of plan.
#[derive(Debug, Clone, Copy)]
pub(super) enum PlanEdit {
    /// This milestone and those behind it are due so many days later.
    Postpone { from: u16, days: u64 },
    /// This milestone is due a year later, and paid out of the next year's budget.
    NextYear(u16),
    /// This milestone is left out, and its money goes to the next.
    Drop(u16),
}

/// A tranche of the award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paid {
    Advance,
    /// The tranche of this milestone.
    For(u16),
    /// What was kept back until the determination.
    Retention,
}

/// A batch of several awards, told after their stories: see [`payments`](super::payments).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bundle {
    /// It was cancelled, and what was in it waits in another one for its approval.
    Waiting,
    /// It is approved and goes to the bank on a later day.
    Approved,
    /// It is with the bank, which has not answered.
    Sent,
}

/// What somebody does. The number is the milestone's; who does it follows from what it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// The officer records that the notice arrived.
    Notice,
    /// The representative accepts, the notice having arrived that day.
    Accept,
    /// The representative withdraws the award.
    Withdraw,
    /// The director suspends it until a day.
    Suspend {
        until: i64,
    },
    Resume,
    End,
    /// The director raises the decided amount by so many yen, paid for this milestone.
    Raise(u16, i64),
    /// The director lowers it.
    Lower(u16, i64),
    /// The director commits what the award needs of the next year's budget.
    CommitNextYear,

    /// The researcher drafts, with evidence.
    Draft(u16, Shown),
    /// The researcher drafts and the representative submits.
    Submit(u16, Shown),
    WithdrawSubmission(u16),
    Propose(PlanEdit),
    ApprovePlan,
    RefusePlan,

    /// The officer convenes a panel.
    Convene(u16, Panel),
    /// Chair, deputy and reviewers declare that nothing connects them; who is recused does not.
    DeclareAll(u16),
    Declare(u16, Reviewer, ConflictKind),
    /// The reviewers in their order sign for these outcomes, on days that follow each other.
    Sign(u16, &'static [Outcome]),
    /// This one signs.
    SignAs(u16, Reviewer, Outcome),
    /// The chair recommends what the majority voted for.
    Recommend(u16, Verdict),
    /// The chair picks one of the outcomes with most votes.
    Pick(u16, Verdict),
    /// The director decides so.
    Decide(u16, Verdict),
    /// The director decides otherwise.
    Depart(u16, Verdict),
    /// A whole sitting of three: convened that day, declared the next, signed after ten, recommended
    /// after fifteen and decided after twenty days.
    Sit(u16, Verdict),
    /// The officer records a conflict; a late one where the reviewer has signed.
    Recuse(u16, Reviewer, ConflictKind),
    Replace {
        milestone: u16,
        leaving: Reviewer,
        joining: Reviewer,
    },
    Void(u16, VoidCause),

    /// The verifier confirms the condition; conditions count from 0.
    Discharge(u16, usize),
    /// The director puts its date off.
    ExtendCondition(u16, usize, i64),
    Waive(u16, usize),
    DeclareUnmet(u16, usize),
    /// The director resumes a hold with a new sitting.
    ResumeReview(u16, Panel),
    ResumeRework(u16),
    ExtendHold {
        milestone: u16,
        until: i64,
    },
    FollowUp(u16, FollowUp),
    Continue(u16, &'static Remainder),

    Release(Paid),
    Revoke(Paid),
    Withhold(Paid),
    Restore(Paid),
    /// The director lets it lapse, its year having closed.
    Lapse(Paid),
    /// The director carries it over: it is paid out of the next year's budget.
    CarryOver(Paid),

    /// Finance pays what was released, in a batch of its own: prepared, approved and exported that day;
    /// a week and a day later the bank says that it arrived.
    Pay(Paid),
    /// The same, and the bank says that it came back.
    Bounce(Paid, ReturnReason),
    /// The bank returns what had arrived.
    SendBack(Paid, ReturnReason),
    /// Finance records what was done about that, so that it is paid again to the same account.
    Clear(Paid),
    /// It is released although the body owes a return, in order to be kept for that.
    ReleaseForSetOff(Paid),
    /// The director keeps of it what the body owes; the rest is still to be paid.
    SetOff(Paid),
    /// What was released goes into a batch with that of other awards.
    Bundle(Paid, Bundle),
    /// The representative names another account, and finance confirms it that day.
    ChangeAccount,
    /// The representative names the first account, which nobody has confirmed yet.
    ProposeAccount,

    /// The body hands in no report on its years, on whichever day the story ends.
    LeaveReports,

    /// The director sets the budget of each year of the plan.
    SetBudgets,
    /// The officer asks for a report by a day.
    Prescribe(ReportKind, i64),
    /// The representative reports that so many hundredths of what arrived are spent.
    Report(ReportKind, u32),
    /// The officer orders that the last report be corrected by a day.
    Correct {
        until: i64,
    },
    /// The officer accepts the last report.
    AcceptReport,
    /// A status report from beginning to end: asked for, handed in and accepted that day.
    Spent(u32),
    /// The officer notes what a visit found.
    Visit,
    /// The representative reports the result: of each year of the plan, that so many hundredths of what
    /// it was to pay are spent. The officer accepts it.
    ReportResult(u32),
    /// The director finds that the work is completed.
    Complete,
    /// The director determines the amount of each year; what was paid above it is due back on a day.
    Determine {
        due: i64,
    },
    /// The director cancels it for misuse (Act 17).
    Cancel,
    /// The director orders everything that arrived to be returned by a day (Act 18).
    OrderBack {
        due: i64,
    },
    /// The director orders so many yen to be returned by a day, for which nobody is at fault.
    OrderPart {
        yen: i64,
        due: i64,
    },
    /// The director rescinds the last order to return.
    Rescind,
    /// The body pays back what was ordered back, on the slips of the orders.
    PayBack,
    /// The body pays what it was charged for being late, on the slips again, and some yen too much.
    PayCharges,
    /// The body pays so many hundredths of the last order, without its slip.
    Receive(u32),
    /// Finance applies by hand what came in without a slip.
    Apply,
    /// Finance pays back what of the money that came in nothing is owed for.
    Refund,
    /// The director gives up what is not paid of the last order.
    GiveUp,
    /// The director waives what was charged on the last order.
    WaiveCharges,
    /// The director closes it.
    Close,
}
