//! Waves: the children that one level of an answer asks for are read together, and only then does
//! the answer go on.
//!
//! The resolvers of a level run within one poll of the execution and wait for their children at the
//! [loader](crate::loader). When the execution is pending, has not woken itself, and no root field
//! reads directly, then everything that could go on has: whatever will be asked for on this level
//! has been asked for. The batches queued until then, one for each kind of key, are the wave. It is
//! run to its end, all kinds at once, in the request's own task, before the execution is polled
//! again. So the number of statements depends on what is selected, never on how many rows there are
//! or how fast the database answers; a timer, which is the usual way, can promise neither.
//!
//! This is no scheduler: it orders the reads of one request and knows nothing of what they read.

use core::future::poll_fn;
use core::pin::pin;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::task::Wake;

use futures_util::future::{BoxFuture, join_all};
use futures_util::task::AtomicWaker;

/// A batch that waits for its wave: the keys of one kind, read and handed out.
pub(crate) type Batch = BoxFuture<'static, ()>;

/// How many fields read directly at this moment. They answer at different times, and what they find
/// asks for children; a wave waits for all of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct DirectReads(Arc<AtomicUsize>);

impl DirectReads {
    /// Counts `read` for as long as it is under way, also when it is given up.
    pub(crate) async fn count<F: Future>(&self, read: F) -> F::Output {
        let _counted = Counted::new(&self.0);
        read.await
    }

    fn are_under_way(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// One direct read.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Wakes the request's task, and remembers that it did. A set of futures that pauses to let others
/// run wakes itself; its level is not at its end yet.
#[derive(Default)]
struct Signal {
    woken: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        self.task.wake();
    }
}

/// How far an execution has come.
enum Progress<T> {
    Answered(T),
    Waits(Vec<Batch>),
}

/// Drives `execution` to its end; the batches that it puts into `queue` are run wave by wave.
pub(crate) async fn drive<F: Future>(
    execution: F,
    queue: Receiver<Batch>,
    direct: DirectReads,
) -> F::Output {
    let mut execution = pin!(execution);
    let signal = Arc::new(Signal::default());
    let waker = Waker::from(Arc::clone(&signal));
    let mut progress = poll_fn(move |task| {
        signal.task.register(task.waker());
        signal.woken.store(false, Ordering::SeqCst);
        if let Poll::Ready(answer) = execution.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Poll::Ready(Progress::Answered(answer));
        }
        if signal.woken.load(Ordering::SeqCst) || direct.are_under_way() {
            return Poll::Pending;
        }
        let wave: Vec<_> = queue.try_iter().collect();
        if wave.is_empty() {
            // It waits for something else: a command.
            return Poll::Pending;
        }
        Poll::Ready(Progress::Waits(wave))
    });
    loop {
        match (&mut progress).await {
            Progress::Answered(answer) => return answer,
            Progress::Waits(wave) => drop(join_all(wave).await),
        }
    }
}

#[cfg(test)]
mod tests;
