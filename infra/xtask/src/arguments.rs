use std::collections::BTreeMap;

use crate::failure::Failure;

/// A command line taken apart: `--name value` options, `--name` switches, and words.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    options: BTreeMap<String, String>,
    switches: Vec<String>,
    pub(crate) words: Vec<String>,
}

impl Arguments {
    /// Takes `arguments` apart; an option or switch that is not among the given ones is refused.
    pub(crate) fn parse(
        arguments: &[String],
        options: &[&str],
        switches: &[&str],
    ) -> Result<Self, Failure> {
        let mut parsed = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let Some(flag) = argument.strip_prefix("--") else {
                parsed.words.push(argument.clone());
                continue;
            };
            let (name, inline) = flag.split_once('=').map_or((flag, None), |(n, v)| (n, Some(v)));
            if switches.contains(&name) && inline.is_none() {
                parsed.switches.push(name.to_owned());
            } else if options.contains(&name) {
                let value = inline.map(str::to_owned).or_else(|| rest.next().cloned());
                let value = value.ok_or_else(|| Failure::new(format!("--{name} needs a value")))?;
                parsed.options.insert(name.to_owned(), value);
            } else {
                return Err(Failure::new(format!("there is no option `{argument}`")));
            }
        }
        Ok(parsed)
    }

    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }

    pub(crate) fn switch(&self, name: &str) -> bool {
        self.switches.iter().any(|switch| switch == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &[&str]) -> Result<Arguments, Failure> {
        let line: Vec<String> = line.iter().map(ToString::to_string).collect();
        Arguments::parse(&line, &["port", "setup-token"], &["reset"])
    }

    #[test]
    fn options_switches_and_words_are_told_apart() {
        let parsed = parse(&["users", "--port", "1", "--setup-token", "", "--reset"]).unwrap();
        assert_eq!(parsed.option("port"), Some("1"));
        assert_eq!(parsed.option("setup-token"), Some(""));
        assert!(parsed.switch("reset"));
        assert_eq!(parsed.words, ["users"]);
        assert_eq!(parse(&["--port=2"]).unwrap().option("port"), Some("2"));
    }

    #[test]
    fn an_unknown_option_and_a_missing_value_are_refused() {
        assert!(parse(&["--nope"]).is_err());
        assert!(parse(&["--port"]).is_err());
    }
}
