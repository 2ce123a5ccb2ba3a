use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::failure::{Failure, failure};

pub(crate) const USAGE: &str = "\
postern-spin-host --manifest spin.toml --listen ADDRESS:PORT --db FILE
                  [--variable NAME=VALUE]... [--cache FOLDER]";

/// How to serve an application.
pub(crate) struct Serve {
    pub(crate) manifest: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) database: PathBuf,
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) cache: PathBuf,
}

/// The options as given, not understood yet.
#[derive(Default)]
struct Options {
    values: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
}

impl Serve {
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Options::read(arguments)?;
        let cache = options.path("cache").unwrap_or_else(|_| default_cache());
        let serve = Self {
            manifest: options.path("manifest")?,
            listen: options.take("listen")?.parse()?,
            database: options.path("db")?,
            variables: options.variables,
            cache: std::path::absolute(cache)?,
        };
        match options.values.into_keys().next() {
            Some(unknown) => Err(failure!("unknown option --{unknown}\n{USAGE}")),
            None => Ok(serve),
        }
    }
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let name = argument.strip_prefix("--").map(str::to_owned);
            let (Some(name), Some(value)) = (name, arguments.next()) else {
                return Err(failure!("{argument}: not understood\n{USAGE}"));
            };
            if name == "variable" {
                let (name, value) = value
                    .split_once('=')
                    .ok_or_else(|| failure!("--variable takes NAME=VALUE\n{USAGE}"))?;
                options.variables.insert(name.to_owned(), value.to_owned());
            } else {
                options.values.insert(name, value);
            }
        }
        Ok(options)
    }

    fn take(&mut self, name: &str) -> Result<String, Failure> {
        self.values.remove(name).ok_or_else(|| failure!("--{name} is missing\n{USAGE}"))
    }

    fn path(&mut self, name: &str) -> Result<PathBuf, Failure> {
        self.take(name).map(PathBuf::from)
    }
}

/// Where compiled components are kept when nobody says.
fn default_cache() -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    base.unwrap_or_else(std::env::temp_dir).join("postern").join("spin-host")
}
