use platform::Statement;
use serde::Deserialize;

use super::Configuration;
use crate::{Batch, Outcomes, StoreError};

/// Every value that differs from its default.
pub struct Read;

#[derive(Deserialize)]
struct Pair {
    key: String,
    value: String,
}

impl Batch for Read {
    type Output = Configuration;

    fn statements(&self) -> Vec<Statement> {
        // Walks the whole table on purpose, along its key: it has one row a setting.
        vec![Statement::new(
            "SELECT json_group_array(json_object('key', key, 'value', value)) \
             FROM configuration WHERE key > ''",
            [],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Configuration, StoreError> {
        let pairs: Vec<Pair> = outcomes.list()?;
        Ok(Configuration(pairs.into_iter().map(|pair| (pair.key, pair.value)).collect()))
    }
}

/// The same with its version.
pub struct ReadVersioned;

/// The configuration and how often it was changed.
#[derive(Debug)]
pub struct Versioned {
    /// What is in force.
    pub configuration: Configuration,
    /// Counts the changes.
    pub version: u64,
}

impl Batch for ReadVersioned {
    type Output = Versioned;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = Read.statements();
        statements.push(Statement::new(
            "SELECT json(value) FROM counters WHERE name = 'configuration'",
            [],
        ));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Versioned, StoreError> {
        let configuration = Read.read(outcomes)?;
        Ok(Versioned { configuration, version: outcomes.one()?.unwrap_or_default() })
    }
}
