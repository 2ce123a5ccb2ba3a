use domain::{FieldViolation, Violation};
use http_api::Problem;

/// How a file is imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    /// Whether it is only a trial.
    pub(super) dry_run: bool,
    /// Whether a username that exists is changed; else it is passed over.
    pub(super) update: bool,
    /// Whether good rows are taken beside bad ones.
    pub(super) each: bool,
}

impl Parameters {
    /// The query's parameters; those it does not name are left out.
    ///
    /// # Errors
    /// Every parameter with a value that it cannot have.
    pub(super) fn parse(query: &str) -> Result<Self, Problem> {
        let (mut parameters, mut wrong) = (Self::default(), Vec::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let (field, target, values, rule) = match &*name {
                "dryRun" => {
                    ("dryRun", &mut parameters.dry_run, ["false", "true"], "must be true or false")
                }
                "onConflict" => (
                    "onConflict",
                    &mut parameters.update,
                    ["skip", "update"],
                    "must be skip or update",
                ),
                "mode" => ("mode", &mut parameters.each, ["all", "each"], "must be all or each"),
                _ => continue,
            };
            match values.iter().position(|known| **known == *value) {
                Some(index) => *target = index == 1,
                None => wrong
                    .push(FieldViolation { field, violation: Violation::InvalidFormat { rule } }),
            }
        }
        if wrong.is_empty() { Ok(parameters) } else { Err(wrong.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_defaults_and_no_other_values_than_their_own() -> Result<(), Problem> {
        assert_eq!(Parameters::parse("x=1")?, Parameters::default());
        let all = Parameters { dry_run: true, update: true, each: true };
        assert_eq!(Parameters::parse("dryRun=true&onConflict=update&mode=each")?, all);
        assert_eq!(
            Parameters::parse("dryRun=false&onConflict=skip&mode=all")?,
            Parameters::default()
        );
        let Err(Problem::ValidationFailed(wrong)) =
            Parameters::parse("dryRun=1&mode=&onConflict=x")
        else {
            return Err(Problem::Forbidden);
        };
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["dryRun", "mode", "onConflict"]);
        Ok(())
    }
}
