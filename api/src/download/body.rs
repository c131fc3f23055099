//! A download as the body of an answer.

use super::Download;
use bytes::Bytes;
use futures_util::{Stream, stream};
use std::{
    io::{self, Write},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::{
        OwnedSemaphorePermit,
        mpsc::{Receiver, Sender, channel},
    },
    time::Instant,
};

/// Pieces of the file under way at most; each has some kilobytes.
const PIECES_MAX: usize = 16;

/// The bytes of `download` as they are written. They end with an error where the file broke off, and
/// only after its end is on record: whoever has the last byte can ask for what it was. A reader that
/// takes nothing for `silence_max` has gone, and so has one that has not taken everything within `whole_max`,
/// where there is one. `turn` is held until the end.
pub fn streamed(
    download: Download,
    silence_max: Duration,
    whole_max: Option<Duration>,
    turn: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let (sender, receiver) = channel(PIECES_MAX);
    let body = Body {
        sender: sender.clone(),
        silence_max,
        ends_at: whole_max.map(|within| Instant::now() + within),
        runtime: Handle::current(),
    };
    // Its own task: a reader that goes away must not end it before its end is noted.
    tokio::spawn(async move {
        let _turn = turn;
        if let Err(failure) = download.write(body).await {
            // Nobody there to be told.
            let _ = sender.send(Err(io::Error::other(failure))).await;
        }
    });
    stream::unfold(
        receiver,
        |mut receiver: Receiver<io::Result<Bytes>>| async {
            let piece = receiver.recv().await?;
            Some((piece, receiver))
        },
    )
}

/// The end at which the file is written, on a thread that may wait.
struct Body {
    sender: Sender<io::Result<Bytes>>,
    silence_max: Duration,
    ends_at: Option<Instant>,
    runtime: Handle,
}

impl Write for Body {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.sender.send(Ok(Bytes::copy_from_slice(bytes)));
        let taken = self.runtime.block_on(async {
            let silent_at = Instant::now() + self.silence_max;
            let gone_at = self.ends_at.map_or(silent_at, |end| end.min(silent_at));
            tokio::time::timeout_at(gone_at, sent).await
        });
        match taken {
            Ok(Ok(())) => Ok(bytes.len()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
