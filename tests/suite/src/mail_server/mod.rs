//! A mail server that takes mail over SMTP, or misbehaves as it is told, and counts what it took by
//! Message-ID.

mod conversation;
mod tls;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use tls::Identity;
pub use tls::{authority, authority_pem, key_and_certificate};

/// What a server does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Nothing.
    Obliging,
    /// It accepts connections and says nothing.
    Silent,
    /// Its greeting is 421: come later.
    Later,
    /// 450 to so many recipients, then nothing.
    BusyFor(u32),
    /// 550 to every recipient.
    Refusing,
    /// It refuses each mail for the link in it, and quotes that.
    Quoting,
    /// 550 to every sender.
    RefusingSender,
    /// It ends the connection in the middle of a text.
    DroppingText,
    /// It ends the connection at the final dot, and has not taken the mail.
    DroppingAtDot,
    /// It takes the mail and ends the connection before it says so.
    TakingSilently,
    /// It says everything byte by byte.
    ByteByByte,
    /// Somebody on the way has taken STARTTLS out of what it offers.
    Stripped,
    /// Somebody on the way adds to what it says before TLS.
    Injecting,
    /// Its certificate is another host's.
    WrongName,
    /// It knows nobody's password.
    WrongPassword,
    /// It takes this many milliseconds to answer the final dot.
    Slow(u64),
    /// It takes this many milliseconds to answer each recipient.
    Hesitant(u64),
    /// It says good-bye after each mail.
    OneByOne,
    /// It takes no more than a thousand bytes.
    Small,
    /// What answers speaks something else.
    NotSmtp,
}

/// A mail that a server took.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Its Message-ID, without brackets.
    pub message_id: String,
    /// From which address, by the envelope.
    pub from: String,
    /// To which address, by the envelope.
    pub to: String,
    /// Headers and text as they came, dots taken back.
    pub text: String,
    /// Whether it came over TLS.
    pub encrypted: bool,
    /// Who presented a password, if somebody did.
    pub user: Option<String>,
}

/// A server of one's own; it runs until the process ends.
#[derive(Clone)]
pub struct MailServer {
    /// Where, on localhost.
    pub port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    behaviour: Mutex<Behaviour>,
    taken: Mutex<Vec<Taken>>,
    connections: Mutex<u32>,
    identity: Identity,
    foreign: Identity,
    /// TLS from the first byte.
    implicit: bool,
}

/// The only name and password that servers know.
pub const USER: (&str, &str) = ("postern", "correct horse");

impl MailServer {
    /// Without TLS at first; it offers STARTTLS.
    pub fn start(behaviour: Behaviour) -> Self {
        Self::listen(behaviour, false)
    }

    /// With TLS from the first byte.
    pub fn start_tls(behaviour: Behaviour) -> Self {
        Self::listen(behaviour, true)
    }

    fn listen(behaviour: Behaviour, implicit: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            behaviour: Mutex::new(behaviour),
            taken: Mutex::default(),
            connections: Mutex::new(0),
            identity: Identity::of("localhost"),
            foreign: Identity::of("elsewhere.example"),
            implicit,
        });
        let server = Self { port, shared: Arc::clone(&shared) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || conversation::hold(stream, &shared));
            }
        });
        server
    }

    /// From the next command on it behaves so.
    pub fn behave(&self, behaviour: Behaviour) {
        *lock(&self.shared.behaviour) = behaviour;
    }

    /// What it took so far.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.shared.taken).clone()
    }

    /// What it took for an address.
    pub fn taken_for(&self, address: &str) -> Vec<Taken> {
        self.taken().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// How often it took each Message-ID.
    pub fn copies(&self) -> BTreeMap<String, u32> {
        let mut copies = BTreeMap::new();
        for mail in lock(&self.shared.taken).iter() {
            *copies.entry(mail.message_id.clone()).or_default() += 1;
        }
        copies
    }

    /// How many connections there have been.
    pub fn connections(&self) -> u32 {
        *lock(&self.shared.connections)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
