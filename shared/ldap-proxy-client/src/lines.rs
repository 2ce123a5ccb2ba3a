use crate::LONGEST_LINE;
use crate::error::ClientError;

/// Puts lines together from pieces that break anywhere. It holds at most one line and one piece.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    held: Vec<u8>,
    /// Where in `held` the next line begins.
    begin: usize,
    /// Up to where in `held` there is no end of a line.
    searched: usize,
}

impl Lines {
    /// Takes the next piece.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        self.held.drain(..self.begin);
        self.searched -= self.begin;
        self.begin = 0;
        self.held.extend_from_slice(piece);
    }

    /// The next whole line, if there is one, without its end.
    pub(crate) fn next(&mut self) -> Result<Option<&[u8]>, ClientError> {
        let rest = &self.held[self.searched..];
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            self.searched = self.held.len();
            return if self.held.len() - self.begin > LONGEST_LINE {
                Err(ClientError::TooLong)
            } else {
                Ok(None)
            };
        };
        let (begin, end) = (self.begin, self.searched + length);
        self.begin = end + 1;
        self.searched = self.begin;
        if end - begin > LONGEST_LINE {
            Err(ClientError::TooLong)
        } else {
            Ok(Some(&self.held[begin..end]))
        }
    }

    /// Whether everything that was pushed has been taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.begin == self.held.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(lines: &mut Lines) -> Vec<String> {
        std::iter::from_fn(|| {
            lines.next().unwrap().map(|line| String::from_utf8(line.to_vec()).unwrap())
        })
        .collect()
    }

    #[test]
    fn lines_come_whole_wherever_the_pieces_break() {
        let text = "one\ntwo\n\nfour\n";
        for at in 0..text.len() {
            let mut lines = Lines::default();
            lines.push(&text.as_bytes()[..at]);
            let mut read = all(&mut lines);
            lines.push(&text.as_bytes()[at..]);
            read.extend(all(&mut lines));
            assert_eq!(read, ["one", "two", "", "four"]);
            assert!(lines.is_empty());
        }
    }

    #[test]
    fn a_line_at_the_limit_is_read_and_a_longer_one_refused() {
        let mut lines = Lines::default();
        lines.push(&vec![b'x'; LONGEST_LINE]);
        assert!(lines.next().unwrap().is_none());
        lines.push(b"\n");
        assert_eq!(lines.next().unwrap().unwrap().len(), LONGEST_LINE);
        lines.push(&vec![b'x'; LONGEST_LINE + 1]);
        assert!(matches!(lines.next(), Err(ClientError::TooLong)));
    }
}
