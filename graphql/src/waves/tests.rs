use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Mutex, mpsc};

use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};

use super::*;

/// Keys of one batch, in order, and of which kind they are.
type Read = (&'static str, Vec<u32>);

/// Answers every key and keeps what it was asked for.
#[derive(Clone, Default)]
struct Shelves(Arc<Mutex<Vec<Read>>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Chapters(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Author(u32);

impl Shelves {
    async fn read(&self, kind: &'static str, keys: impl Iterator<Item = u32>) {
        // The batches of a wave answer one after the other, not at once.
        tokio::task::yield_now().await;
        let mut keys: Vec<_> = keys.collect();
        keys.sort_unstable();
        self.0.lock().unwrap().push((kind, keys));
    }
}

impl Loader<Chapters> for Shelves {
    type Value = Vec<u32>;
    type Error = Infallible;

    async fn load(&self, keys: &[Chapters]) -> Result<HashMap<Chapters, Vec<u32>>, Infallible> {
        self.read("chapters", keys.iter().map(|key| key.0)).await;
        let chapters = |key: &Chapters| (*key, vec![key.0 * 10, key.0 * 10 + 1]);
        Ok(keys.iter().map(chapters).collect())
    }
}

impl Loader<Author> for Shelves {
    type Value = u32;
    type Error = Infallible;

    async fn load(&self, keys: &[Author]) -> Result<HashMap<Author, u32>, Infallible> {
        self.read("author", keys.iter().map(|key| key.0)).await;
        Ok(keys.iter().map(|key| (*key, key.0 + 1_000)).collect())
    }
}

type Shelf = DataLoader<Shelves, HashMapCache>;

async fn load<K>(ctx: &async_graphql::Context<'_>, key: K) -> <Shelves as Loader<K>>::Value
where
    K: core::hash::Hash + Eq + Clone + Send + Sync + 'static,
    Shelves: Loader<K, Error = Infallible>,
{
    let loaded = ctx.data_unchecked::<Shelf>().load_one(key).await;
    loaded.unwrap().unwrap()
}

struct Book(u32);

#[Object]
impl Book {
    async fn author(&self, ctx: &async_graphql::Context<'_>) -> u32 {
        load(ctx, Author(self.0)).await
    }

    async fn chapters(&self, ctx: &async_graphql::Context<'_>) -> Vec<Book> {
        let chapters = load(ctx, Chapters(self.0)).await;
        chapters.into_iter().map(Book).collect()
    }

    /// The same rows as `chapters`, then once more something of each.
    async fn first_author(&self, ctx: &async_graphql::Context<'_>) -> u32 {
        let chapters = load(ctx, Chapters(self.0)).await;
        load(ctx, Author(chapters[0])).await
    }
}

struct Library;

#[Object]
impl Library {
    /// Reads directly, and answers after `pauses` turns of the runtime.
    async fn books(
        &self,
        ctx: &async_graphql::Context<'_>,
        from: u32,
        count: u32,
        pauses: u32,
    ) -> Vec<Book> {
        let direct = ctx.data_unchecked::<DirectReads>();
        direct
            .count(async {
                for _ in 0..pauses {
                    tokio::task::yield_now().await;
                }
                (from..from + count).map(Book).collect()
            })
            .await
    }

    /// A field that waits for a clock, as a command waits for its database.
    async fn slow(&self) -> bool {
        tokio::time::sleep(core::time::Duration::from_millis(2)).await;
        true
    }
}

/// The batches that `document` takes.
async fn batches(document: &str) -> Vec<Read> {
    let shelves = Shelves::default();
    let (queue, queued) = mpsc::channel();
    let direct = DirectReads::default();
    let queue = move |batch| drop(queue.send(batch));
    let shelf: Shelf = DataLoader::with_cache(shelves.clone(), queue, HashMapCache::default())
        .delay(core::time::Duration::ZERO)
        .max_batch_size(usize::MAX);
    let request = async_graphql::Request::new(document)
        .data(shelf)
        .data(direct.clone());
    let schema = Schema::new(Library, EmptyMutation, EmptySubscription);
    let answer = drive(schema.execute(request), queued, direct).await;
    assert!(answer.is_ok(), "{:?}", answer.errors);
    // Within a wave they come in the order in which their first key was asked for.
    shelves.0.lock().unwrap().clone()
}

fn range(from: u32, count: u32) -> Vec<u32> {
    (from..from + count).collect()
}

#[tokio::test]
async fn each_level_takes_one_batch_of_each_kind_however_wide_it_is() {
    for count in [1, 2, 40, 1_500] {
        let read = batches(&format!(
            "{{ books(from: 1, count: {count}, pauses: 0) {{ author chapters {{ author }} }} }}"
        ))
        .await;
        let mut below: Vec<_> = range(1, count)
            .iter()
            .flat_map(|book| [book * 10, book * 10 + 1])
            .collect();
        // What two levels share was read with the first.
        below.retain(|chapter| *chapter > count);
        let expected = vec![
            ("author", range(1, count)),
            ("chapters", range(1, count)),
            ("author", below),
        ];
        assert_eq!(read, expected, "{count} books");
    }
}

#[tokio::test]
async fn fields_that_ask_twice_share_the_waves_of_their_neighbours() {
    let read = batches(
        "{ books(from: 1, count: 2, pauses: 0) { firstAuthor author chapters { author } } }",
    )
    .await;
    let expected = vec![
        ("chapters", vec![1, 2]),
        ("author", vec![1, 2]),
        ("author", vec![10, 11, 20, 21]),
    ];
    assert_eq!(read, expected);
}

#[tokio::test]
async fn children_of_an_early_root_wait_for_a_late_one() {
    let read = batches(
        "{ early: books(from: 1, count: 2, pauses: 0) { author } \
           late: books(from: 5, count: 2, pauses: 7) { author chapters { author } } }",
    )
    .await;
    let expected = vec![
        ("author", vec![1, 2, 5, 6]),
        ("chapters", vec![5, 6]),
        ("author", vec![50, 51, 60, 61]),
    ];
    assert_eq!(read, expected);
}

#[tokio::test]
async fn what_is_neither_read_nor_queued_is_waited_for() {
    let answered = batches("{ slow books(from: 1, count: 1, pauses: 0) { author } }").await;
    assert_eq!(answered, vec![("author", vec![1])]);
}

#[tokio::test]
async fn a_read_that_is_given_up_is_no_longer_counted() {
    let direct = DirectReads::default();
    let mut read = Box::pin(direct.count(core::future::pending::<()>()));
    assert!(futures_util::poll!(&mut read).is_pending());
    assert!(direct.are_under_way());
    drop(read);
    assert!(!direct.are_under_way());
}
