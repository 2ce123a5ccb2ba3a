use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Enough for a failed test's message and the list of those that failed.
const LINES: usize = 80;

const GRACE: Duration = Duration::from_secs(5);

/// The last lines of what a command prints: each stream's own, so that neither crowds out the other.
#[derive(Default)]
pub(super) struct Tail {
    stdout: Lines,
    stderr: Lines,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<VecDeque<Vec<u8>>>>);

impl Tail {
    /// Runs `command`, passes on what it prints, and keeps the end of it.
    pub(super) fn run(&self, command: &mut Command) -> io::Result<ExitStatus> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (ended, ends) = mpsc::channel();
        self.stdout.follow(child.stdout.take(), io::stdout(), ended.clone());
        self.stderr.follow(child.stderr.take(), io::stderr(), ended);
        let status = child.wait();
        // A process that outlives its parent holds the streams open: it is not waited for.
        let _ = ends.recv_timeout(GRACE).and_then(|()| ends.recv_timeout(GRACE));
        status
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}", self.stdout.text(), self.stderr.text())
    }
}

impl Lines {
    fn follow(
        &self,
        stream: Option<impl Read + Send + 'static>,
        to: impl Write + Send + 'static,
        ended: Sender<()>,
    ) {
        let lines = self.clone();
        thread::spawn(move || {
            if let Some(stream) = stream {
                lines.pass_on(stream, to);
            }
            let _ = ended.send(());
        });
    }

    fn text(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|line| String::from_utf8_lossy(line)).collect()
    }

    fn pass_on(&self, stream: impl Read, mut to: impl Write) {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            // Whoever reads may have gone; the command is to end as it would have.
            let _ = to.write_all(&line);
            self.keep(std::mem::take(&mut line));
        }
    }

    fn keep(&self, line: Vec<u8>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push_back(line);
        if lines.len() > LINES {
            lines.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_both_streams_is_kept() {
        let script = "seq 1000; echo last words >&2; exit 3";
        let tail = Tail::default();
        let status = tail.run(Command::new("sh").args(["-c", script])).expect("sh");
        assert_eq!(status.code(), Some(3));
        let text = tail.text();
        assert!(text.ends_with("\n1000\nlast words\n"), "{text}");
        assert_eq!(text.lines().count(), LINES + 1);
    }
}
