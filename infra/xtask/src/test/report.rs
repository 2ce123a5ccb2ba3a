use std::time::{Duration, Instant};

use crate::failure::Failure;

/// What the steps came to.
#[derive(Default)]
pub(super) struct Report {
    steps: Vec<Step>,
}

struct Step {
    name: &'static str,
    outcome: Result<(), Failure>,
    time: Duration,
}

impl Report {
    /// Runs a step and notes its outcome; a failed step does not stop the next.
    #[expect(clippy::disallowed_methods, reason = "xtask is no function; it has no Clock port")]
    pub(super) fn take(&mut self, name: &'static str, step: impl FnOnce() -> Result<(), Failure>) {
        // A step before it may not have ended its last line.
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = step();
        if let Err(failure) = &outcome {
            eprintln!("error: {failure}");
        }
        self.steps.push(Step { name, outcome, time: start.elapsed() });
    }

    /// Prints why steps failed, the table and the closing line: whoever sees but the end of the output
    /// sees what to mend.
    pub(super) fn close(&self) -> Result<(), Failure> {
        for Step { name, outcome, .. } in &self.steps {
            if let Err(failure) = outcome {
                println!("\n=== {name} failed: {failure}\n{}", failure.evidence());
            }
        }
        println!();
        for Step { name, outcome, time } in &self.steps {
            let outcome = if outcome.is_ok() { "passed" } else { "FAILED" };
            println!("{name:<10}{outcome:<8}{:>8.1} s", time.as_secs_f64());
        }
        let passed = self.steps.iter().filter(|step| step.outcome.is_ok()).count();
        let failed = self.steps.len() - passed;
        println!("{passed} passed, {failed} failed");
        if failed == 0 { Ok(()) } else { Err(Failure::new("not every step passed")) }
    }
}
