//! The application's variables, and what each component is given of them.

use std::collections::BTreeMap;

use crate::failure::{Failure, failure};
use crate::manifest::Manifest;

/// The application's variables with their values.
pub(crate) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// From the command line, else from `SPIN_VARIABLE_…`, else the manifest's default.
    pub(crate) fn of(
        manifest: &Manifest,
        given: &BTreeMap<String, String>,
    ) -> Result<Self, Failure> {
        let mut values = BTreeMap::new();
        for (name, variable) in &manifest.variables {
            let environment = format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase());
            let value = given.get(name).cloned();
            let value = value.or_else(|| std::env::var(environment).ok());
            match value.or_else(|| variable.default.clone()) {
                Some(value) => values.insert(name.clone(), value),
                None if variable.required => {
                    return Err(failure!("the required variable `{name}` has no value"));
                }
                None => None,
            };
        }
        Ok(Self(values))
    }

    /// Puts values in place of `{{ name }}`.
    pub(crate) fn fill(&self, template: &str) -> Result<String, Failure> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) =
                after.split_once("}}").ok_or_else(|| failure!("`{template}` is not closed"))?;
            let value = self.0.get(name.trim());
            filled += before;
            filled += value.ok_or_else(|| failure!("`{template}` names an unknown variable"))?;
            rest = after;
        }
        Ok(filled + rest)
    }

    /// The values of a table of templates.
    pub(crate) fn fill_all(
        &self,
        templates: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        templates.iter().map(|(name, text)| Ok((name.clone(), self.fill(text)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings(BTreeMap::from([("name".to_owned(), "value".to_owned())]))
    }

    #[test]
    fn a_template_is_filled() {
        assert_eq!(settings().fill("a {{ name }}-{{name}} z").unwrap(), "a value-value z");
        assert_eq!(settings().fill("plain").unwrap(), "plain");
    }

    #[test]
    fn a_template_of_an_unknown_variable_is_refused() {
        assert!(settings().fill("{{ other }}").is_err());
        assert!(settings().fill("{{ name").is_err());
    }
}
