//! Rows on their way from whoever reads them to whoever writes them.
//!
//! The writers wait: for a disk, or for a slow connection. So they have a thread of their own, and rows
//! come to it in pages. Only a few pages are ever under way, and what breaks off on one side ends the
//! other: a reader that fails says no last word, and without that no file is finished.

use super::WriteFailure;
use exports::{ExportError, Tally};
use futures_util::future::BoxFuture;
use std::io;
use store::read::export::Page;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pages under way at most.
const PAGES_MAX: usize = 2;

enum Piece<T> {
    Rows(Vec<T>),
    End,
}

/// Where rows are sent to.
pub(super) struct Outlet<T>(Sender<Piece<T>>);

/// Where rows come out.
pub(super) struct Intake<T>(Receiver<Piece<T>>);

impl<T> Intake<T> {
    /// Does `each` with every row, up to the last.
    ///
    /// # Errors
    /// What `each` answers, or that the rows broke off before their end.
    pub(super) fn each(
        mut self,
        mut each: impl FnMut(&T) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        loop {
            match self.0.blocking_recv() {
                Some(Piece::Rows(rows)) => rows.iter().try_for_each(&mut each)?,
                Some(Piece::End) => return Ok(()),
                None => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
            }
        }
    }
}

impl<T> Outlet<T> {
    /// Sends every row of every page, each as `piece` makes it. Ends early when nobody takes them any
    /// more: why is for the other side to say.
    ///
    /// # Errors
    /// When a page cannot be read.
    pub(super) async fn pages<'a, R, K>(
        &self,
        first: K,
        page: impl Fn(K) -> BoxFuture<'a, Result<Page<R, K>, store::Error>> + Send,
        piece: impl Fn(R) -> T + Send,
    ) -> Result<(), store::Error>
    where
        K: Send,
        R: Send,
        T: Send,
    {
        let mut next = Some(first);
        while let Some(key) = next {
            let (rows, after) = page(key).await?;
            let rows = rows.into_iter().map(&piece).collect();
            if self.0.send(Piece::Rows(rows)).await.is_err() {
                return Ok(());
            }
            next = after;
        }
        Ok(())
    }

    /// Says that these were all.
    async fn end(self) {
        // Nobody there: the other side says why.
        let _ = self.0.send(Piece::End).await;
    }
}

/// Writes on a thread of its own what `feed` sends.
///
/// # Errors
/// The reader's failure before the writer's: without rows there is no file.
pub(super) async fn written<T, F>(
    write: impl FnOnce(Intake<T>) -> Result<Tally, ExportError> + Send + 'static,
    feed: impl FnOnce(Outlet<T>) -> F,
) -> Result<Tally, WriteFailure>
where
    T: Send + 'static,
    F: Future<Output = Result<Outlet<T>, store::Error>>,
{
    let (sender, receiver) = channel(PAGES_MAX);
    let writing = tokio::task::spawn_blocking(move || write(Intake(receiver)));
    let fed = match feed(Outlet(sender)).await {
        Ok(outlet) => {
            outlet.end().await;
            Ok(())
        }
        Err(error) => Err(error),
    };
    let written = writing.await.map_err(|error| {
        let broken = io::Error::other(error);
        WriteFailure::File(broken.into())
    })?;
    fed?;
    Ok(written?)
}
