use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use toml::{Table, Value};

/// Where settings come from, and what was wrong with them so far. An empty value is none.
pub struct Sources {
    file: Table,
    environment: BTreeMap<String, String>,
    complaints: Vec<String>,
}

impl Sources {
    /// The settings called `names` (as the environment has them; in the file in small letters), from
    /// the environment and `file`; the environment wins.
    pub fn load(names: &[&str], file: Option<&Path>) -> Self {
        let text = file.map_or(Ok(String::new()), fs::read_to_string);
        let mut sources = Self::new(names, text.as_deref().unwrap_or(""), std::env::vars());
        if let (Err(error), Some(file)) = (text, file) {
            sources.note(format!("{}: {error}", file.display()));
        }
        sources
    }

    /// The same from a text and a list.
    pub fn new(
        names: &[&str],
        file: &str,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Self {
        let mut complaints = Vec::new();
        let file: Table = file.parse().unwrap_or_else(|_| {
            // What the parser says would quote the line, and with it perhaps a secret.
            complaints.push("the file is not TOML".to_owned());
            Table::new()
        });
        let known = |key: &String| names.iter().any(|name| name.to_ascii_lowercase() == **key);
        let unknown = file.keys().filter(|key| !known(key));
        complaints.extend(unknown.map(|key| format!("there is no setting {key}")));
        let environment = environment.filter(|(name, _)| names.contains(&name.as_str())).collect();
        Self { file, environment, complaints }
    }

    /// What was wrong so far.
    pub fn complaints(self) -> Vec<String> {
        self.complaints
    }

    /// How much was wrong so far.
    pub fn mistakes(&self) -> usize {
        self.complaints.len()
    }

    /// Notes what is wrong.
    pub fn note(&mut self, complaint: impl Into<String>) {
        self.complaints.push(complaint.into());
    }

    /// Notes what is wrong with a value, which therefore is not there.
    pub fn complain<T>(&mut self, complaint: impl Into<String>) -> Option<T> {
        self.note(complaint);
        None
    }

    /// A text; numbers and booleans of the file count as their text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let text = match (self.environment.get(name), self.file.get(&name.to_ascii_lowercase())) {
            (Some(text), _) | (None, Some(Value::String(text))) => text.clone(),
            (None, Some(Value::Integer(number))) => number.to_string(),
            (None, Some(Value::Boolean(flag))) => flag.to_string(),
            (None, Some(_)) => return self.complain(format!("{name} must be a text")),
            (None, None) => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str) -> Option<String> {
        self.text(name).or_else(|| self.complain(format!("{name} is missing")))
    }

    /// A list: an array of the file, or parts of a text.
    pub fn list(&mut self, name: &str, between: char) -> Option<Vec<String>> {
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

    /// Yes or no; no if it is not there.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.text(name).as_deref() {
            None | Some("false" | "0" | "no") => false,
            Some("true" | "1" | "yes") => true,
            Some(_) => self.complain(format!("{name} must be true or false")).unwrap_or_default(),
        }
    }

    /// A number within `range`.
    pub fn number(&mut self, name: &str, default: usize, range: RangeInclusive<usize>) -> usize {
        let Some(text) = self.text(name) else { return default };
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.unwrap_or_else(|| {
            let (least, most) = (range.start(), range.end());
            self.complain(format!("{name} must be from {least} to {most}")).unwrap_or(default)
        })
    }

    /// A secret, given as it is or as the name of a file that holds it. The line break with which
    /// files end is not part of it.
    pub fn text_or_file(&mut self, name: &str, file: &str) -> Option<String> {
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
