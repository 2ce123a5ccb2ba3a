use std::time::{Duration, Instant};

use crate::failure::Failure;

/// What the steps came to.
#[derive(Default)]
pub(super) struct Report {
    steps: Vec<(&'static str, bool, Duration)>,
}

impl Report {
    /// Runs a step and notes its outcome; a failed step does not stop the next.
    #[expect(clippy::disallowed_methods, reason = "xtask is no function; it has no Clock port")]
    pub(super) fn take(&mut self, name: &'static str, step: impl FnOnce() -> Result<(), Failure>) {
        println!("=== {name}");
        let start = Instant::now();
        let outcome = step();
        if let Err(failure) = &outcome {
            eprintln!("error: {failure}");
        }
        self.steps.push((name, outcome.is_ok(), start.elapsed()));
    }

    /// Prints the table and the closing line.
    pub(super) fn close(&self) -> Result<(), Failure> {
        println!();
        for (name, passed, time) in &self.steps {
            let outcome = if *passed { "passed" } else { "FAILED" };
            println!("{name:<10}{outcome:<8}{:>8.1} s", time.as_secs_f64());
        }
        let passed = self.steps.iter().filter(|(_, passed, _)| *passed).count();
        let failed = self.steps.len() - passed;
        println!("{passed} passed, {failed} failed");
        if failed == 0 { Ok(()) } else { Err(Failure::new("not every step passed")) }
    }
}
