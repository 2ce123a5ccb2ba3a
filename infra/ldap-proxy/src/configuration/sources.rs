use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;

use toml::{Table, Value};

/// Every setting, as the environment has it; in the file in small letters.
const NAMES: [&str; 19] = [
    "ALLOWED_ATTRIBUTES",
    "BASE_DNS",
    "BIND_DN",
    "BIND_PASSWORD",
    "BIND_PASSWORD_FILE",
    "CA_FILE",
    "CLIENT_CA",
    "EXTRA_ATTRIBUTES",
    "LDAP_URL",
    "LISTEN",
    "MAX_VALUE_BYTES",
    "PAGE_SIZE",
    "REFERENCES",
    "SECRET",
    "SECRET_FILE",
    "SKIP_VERIFY",
    "START_TLS",
    "TLS_CERT",
    "TLS_KEY",
];

/// Where settings come from, and what was wrong with them so far. An empty value is none.
pub(super) struct Sources {
    file: Table,
    environment: BTreeMap<String, String>,
    pub(super) complaints: Vec<String>,
}

impl Sources {
    pub(super) fn new(file: &str, environment: impl Iterator<Item = (String, String)>) -> Self {
        let mut complaints = Vec::new();
        let file: Table = file.parse().unwrap_or_else(|_| {
            // What the parser says would quote the line, and with it perhaps a secret.
            complaints.push("the file is not TOML".to_owned());
            Table::new()
        });
        let known = |key: &String| NAMES.iter().any(|name| name.to_ascii_lowercase() == **key);
        let unknown = file.keys().filter(|key| !known(key));
        complaints.extend(unknown.map(|key| format!("there is no setting {key}")));
        let environment = environment.filter(|(name, _)| NAMES.contains(&name.as_str())).collect();
        Self { file, environment, complaints }
    }

    /// Notes what is wrong.
    pub(super) fn note(&mut self, complaint: impl Into<String>) {
        self.complaints.push(complaint.into());
    }

    /// Notes what is wrong with a value, which therefore is not there.
    pub(super) fn complain<T>(&mut self, complaint: impl Into<String>) -> Option<T> {
        self.note(complaint);
        None
    }

    /// A text; numbers and booleans of the file count as their text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let text = match (self.environment.get(name), self.file.get(&name.to_ascii_lowercase())) {
            (Some(text), _) | (None, Some(Value::String(text))) => text.clone(),
            (None, Some(Value::Integer(number))) => number.to_string(),
            (None, Some(Value::Boolean(flag))) => flag.to_string(),
            (None, Some(_)) => return self.complain(format!("{name} must be a text")),
            (None, None) => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn required(&mut self, name: &str) -> Option<String> {
        self.text(name).or_else(|| self.complain(format!("{name} is missing")))
    }

    /// A list: an array of the file, or parts of a text.
    pub(super) fn list(&mut self, name: &str, between: char) -> Option<Vec<String>> {
        if !self.environment.contains_key(name)
            && let Some(Value::Array(values)) = self.file.get(&name.to_ascii_lowercase())
        {
            let texts: Option<Vec<String>> =
                values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
            return texts.or_else(|| self.complain(format!("{name} must be a list of texts")));
        }
        let text = self.text(name)?;
        let parts = text.split([between, '\n']).map(str::trim);
        Some(parts.filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    pub(super) fn flag(&mut self, name: &str) -> bool {
        match self.text(name).as_deref() {
            None | Some("false" | "0" | "no") => false,
            Some("true" | "1" | "yes") => true,
            Some(_) => self.complain(format!("{name} must be true or false")).unwrap_or_default(),
        }
    }

    pub(super) fn number(
        &mut self,
        name: &str,
        default: usize,
        range: RangeInclusive<usize>,
    ) -> usize {
        let Some(text) = self.text(name) else { return default };
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.unwrap_or_else(|| {
            let (least, most) = (range.start(), range.end());
            self.complain(format!("{name} must be from {least} to {most}")).unwrap_or(default)
        })
    }

    /// A secret, given as it is or as the name of a file that holds it. The line break with which
    /// files end is not part of it.
    pub(super) fn text_or_file(&mut self, name: &str, file: &str) -> Option<String> {
        match (self.text(name), self.text(file)) {
            (Some(_), Some(_)) => self.complain(format!("{name} and {file} exclude each other")),
            (Some(text), None) => Some(text),
            (None, Some(path)) => match fs::read_to_string(&path) {
                Ok(text) => Some(text.trim_end_matches(['\n', '\r']).to_owned())
                    .filter(|text| !text.is_empty()),
                Err(error) => self.complain(format!("{file}: {path}: {error}")),
            },
            (None, None) => None,
        }
    }
}
