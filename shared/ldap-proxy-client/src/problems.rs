use serde::{Deserialize, Serialize};

/// Entries that cannot be told apart or identified: all counted, the first hundred named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems {
    /// Entries without the unique identifier. They are in no bucket.
    pub missing: u64,
    /// Entries with several values of the unique identifier. They are in no bucket.
    pub ambiguous: u64,
    /// Entries whose unique identifier an earlier entry has. They are in its bucket as well.
    pub duplicate: u64,
    /// The first of them by name.
    pub named: Vec<Problem>,
}

/// An entry with a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong with it.
    pub kind: ProblemKind,
    /// The entry.
    pub dn: String,
    /// The identifier that it shares, if that is the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProblemKind {
    /// No unique identifier.
    Missing,
    /// Several.
    Ambiguous,
    /// One that an earlier entry has.
    Duplicate,
}

impl Problems {
    const NAMED: usize = 100;

    /// Counts a problem, and names it if it is among the first.
    pub fn add(&mut self, problem: Problem) {
        let count = match problem.kind {
            ProblemKind::Missing => &mut self.missing,
            ProblemKind::Ambiguous => &mut self.ambiguous,
            ProblemKind::Duplicate => &mut self.duplicate,
        };
        *count += 1;
        if self.named.len() < Self::NAMED {
            self.named.push(problem);
        }
    }
}
