//! A clock that stands where a story puts it, and entropy that only counts.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendar::{jst_date, start_of_jst_day};
use store::{Clock, Entropy};

/// A date out of its text.
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// So many seconds.
pub(crate) const fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

/// A clock in the hands of a story. Its clones tell the same time. Each look takes a millisecond, so
/// that what happens later is later.
#[derive(Debug, Clone)]
pub(crate) struct TestClock(Arc<Mutex<Hands>>);

#[derive(Debug)]
struct Hands {
    now: DateTime<Utc>,
    jump: Option<(u32, TimeDelta)>,
}

impl TestClock {
    /// Nine in the morning in Japan on `day`.
    pub(crate) fn at(day: &str) -> Self {
        Self(Arc::new(Mutex::new(Hands {
            now: morning(date(day)),
            jump: None,
        })))
    }

    /// Puts the clock to nine in the morning of `day`.
    pub(crate) fn set_day(&self, day: &str) {
        self.hands(|hands| hands.now = morning(date(day)));
    }

    /// Puts the clock forward by whole days.
    pub(crate) fn pass_days(&self, days: u64) {
        self.hands(|hands| hands.now = hands.now + Days::new(days));
    }

    /// Jumps by `time` once the clock was looked at `looks` more times: a command looks at it when it
    /// begins and before it commits.
    pub(crate) fn jump_after(&self, looks: u32, time: TimeDelta) {
        self.hands(|hands| hands.jump = Some((looks, time)));
    }

    /// The day, in Japan.
    pub(crate) fn today(&self) -> NaiveDate {
        self.hands(|hands| jst_date(hands.now))
    }

    fn hands<T>(&self, turn: impl FnOnce(&mut Hands) -> T) -> T {
        turn(&mut self.0.lock().expect("an unbroken clock"))
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        self.hands(|hands| {
            hands.now += TimeDelta::milliseconds(1);
            match hands.jump {
                Some((0, time)) => {
                    hands.now += time;
                    hands.jump = None;
                }
                Some((looks, time)) => hands.jump = Some((looks - 1, time)),
                None => {}
            }
            hands.now
        })
    }
}

fn morning(day: NaiveDate) -> DateTime<Utc> {
    start_of_jst_day(day) + TimeDelta::hours(9)
}

/// Entropy that counts: all of a test's ids are different, and each run's are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counter(Arc<AtomicU64>);

impl Entropy for Counter {
    fn bytes(&self) -> [u8; 32] {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let mut bytes = [0; 32];
        for place in bytes.chunks_exact_mut(8) {
            place.copy_from_slice(&count.to_be_bytes());
        }
        bytes
    }
}
