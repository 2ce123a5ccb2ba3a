use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Stands between two who speak over TCP and passes on what they say, as far as it is told to. Whoever
/// is to reach a server that comes and goes is given its port.
#[derive(Clone)]
pub struct Middleman {
    /// Where it listens.
    pub port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    orders: Mutex<Orders>,
    changed: Condvar,
}

#[derive(Default)]
struct Orders {
    to: Option<u16>,
    limit: Option<(u64, Limit)>,
    /// Connections that pass before the limit holds.
    before: u64,
    /// Whether an answer stands still.
    is_held: bool,
    passed_on: u64,
    connections: u64,
    /// Connections that have not ended.
    open: u64,
    /// The length of each answer since it was last asked.
    answers: Vec<u64>,
}

/// What happens to an answer at its limit.
#[derive(Clone, Copy, PartialEq)]
enum Limit {
    Cut,
    Hold,
}

impl Middleman {
    /// Listens on `port`, or on any for 0, and hangs up until it knows whom to pass on to.
    pub fn listen(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&own);
                thread::spawn(move || shared.serve(&stream));
            }
        });
        Self { port, shared }
    }

    /// Connections lead to this port from now on.
    pub fn lead_to(&self, port: u16) {
        self.orders().to = Some(port);
    }

    /// Connections are hung up on from now on.
    pub fn lead_nowhere(&self) {
        self.orders().to = None;
    }

    /// Every answer ends after so many bytes, as if its sender had died.
    pub fn cut_after(&self, bytes: u64) {
        self.orders().limit = Some((bytes, Limit::Cut));
    }

    /// The answer after `answers` more of them ends after so many bytes, and so do those that follow.
    pub fn cut_later(&self, answers: u64, bytes: u64) {
        let mut orders = self.orders();
        (orders.before, orders.limit) = (answers, Some((bytes, Limit::Cut)));
    }

    /// Every answer stands still after so many bytes, until [`Self::release`].
    pub fn hold_after(&self, bytes: u64) {
        self.orders().limit = Some((bytes, Limit::Hold));
    }

    /// Waits until an answer stands still.
    pub fn wait_for_hold(&self) {
        let waiting = |orders: &mut Orders| !orders.is_held;
        let patience = Duration::from_mins(1);
        let waited = self.shared.changed.wait_timeout_while(self.orders(), patience, waiting);
        assert!(waited.unwrap().0.is_held, "no answer came so far");
    }

    /// Answers are whole again, also the one that stands still.
    pub fn release(&self) {
        let mut orders = self.orders();
        (orders.limit, orders.is_held, orders.before) = (None, false, 0);
        self.shared.changed.notify_all();
    }

    /// How many bytes of answers it has passed on.
    pub fn passed_on(&self) -> u64 {
        self.orders().passed_on
    }

    /// How long each answer was, the head included, since this was last asked.
    pub fn answers(&self) -> Vec<u64> {
        let ended = self.shared.changed.wait_while(self.orders(), |orders| orders.open > 0);
        std::mem::take(&mut ended.unwrap().answers)
    }

    /// How many connections it has had.
    pub fn connections(&self) -> u64 {
        self.orders().connections
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.shared.orders()
    }
}

impl Shared {
    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, client: &TcpStream) {
        let (to, is_limited) = self.arrival();
        if let Some(server) = to.and_then(|port| TcpStream::connect(("127.0.0.1", port)).ok()) {
            let (from, onward) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || {
                let _ = std::io::copy(&mut &from, &mut &onward);
                let _ = onward.shutdown(Shutdown::Write);
            });
            let _ = self.answer(&server, client, is_limited);
            let _ = server.shutdown(Shutdown::Both);
        }
        let _ = client.shutdown(Shutdown::Both);
        self.orders().open -= 1;
        self.changed.notify_all();
    }

    /// Where a connection leads, and whether the limit holds for its answer.
    fn arrival(&self) -> (Option<u16>, bool) {
        let mut orders = self.orders();
        orders.connections += 1;
        orders.open += 1;
        let is_limited = orders.before == 0;
        orders.before = orders.before.saturating_sub(1);
        (orders.to, is_limited)
    }

    fn answer(
        &self,
        mut server: &TcpStream,
        mut client: &TcpStream,
        is_limited: bool,
    ) -> std::io::Result<()> {
        let mut buffer = vec![0; 16 * 1024];
        let mut passed = 0;
        loop {
            let length = server.read(&mut buffer)?;
            if length == 0 {
                self.orders().answers.push(passed);
                return Ok(());
            }
            let whole = buffer.get(..length).unwrap_or_default();
            let most = length as u64;
            let admitted = if is_limited { self.admit(passed, most) } else { most };
            let (now, later) = whole.split_at(usize::try_from(admitted).unwrap_or(length));
            client.write_all(now)?;
            if !later.is_empty() {
                if !self.may_go_on() {
                    return Ok(());
                }
                client.write_all(later)?;
            }
            passed += length as u64;
            self.orders().passed_on += length as u64;
        }
    }

    /// How much of `length` more bytes goes at once.
    fn admit(&self, passed: u64, length: u64) -> u64 {
        let limit = self.orders().limit.map_or(u64::MAX, |(bytes, _)| bytes);
        limit.saturating_sub(passed).min(length)
    }

    /// Stands still if that is what the limit is for; false if the answer ends here.
    fn may_go_on(&self) -> bool {
        let mut orders = self.orders();
        if matches!(orders.limit, Some((_, Limit::Cut))) {
            return false;
        }
        orders.is_held = orders.limit.is_some();
        self.changed.notify_all();
        drop(self.changed.wait_while(orders, |orders| orders.is_held));
        true
    }
}
