use std::path::Path;
use std::process::ExitCode;

use tracing::level_filters::LevelFilter;

/// What a program is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Answer HTTP until told to stop.
    Serve,
    /// Say whether what it stands beside can be reached.
    Check,
}

/// What is wrong with the settings.
#[derive(Debug)]
pub struct Refused(pub Vec<String>);

/// The `main` of a program: `[serve | check] [--config FILE]`.
///
/// Complaints go to standard error, a line each. Whatever else is asked gets `usage`.
pub fn run<C, W: Future<Output = Result<(), String>>>(
    usage: &str,
    load: impl FnOnce(Option<&Path>) -> Result<C, Refused>,
    work: impl FnOnce(Act, C) -> W,
) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((act, file)) = asked(&arguments) else {
        eprint!("{usage}");
        return ExitCode::FAILURE;
    };
    tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).with_writer(std::io::stderr).init();
    let done = load(file.map(Path::new)).and_then(|configuration| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Refused(vec![error.to_string()]))?;
        runtime.block_on(work(act, configuration)).map_err(|error| Refused(vec![error]))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refused(complaints)) => {
            for complaint in complaints {
                eprintln!("error: {complaint}");
            }
            ExitCode::FAILURE
        }
    }
}

fn asked<'a>(arguments: &[&'a str]) -> Option<(Act, Option<&'a str>)> {
    let (act, rest) = match arguments {
        ["check", rest @ ..] => (Act::Check, rest),
        ["serve", rest @ ..] | rest => (Act::Serve, rest),
    };
    match rest {
        [] => Some((act, None)),
        ["--config", file] => Some((act, Some(file))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_serves_unless_asked_to_check() {
        assert_eq!(asked(&[]), Some((Act::Serve, None)));
        assert_eq!(asked(&["--config", "f"]), Some((Act::Serve, Some("f"))));
        assert_eq!(asked(&["check", "--config", "f"]), Some((Act::Check, Some("f"))));
    }

    #[test]
    fn whatever_else_is_asked_is_not_known() {
        for arguments in [&["help"][..], &["--config"], &["serve", "check"], &["check", "f"]] {
            assert_eq!(asked(arguments), None, "{arguments:?}");
        }
    }
}
