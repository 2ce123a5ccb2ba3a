use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use axum::{Extension, Router};
use directory::Middleman;
use http_api::{Declared, Routes};
use platform::native::{
    FixedSettings, MemoryKeyValue, NativeDatabase, NativeHttp, NativeSockets, SystemClock,
    SystemEntropy,
};
use platform::{Clock, Database, KeyValue, Log, NoWake, Outward, Platform, Wake};
use serde_json::Value;
use web::{Function, function_for};

use crate::in_process::InProcess;
use crate::waking::Waking;
use crate::{mail_relay, mail_server};

/// The set-up token of a native deployment.
pub const SETUP_TOKEN: &str = "native-setup-token";

/// The key that starts the dispatcher of a native deployment.
pub const SCHEDULE_KEY: &str = "native-schedule-key";

const MIGRATIONS: &[&str] = &[
    include_str!("../../../infra/migrations/0001_initial.sql"),
    include_str!("../../../infra/migrations/0002_signup_tokens.sql"),
    include_str!("../../../infra/migrations/0003_mail.sql"),
    include_str!("../../../infra/migrations/0004_mail_flows.sql"),
    include_str!("../../../infra/migrations/0005_upkeep.sql"),
    include_str!("../../../infra/migrations/0006_links_swept.sql"),
    include_str!("../../../infra/migrations/0007_ldap.sql"),
    include_str!("../../../infra/migrations/0008_ldap_pictures.sql"),
    include_str!("../../../infra/migrations/0009_ldap_plans.sql"),
    include_str!("../../../infra/migrations/0010_mail_bounds.sql"),
];

/// All functions' routes, served from this process.
pub struct NativeServer {
    /// Where.
    pub base_url: String,
    /// Its access log.
    pub ledger: Arc<Ledger>,
    /// Where it looks for the proxy beside a directory.
    pub ldap: Middleman,
}

/// Keeps the access log, line by line.
#[derive(Default)]
pub struct Ledger(Mutex<Vec<Value>>);

impl Log for Ledger {
    fn line(&self, line: &str) {
        let line: Value = serde_json::from_str(line).expect("log lines are JSON");
        if line.get("fault").is_some() {
            eprintln!("{line}");
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

impl Ledger {
    /// The lines so far.
    pub fn lines(&self) -> Vec<Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A migrated database in memory.
pub fn database() -> NativeDatabase {
    let database = NativeDatabase::in_memory().expect("SQLite opens");
    migrate(&database);
    database
}

/// Brings an empty database up to date.
pub fn migrate(database: &NativeDatabase) {
    for migration in MIGRATIONS {
        database.migrate(migration).expect("the migration applies");
    }
}

fn functions() -> [(Function, Routes); 12] {
    [
        (Function::Users, users::routes()),
        (Function::Links, links::routes()),
        (Function::Signup, signup::routes()),
        (Function::SignupTokens, signup_tokens::routes()),
        (Function::Passkeys, passkeys::routes()),
        (Function::Groups, groups::routes()),
        (Function::Access, access::routes()),
        (Function::Administration, administration::routes()),
        (Function::Transfer, transfer::routes()),
        (Function::Pictures, pictures::routes()),
        (Function::Email, email::routes()),
        (Function::LdapSync, ldap_sync::routes()),
    ]
}

/// Every route of every function.
pub fn declared() -> Vec<Declared> {
    functions().iter().flat_map(|(_, routes)| routes.declared().to_vec()).collect()
}

/// Where a deployment keeps things.
type Storage = (Arc<dyn Database>, Arc<dyn KeyValue>);

impl NativeServer {
    /// Serves `database` on a free port until the process ends. Mail waits for the schedule.
    pub fn start(database: Arc<dyn Database>, rate_limits: &str) -> Self {
        Self::start_at(database, rate_limits, Arc::new(SystemClock))
    }

    /// The same, by another clock.
    pub fn start_at(database: Arc<dyn Database>, rate_limits: &str, clock: Arc<dyn Clock>) -> Self {
        Self::start_with(database, rate_limits, clock, Arc::new(MemoryKeyValue::default()))
    }

    /// The same, with another key-value store.
    pub fn start_with(
        database: Arc<dyn Database>,
        rate_limits: &str,
        clock: Arc<dyn Clock>,
        key_value: Arc<dyn KeyValue>,
    ) -> Self {
        let settings = [("RATE_LIMITS", rate_limits)];
        Self::serve((database, key_value), &settings, clock, Arc::new(NoWake), |_| ())
    }

    /// Without rate limits, by another clock; mail goes by the relay at `url`.
    pub fn start_relayed(database: Arc<dyn Database>, clock: Arc<dyn Clock>, url: &str) -> Self {
        let storage: Storage = (database, Arc::new(MemoryKeyValue::default()));
        let settings = [
            ("RATE_LIMITS", "off"),
            ("MAIL_TRANSPORT", "relay"),
            ("MAIL_RELAY_URL", url),
            ("MAIL_RELAY_SECRET", mail_relay::SECRET),
        ];
        Self::serve(storage, &settings, clock, Arc::new(NoWake), |_| ())
    }

    /// Without rate limits; a sync may use so few statements a request as D1's free plan allows.
    pub fn start_frugal(database: Arc<dyn Database>) -> Self {
        let storage: Storage = (database, Arc::new(MemoryKeyValue::default()));
        let settings = [("RATE_LIMITS", "off"), ("LDAP_BUDGET", "45")];
        Self::serve(storage, &settings, Arc::new(SystemClock), Arc::new(NoWake), |_| ())
    }

    /// Without rate limits, by another clock; so few mails a run as D1's free plan allows.
    pub fn start_with_little_mail(database: Arc<dyn Database>, clock: Arc<dyn Clock>) -> Self {
        let storage: Storage = (database, Arc::new(MemoryKeyValue::default()));
        let settings = [("RATE_LIMITS", "off"), ("MAIL_BUDGET", "15")];
        Self::serve(storage, &settings, clock, Arc::new(NoWake), |_| ())
    }

    /// Without rate limits; mail goes by `transport`.
    pub fn start_sending_by(database: Arc<dyn Database>, transport: &str) -> Self {
        let storage: Storage = (database, Arc::new(MemoryKeyValue::default()));
        let settings = [("RATE_LIMITS", "off"), ("MAIL_TRANSPORT", transport)];
        Self::serve(storage, &settings, Arc::new(SystemClock), Arc::new(NoWake), |_| ())
    }

    /// The same, by the system's clock; who queues mail wakes the dispatcher.
    pub fn start_waking(database: Arc<dyn Database>, rate_limits: &str) -> Self {
        Self::start_waking_at(database, rate_limits, Arc::new(SystemClock))
    }

    /// The same, by another clock.
    pub fn start_waking_at(
        database: Arc<dyn Database>,
        rate_limits: &str,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let waking = Arc::new(Waking::default());
        let wake = Arc::clone(&waking) as Arc<dyn Wake>;
        let storage: Storage = (database, Arc::new(MemoryKeyValue::default()));
        let settings = [("RATE_LIMITS", rate_limits)];
        Self::serve(storage, &settings, clock, wake, |platform| {
            waking.ask(email::routes().on(platform.clone()).layer(outward(platform)));
        })
    }

    fn serve(
        (database, key_value): Storage,
        own: &[(&str, &str)],
        clock: Arc<dyn Clock>,
        wake: Arc<dyn Wake>,
        then: impl FnOnce(&Platform),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let base_url = format!("http://localhost:{port}");
        let ledger = Arc::new(Ledger::default());
        let ldap = Middleman::listen(0);
        let platform = Platform {
            database,
            key_value,
            clock,
            entropy: Arc::new(SystemEntropy),
            settings: Arc::new(settings(&base_url, own, &ldap)),
            log: Arc::clone(&ledger) as Arc<dyn Log>,
            wake,
        };
        then(&platform);
        let router = front_door(&platform);
        std::thread::spawn(move || serve(listener, router));
        Self { base_url, ledger, ldap }
    }
}

fn settings(base_url: &str, own: &[(&str, &str)], ldap: &Middleman) -> FixedSettings {
    let ldap_proxy = format!("http://127.0.0.1:{}", ldap.port);
    let settings = FixedSettings::from([
        ("APP_URL", base_url),
        ("SESSION_KEY", "native-session-key-0123456789abcdef"),
        ("DATA_KEY", "native-data-key-0123456789abcdefgh"),
        ("SETUP_TOKEN", SETUP_TOKEN),
        ("SCHEDULE_KEY", SCHEDULE_KEY),
        ("MAIL_BUDGET", "500"),
        ("LDAP_PROXY_URL", &ldap_proxy),
        ("LDAP_PROXY_SECRET", directory::SECRET),
    ]);
    own.iter().fold(settings, |settings, (name, value)| settings.and(name, value))
}

fn outward(platform: &Platform) -> Extension<Outward> {
    Extension(Outward {
        sockets: Arc::new(NativeSockets::trusting([mail_server::authority()])),
        http: Arc::new(NativeHttp::trusting([mail_server::authority()])),
        mail: None,
        beside: Arc::new(InProcess(pictures::routes().on(platform.clone()))),
    })
}

/// Routes by the same table as the front door's.
fn front_door(platform: &Platform) -> Router {
    let outward = outward(platform);
    let on = |(function, routes): (Function, Routes)| {
        (function, routes.on(platform.clone()).layer(outward.clone()))
    };
    let routers = Arc::new(functions().map(on));
    Router::new().fallback(move |request: axum::extract::Request| {
        let asked = function_for(request.uri().path()).unwrap_or(Function::Users);
        let found = routers.iter().find(|(function, _)| *function == asked);
        let router = found.expect("every function is served").1.clone();
        async move { tower::ServiceExt::oneshot(router, request).await }
    })
}

fn serve(listener: TcpListener, router: Router) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    listener.set_nonblocking(true).expect("a non-blocking socket");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        axum::serve(listener, router).await.expect("the server runs");
    });
}
