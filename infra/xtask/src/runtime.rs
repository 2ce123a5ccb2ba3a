use crate::arguments::Arguments;
use crate::failure::Failure;

/// Where the functions run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// Cloudflare Workers: workerd, D1.
    Workers,
    /// Spin: the `spin` binary, or the project's own test host.
    Spin,
}

impl Runtime {
    /// The one that `--runtime` names; Workers if it is not given.
    pub(crate) fn of(arguments: &Arguments) -> Result<Self, Failure> {
        match arguments.option("runtime") {
            None | Some("workers") => Ok(Self::Workers),
            Some("spin") => Ok(Self::Spin),
            Some(other) => Err(unknown(other)),
        }
    }

    /// Those that `--runtime` names: both for `all`, Workers alone if it is not given.
    pub(crate) fn all_of(arguments: &Arguments) -> Result<Vec<Self>, Failure> {
        match arguments.option("runtime") {
            Some("all") => Ok(vec![Self::Workers, Self::Spin]),
            _ => Self::of(arguments).map(|runtime| vec![runtime]),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Spin => "spin",
        }
    }
}

fn unknown(name: &str) -> Failure {
    Failure::new(format!("there is no runtime `{name}`; try workers or spin"))
}
