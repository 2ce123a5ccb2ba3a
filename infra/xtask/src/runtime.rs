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
    const ALL: [Self; 2] = [Self::Workers, Self::Spin];

    /// The one called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|runtime| runtime.name() == name)
    }

    /// The one that `--runtime` names; Workers if it is not given.
    pub(crate) fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let name = arguments.option("runtime").unwrap_or("workers");
        Self::named(name).ok_or_else(|| {
            Failure::new(format!("there is no runtime `{name}`; try workers or spin"))
        })
    }

    /// Those that `--runtime` names: both for `all` and if it is not given.
    pub(crate) fn all_of(arguments: &Arguments) -> Result<Vec<Self>, Failure> {
        match arguments.option("runtime") {
            None | Some("all") => Ok(Self::ALL.to_vec()),
            Some(_) => Self::of(arguments).map(|runtime| vec![runtime]),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Spin => "spin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_of(line: &[&str]) -> Result<Vec<Runtime>, Failure> {
        let line: Vec<String> = line.iter().map(ToString::to_string).collect();
        Runtime::all_of(&Arguments::parse(&line, &["runtime"], &[])?)
    }

    #[test]
    fn both_run_unless_one_is_named() {
        assert_eq!(all_of(&[]).unwrap(), Runtime::ALL);
        assert_eq!(all_of(&["--runtime", "all"]).unwrap(), Runtime::ALL);
        assert_eq!(all_of(&["--runtime", "spin"]).unwrap(), [Runtime::Spin]);
        assert!(all_of(&["--runtime", "lambda"]).is_err());
    }
}
