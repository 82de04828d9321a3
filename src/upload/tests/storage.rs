//! A storage in memory that stops, fails or lies when a test says so.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::sleep;

use async_trait::async_trait;
use futures_util::stream::{BoxStream, StreamExt as _};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMode,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

/// What a storage does with the requests that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    Good,
    /// From this request on none arrives.
    StopsAt(usize),
    /// This request is done, but its answer is lost; from the next on none arrives.
    LosesAnswerAt(usize),
    /// This one request fails.
    FailsAt(usize),
    /// Writes are done whatever their condition is.
    IgnoresConditions,
    KnowsNoConditions,
    /// The file that is written by this request is cut.
    CutsAt(usize),
}

pub struct Storage {
    pub objects: Arc<InMemory>,
    pub behaviour: Behaviour,
    /// How long a request is on its way.
    pub takes: Duration,
    pub seen: AtomicUsize,
}

impl Storage {
    pub fn new(objects: &Arc<InMemory>, behaviour: Behaviour) -> Self {
        Self { objects: Arc::clone(objects), behaviour, takes: Duration::ZERO, seen: AtomicUsize::new(0) }
    }

    pub fn requests(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }

    /// Counts a request; whether its answer is lost.
    fn count(&self) -> Result<(usize, bool)> {
        let number = self.seen.fetch_add(1, Ordering::SeqCst);
        match self.behaviour {
            Behaviour::StopsAt(at) if number >= at => Err(failed()),
            Behaviour::LosesAnswerAt(at) if number > at => Err(failed()),
            Behaviour::FailsAt(at) if number == at => Err(failed()),
            Behaviour::LosesAnswerAt(at) => Ok((number, number == at)),
            _ => Ok((number, false)),
        }
    }
}

fn failed() -> Error {
    Error::Generic { store: "test", source: "503".into() }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.behaviour)
    }
}

impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[async_trait]
impl ObjectStore for Storage {
    async fn put_opts(&self, path: &Path, payload: PutPayload, mut options: PutOptions) -> Result<PutResult> {
        sleep(self.takes).await;
        let (number, is_lost) = self.count()?;
        let mut payload = payload;
        match self.behaviour {
            Behaviour::IgnoresConditions => options.mode = PutMode::Overwrite,
            Behaviour::KnowsNoConditions if options.mode != PutMode::Overwrite => {
                return Err(Error::NotImplemented { operation: "put".into(), implementer: "test".into() });
            }
            Behaviour::CutsAt(at) if at == number => {
                let whole: Vec<u8> = payload.iter().flatten().copied().collect();
                payload = PutPayload::from(whole[..whole.len() / 2].to_vec());
            }
            _ => {}
        }
        let put = self.objects.put_opts(path, payload, options).await?;
        if is_lost { Err(failed()) } else { Ok(put) }
    }

    async fn put_multipart_opts(&self, _: &Path, _: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        Err(failed())
    }

    async fn get_opts(&self, path: &Path, options: GetOptions) -> Result<GetResult> {
        sleep(self.takes).await;
        let (_, is_lost) = self.count()?;
        let found = self.objects.get_opts(path, options).await?;
        if is_lost { Err(failed()) } else { Ok(found) }
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        let (lost, paths) = match self.count() {
            Ok((_, lost)) => (lost, paths),
            Err(error) => return futures_util::stream::once(async { Err(error) }).boxed(),
        };
        let deleted: Vec<Result<Path>> =
            futures_util::FutureExt::now_or_never(self.objects.delete_stream(paths).collect())
                .expect("memory answers at once");
        let answers = if lost { vec![Err(failed())] } else { deleted };
        futures_util::stream::iter(answers).boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match self.count() {
            Ok((_, false)) => self.objects.list(prefix),
            _ => futures_util::stream::once(async { Err(failed()) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, _: Option<&Path>) -> Result<ListResult> {
        Err(failed())
    }

    async fn copy_opts(&self, _: &Path, _: &Path, _: CopyOptions) -> Result<()> {
        Err(failed())
    }
}
