use http_api::{Problem, Property};
use serde::Serialize;
use store::users::{ImportOutcome, Verdict};
use utoipa::ToSchema;
use uuid::Uuid;

use super::parameters::Parameters;
use super::row::WrongField;

/// What comes of a file, row by row.
#[derive(Default)]
pub(super) struct Report {
    pub(super) rows: Vec<RowReport>,
}

/// What comes of a row.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRowOutcomeDto)]
pub(super) struct RowReport {
    row: u32,
    username: String,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<Uuid>,
    #[schema(required = false)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<WrongField>,
    #[serde(skip)]
    groups: Vec<String>,
    #[serde(skip)]
    demotes: bool,
}

/// The reply.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportReportDto)]
pub(super) struct ReportDto {
    dry_run: bool,
    applied: bool,
    summary: Summary,
    rows: Vec<RowReport>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ImportSummaryDto)]
struct Summary {
    create: u32,
    update: u32,
    skip: u32,
    error: u32,
}

const ERROR: &str = "error";

impl Report {
    /// Takes in what the database says.
    pub(super) fn judge(&mut self, outcomes: Vec<ImportOutcome>) {
        for outcome in outcomes {
            let index = usize::try_from(outcome.place).unwrap_or_default().wrapping_sub(1);
            if let Some(row) = self.rows.get_mut(index) {
                row.judge(&outcome);
            }
        }
    }

    fn count(&self, outcome: &str) -> u32 {
        let count = self.rows.iter().filter(|row| row.outcome == outcome).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn errors(&self) -> u32 {
        self.count(ERROR)
    }

    /// Whether the mode lets the file be taken.
    fn passes(&self, each: bool) -> bool {
        each || self.errors() == 0
    }

    /// Whether there is something to write, and the mode lets it be written.
    pub(super) fn writes(&self, each: bool) -> bool {
        self.passes(each) && self.count("create") + self.count("update") > 0
    }

    pub(super) fn finish(self, parameters: Parameters) -> ReportDto {
        let applied = !parameters.dry_run && self.passes(parameters.each);
        let summary = Summary {
            create: self.count("create"),
            update: self.count("update"),
            skip: self.count("skip"),
            error: self.errors(),
        };
        let mut rows = self.rows;
        if !applied {
            // Nobody has the identifier of a user who was not made.
            rows.iter_mut().filter(|row| row.outcome == "create").for_each(|row| row.id = None);
        }
        ReportDto { dry_run: parameters.dry_run, applied, summary, rows }
    }
}

impl RowReport {
    pub(super) fn new(row: u32, username: String) -> Self {
        let (id, fields, groups) = (None, Vec::new(), Vec::new());
        Self { row, username, outcome: ERROR, id, fields, groups, demotes: false }
    }

    /// What the row's own rules say against it.
    pub(super) fn refuse(&mut self, wrong: Vec<WrongField>) {
        self.fields = wrong;
    }

    /// What the row says that its problems may have to name.
    pub(super) fn remember(&mut self, groups: Option<Vec<String>>, is_admin: Option<bool>) {
        self.groups = groups.unwrap_or_default();
        self.demotes = is_admin == Some(false);
    }

    fn judge(&mut self, outcome: &ImportOutcome) {
        self.outcome = match outcome.verdict {
            Verdict::Create => "create",
            Verdict::Update => "update",
            Verdict::Skip => "skip",
            Verdict::Error => ERROR,
        };
        self.id = (outcome.verdict != Verdict::Error).then_some(outcome.user_id);
        let wrong: Vec<_> =
            outcome.problems.chars().map(|problem| self.wrong(problem, outcome)).collect();
        self.fields = wrong;
    }

    /// The letters are those of [`ImportOutcome::problems`].
    fn wrong(&self, problem: char, outcome: &ImportOutcome) -> WrongField {
        match problem {
            'e' => WrongField::new("email", &Problem::AlreadyInUse(Property::Email)),
            'r' => WrongField::from(domain::FieldViolation {
                field: "email",
                violation: domain::Violation::Required,
            }),
            'g' => {
                let name = outcome.unknown_group.and_then(|index| self.groups.get(index));
                let problem = Problem::UnknownGroups(name.into_iter().cloned().collect());
                WrongField { field: "groups", code: "not_found", message: problem.text() }
            }
            'l' => WrongField::new("username", &Problem::LdapUserUpdate),
            _ => {
                let field = if self.demotes { "isAdmin" } else { "disabled" };
                WrongField::new(field, &Problem::OwnAccount)
            }
        }
    }
}
