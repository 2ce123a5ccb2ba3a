//! What reading a directory of 1,000 to 100,000 entries takes and sends. Figures for people, no test.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on must fail loudly")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use directory::process::Process;
use directory::transport::Http;
use directory::{Proxy, SECRET, Slapd, people, search};
use futures_util::StreamExt;
use ldap_proxy_client::{
    Buckets, Chunks, Client, Digest, DigestsRequest, End, EntriesRequest, Item, Transport,
    TransportError,
};
use tokio::time::Instant;

const BUCKETS: u16 = 1024;

/// Counts what goes over the wire.
#[derive(Default)]
struct Counting {
    up: AtomicU64,
    down: Arc<AtomicU64>,
}

#[async_trait]
impl Transport for Counting {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunks>, TransportError> {
        self.up.fetch_add(request.body().len() as u64, Ordering::Relaxed);
        let down = Arc::clone(&self.down);
        let count = move |length: usize| {
            down.fetch_add(length as u64, Ordering::Relaxed);
        };
        let reply = Http.send(request).await?;
        Ok(reply.map(|chunks| {
            chunks.inspect(move |chunk| count(chunk.as_ref().map_or(0, bytes::Bytes::len))).boxed()
        }))
    }
}

/// What the client knows: the digests of each bucket.
type Known = BTreeMap<u16, Vec<Digest>>;

struct Bench {
    proxy: Proxy,
    entries: usize,
}

impl Bench {
    async fn measure<T>(&self, what: &str, work: impl AsyncFnOnce(Client<'_>) -> (T, u64)) -> T {
        let transport = Counting::default();
        let url = format!("http://127.0.0.1:{}", self.proxy.port);
        let process = Process::numbered(self.proxy.process());
        let (begun, used) = (Instant::now(), process.cpu_ms());
        let (made, sent) = work(Client::new(&transport, &url, SECRET)).await;
        println!(
            "{:>7}  {what:<24} {sent:>7} {:>9} {:>9} {:>7} {:>7} {:>6}",
            self.entries,
            transport.up.load(Ordering::Relaxed) / 1024,
            transport.down.load(Ordering::Relaxed) / 1024,
            begun.elapsed().as_millis(),
            process.cpu_ms() - used,
            process.peak_kb() / 1024,
        );
        made
    }
}

async fn digests(client: Client<'_>) -> Vec<Digest> {
    let buckets = Buckets::try_from(BUCKETS).unwrap();
    client.digests(&DigestsRequest { search: search(), buckets }).await.unwrap().digests
}

async fn entries(client: Client<'_>, wanted: Known) -> (Known, End) {
    let buckets = Buckets::try_from(BUCKETS).unwrap();
    let request = EntriesRequest { search: search(), buckets, wanted };
    let mut answer = client.entries(&request).await.unwrap();
    let mut read = Known::new();
    loop {
        let (id, digest) = match answer.next().await.unwrap() {
            Item::Entry(entry) => (entry.id, entry.digest),
            Item::Same(same) => (same.id, same.digest),
            Item::More(_) => continue,
            Item::Complete(end) => return (read, end),
        };
        read.entry(buckets.of(&id)).or_default().push(digest);
    }
}

async fn run(count: usize) {
    let slapd = Slapd::with(&people::ldif(count));
    let bench = Bench { proxy: Proxy::beside(&slapd, &[]), entries: count };
    let everything: Known = (0..BUCKETS).map(|bucket| (bucket, Vec::new())).collect();
    let known = bench.measure("first import", async |client| {
        let (known, end) = entries(client, everything.clone()).await;
        (known, end.sent)
    });
    let known = known.await;
    let before = bench.measure("nothing changed", async |client| (digests(client).await, 0)).await;
    slapd.modify(&changes(count));
    let changed = bench.measure("1 % changed: digests", async |client| {
        let after = digests(client).await;
        let differ = |bucket: &u16| before[usize::from(*bucket)] != after[usize::from(*bucket)];
        ((0..BUCKETS).filter(differ).collect::<Vec<u16>>(), 0)
    });
    let wanted = |bucket: u16| (bucket, known.get(&bucket).cloned().unwrap_or_default());
    let wanted: Known = changed.await.into_iter().map(wanted).collect();
    let sent = bench.measure("1 % changed: entries", async |client| {
        let (_, end) = entries(client, wanted).await;
        (end.sent, end.sent)
    });
    assert_eq!(sent.await, (count / 100) as u64);
}

/// Every hundredth person has another address.
fn changes(count: usize) -> String {
    (0..count).step_by(100).fold(String::new(), |mut text, number| {
        let _ = write!(
            text,
            "dn: uid=person{number},ou=people,dc=example,dc=com\nchangetype: modify\n\
             replace: mail\nmail: new{number}@example.com\n\n"
        );
        text
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!(
        "entries  pass                        sent     KB up   KB down      ms  CPU ms  MB peak"
    );
    for count in [1_000, 10_000, 100_000] {
        run(count).await;
    }
}
