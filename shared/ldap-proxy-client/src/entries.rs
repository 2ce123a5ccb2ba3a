use futures_util::StreamExt;

use crate::answer::{End, Entry, Line, More, Same};
use crate::error::ClientError;
use crate::lines::Lines;
use crate::transport::Chunks;

/// Reads an answer of [`crate::ENTRIES_PATH`] item by item, in bounded memory.
pub struct Entries {
    chunks: Chunks,
    lines: Lines,
    sent: u64,
    same: u64,
    entry: Option<String>,
    over: bool,
}

/// What an answer is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An entry that is new or has changed.
    Entry(Entry),
    /// Further values of the entry before.
    More(More),
    /// An entry that is known as it is.
    Same(Same),
    /// That was all, and it is complete. Nothing comes after it.
    Complete(End),
}

impl Entries {
    pub(crate) fn new(chunks: Chunks) -> Self {
        Self { chunks, lines: Lines::default(), sent: 0, same: 0, entry: None, over: false }
    }

    /// The next item. Only when [`Item::Complete`] has come is anything of the answer to be believed.
    ///
    /// # Errors
    /// [`ClientError::Cut`] when the answer stops before its end, [`ClientError::Directory`] when the
    /// directory failed in the middle, [`ClientError::TooLong`], [`ClientError::Protocol`].
    pub async fn next(&mut self) -> Result<Item, ClientError> {
        if self.over {
            return Err(ClientError::Protocol("read beyond the end"));
        }
        let item = self.read().await;
        self.over = !matches!(item, Ok(Item::Entry(_) | Item::More(_) | Item::Same(_)));
        item
    }

    async fn read(&mut self) -> Result<Item, ClientError> {
        loop {
            if let Some(line) = self.lines.next()? {
                // So that nobody on the way takes the proxy for dead.
                if line.is_empty() {
                    continue;
                }
                let line = serde_json::from_slice(line)
                    .map_err(|_| ClientError::Protocol("a line that is none"))?;
                return self.take(line);
            }
            match self.chunks.next().await {
                Some(Ok(chunk)) => self.lines.push(&chunk),
                Some(Err(_)) | None => return Err(ClientError::Cut),
            }
        }
    }

    fn take(&mut self, line: Line) -> Result<Item, ClientError> {
        match line {
            Line::Entry(entry) => {
                self.sent += 1;
                self.entry = Some(entry.id.clone());
                Ok(Item::Entry(entry))
            }
            Line::More(more) if self.entry.as_ref() == Some(&more.id) => Ok(Item::More(more)),
            Line::More(_) => Err(ClientError::Protocol("values of another entry")),
            Line::Same(same) => {
                self.same += 1;
                self.entry = None;
                Ok(Item::Same(same))
            }
            Line::End(end) if (end.sent, end.same) != (self.sent, self.same) => {
                Err(ClientError::Protocol("the counts differ"))
            }
            Line::End(_) if !self.lines.is_empty() => {
                Err(ClientError::Protocol("lines after the end"))
            }
            Line::End(end) => Ok(Item::Complete(end)),
            Line::Error(failure) => Err(failure.into()),
        }
    }
}
