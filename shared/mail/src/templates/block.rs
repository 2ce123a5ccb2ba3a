use super::value::value;

/// A sentence of the catalogue with values from outside in the places of its `{}`.
#[derive(Debug)]
pub(super) struct Phrase {
    text: &'static str,
    values: Vec<String>,
}

/// What a mail says, before it is HTML or text.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) subject: Phrase,
    /// What lists of mails show after the subject.
    pub(super) preview: Phrase,
    pub(super) blocks: Vec<Block>,
}

#[derive(Debug)]
pub(super) enum Block {
    /// A paragraph.
    Say(Phrase),
    /// The one thing to press, and its address to copy.
    Button { label: &'static str, link: String },
    /// A code to type.
    Code(String),
    /// What is known, name by name.
    Facts(Vec<(&'static str, String)>),
    /// A paragraph for who did not expect the mail.
    Aside(Phrase),
}

impl Phrase {
    /// `values` in the order of the `{}` in `text`.
    pub(super) fn new<const N: usize>(text: &'static str, values: [&str; N]) -> Self {
        debug_assert_eq!(text.matches("{}").count(), N, "{text}");
        Self { text, values: values.map(value).to_vec() }
    }

    /// The sentence, filled in: one line.
    pub(super) fn filled(&self) -> String {
        let mut values = self.values.iter();
        let mut line = String::new();
        for (index, part) in self.text.split("{}").enumerate() {
            if index > 0 {
                line.push_str(values.next().map_or("", String::as_str));
            }
            line.push_str(part);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_places_of_their_braces_and_are_read_once() {
        let phrase = Phrase::new("{} and {}.", ["{}", "b\nc"]);
        assert_eq!(phrase.filled(), "{} and b c.");
    }
}
