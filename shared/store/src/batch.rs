use platform::{Database, Outcome, Statement, Value};
use serde::de::DeserializeOwned;

use crate::StoreError;

/// Statements that go in one trip, and how their outcomes are read.
///
/// Batches compose: a tuple of batches is one batch, so a session check and the read that needs it
/// share a trip.
pub trait Batch: Send + Sync {
    /// What the batch comes to.
    type Output: Send;

    /// The statements, in order.
    fn statements(&self) -> Vec<Statement>;

    /// Reads the outcomes of exactly these statements.
    ///
    /// # Errors
    /// When a row is not of the shape the statement promises.
    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError>;
}

/// Runs statements of one batch or of several: one trip, all or nothing; without statements
/// none. Each batch then reads its
/// own outcomes, in order.
///
/// # Errors
/// See [`StoreError`]; after [`StoreError::Database`] it is not known whether they took effect.
pub async fn trip(
    database: &dyn Database,
    statements: Vec<Statement>,
) -> Result<Outcomes, StoreError> {
    let outcomes =
        if statements.is_empty() { Vec::new() } else { database.batch(statements).await? };
    Ok(Outcomes(outcomes.into_iter()))
}

/// The outcomes of a batch, taken in the statements' order.
pub struct Outcomes(std::vec::IntoIter<Outcome>);

impl Outcomes {
    fn take(&mut self) -> Result<Outcome, StoreError> {
        self.0.next().ok_or(StoreError::MissingOutcome)
    }

    /// Passes over a statement whose outcome tells nothing.
    pub(crate) fn skip(&mut self) -> Result<(), StoreError> {
        self.take().map(drop)
    }

    /// Whether a `… RETURNING` statement touched a row.
    pub(crate) fn happened(&mut self) -> Result<bool, StoreError> {
        Ok(!self.take()?.rows.is_empty())
    }

    /// The JSON of the only row, if there is one.
    pub(crate) fn one<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        match self.take()?.rows.first().and_then(|row| row.first()) {
            Some(Value::Text(json)) => Ok(Some(serde_json::from_str(json)?)),
            _ => Ok(None),
        }
    }

    /// The JSON of each row, where one text for all could grow past what the database returns.
    pub(crate) fn each<T: DeserializeOwned>(&mut self) -> Result<Vec<T>, StoreError> {
        let rows = self.take()?.rows.into_iter();
        let texts = rows.filter_map(|row| match row.into_iter().next() {
            Some(Value::Text(json)) => Some(json),
            _ => None,
        });
        texts.map(|json| Ok(serde_json::from_str(&json)?)).collect()
    }

    /// The JSON array that an aggregate returns.
    pub(crate) fn list<T: DeserializeOwned>(&mut self) -> Result<Vec<T>, StoreError> {
        Ok(self.one()?.unwrap_or_default())
    }
}

impl<A: Batch, B: Batch> Batch for (A, B) {
    type Output = (A::Output, B::Output);

    fn statements(&self) -> Vec<Statement> {
        let mut statements = self.0.statements();
        statements.extend(self.1.statements());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        Ok((self.0.read(outcomes)?, self.1.read(outcomes)?))
    }
}

/// A batch that may turn out not to be needed: no statements then.
impl<B: Batch> Batch for Option<B> {
    type Output = Option<B::Output>;

    fn statements(&self) -> Vec<Statement> {
        self.as_ref().map(Batch::statements).unwrap_or_default()
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        self.as_ref().map(|batch| batch.read(outcomes)).transpose()
    }
}

/// Several of a kind.
impl<B: Batch> Batch for Vec<B> {
    type Output = Vec<B::Output>;

    fn statements(&self) -> Vec<Statement> {
        self.iter().flat_map(Batch::statements).collect()
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        self.iter().map(|batch| batch.read(outcomes)).collect()
    }
}

/// A batch that is kept, to be run again if need be.
impl<B: Batch> Batch for &B {
    type Output = B::Output;

    fn statements(&self) -> Vec<Statement> {
        (**self).statements()
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        (**self).read(outcomes)
    }
}

/// The empty batch: a session check alone.
impl Batch for () {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        Vec::new()
    }

    fn read(&self, _: &mut Outcomes) -> Result<(), StoreError> {
        Ok(())
    }
}
