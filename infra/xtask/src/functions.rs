/// A deployed function and what the tools must know of it.
pub(crate) struct Function {
    /// Its folder under `functions/`, its `[env.NAME]` in wrangler.toml, its crate `postern-NAME`.
    pub(crate) name: &'static str,
    /// The secrets it is given, and no others (least privilege).
    pub(crate) secrets: &'static [&'static str],
    /// Most gzipped bytes its WASM may have on Workers.
    pub(crate) workers_limit: u64,
    /// The same on Spin, where the runtime's bindings, Rust's own runtime and Unicode's tables come
    /// along.
    pub(crate) spin_limit: u64,
}

const KB: u64 = 1024;

/// Every function; the front door comes first because it holds the public port.
pub(crate) const FUNCTIONS: [Function; 13] = [
    Function { name: "web", secrets: &[], workers_limit: 300 * KB, spin_limit: 150 * KB },
    Function {
        name: "users",
        secrets: &["SESSION_KEY"],
        workers_limit: 304 * KB,
        spin_limit: 375 * KB,
    },
    Function {
        name: "links",
        secrets: &["SESSION_KEY"],
        workers_limit: 300 * KB,
        spin_limit: 380 * KB,
    },
    Function {
        name: "signup",
        secrets: &["SESSION_KEY", "SETUP_TOKEN"],
        workers_limit: 300 * KB,
        spin_limit: 350 * KB,
    },
    Function {
        name: "signup-tokens",
        secrets: &["SESSION_KEY"],
        workers_limit: 300 * KB,
        spin_limit: 350 * KB,
    },
    Function {
        name: "passkeys",
        secrets: &["SESSION_KEY"],
        workers_limit: 400 * KB,
        spin_limit: 470 * KB,
    },
    Function {
        name: "groups",
        secrets: &["SESSION_KEY"],
        workers_limit: 304 * KB,
        spin_limit: 370 * KB,
    },
    Function {
        name: "access",
        secrets: &["SESSION_KEY"],
        workers_limit: 300 * KB,
        spin_limit: 355 * KB,
    },
    Function {
        name: "administration",
        secrets: &["SESSION_KEY", "DATA_KEY"],
        workers_limit: 300 * KB,
        spin_limit: 372 * KB,
    },
    Function {
        name: "transfer",
        secrets: &["SESSION_KEY"],
        workers_limit: 300 * KB,
        spin_limit: 350 * KB,
    },
    Function {
        name: "pictures",
        secrets: &["SESSION_KEY"],
        workers_limit: 412 * KB,
        spin_limit: 466 * KB,
    },
    Function {
        name: "email",
        secrets: &["SESSION_KEY", "DATA_KEY", "MAIL_RELAY_SECRET"],
        workers_limit: 360 * KB,
        spin_limit: 444 * KB,
    },
    Function {
        name: "ldap-sync",
        secrets: &["SESSION_KEY", "LDAP_PROXY_SECRET"],
        workers_limit: 430 * KB,
        spin_limit: 512 * KB,
    },
];

impl Function {
    pub(crate) fn package(&self) -> String {
        format!("postern-{}", self.name)
    }

    /// The front door has neither variables nor a database.
    pub(crate) fn is_front_door(&self) -> bool {
        self.name == "web"
    }
}
