use std::fmt::Write;

use super::block::{Block, Content};
use super::value::value;
use super::{Appearance, en};

/// The mail as plain text: paragraphs between empty lines, addresses on lines of their own.
pub(super) fn text(content: &Content, appearance: &Appearance) -> String {
    let mut paragraphs: Vec<String> = content.blocks.iter().map(paragraph).collect();
    let footer = en::footer(&appearance.app_name).filled();
    paragraphs.push(format!("-- \n{footer}\n{}\n", value(&appearance.app_url)));
    paragraphs.join("\n\n")
}

fn paragraph(block: &Block) -> String {
    match block {
        Block::Say(phrase) | Block::Aside(phrase) => phrase.filled(),
        Block::Button { label, link } => format!("{label}:\n{}", value(link)),
        Block::Code(code) => format!("    {}", value(code)),
        Block::Facts(facts) => facts.iter().fold(String::new(), |mut lines, (name, known)| {
            let end = if lines.is_empty() { "" } else { "\n" };
            let _ = write!(lines, "{end}{name}: {}", value(known));
            lines
        }),
    }
}
