use std::collections::BTreeMap;

use ldap_proxy_client::{Digest, Entry, LINE_BUDGET, LINE_VALUES, Line, More, Value};

use crate::allowed::Admitted;
use crate::directory::Values;
use crate::reading::Identified;

/// Writes a line.
pub(super) fn write(line: &Line, out: &mut Vec<u8>) {
    // Writing JSON of strings and numbers to memory does not fail.
    let _ = serde_json::to_writer(&mut *out, line);
    out.push(b'\n');
}

/// The lines of an entry: the first with what fits, then what is left of its attributes.
pub(super) fn of_entry(found: Identified, digest: Digest, search: &Admitted) -> Vec<Line> {
    let Identified { id, entry } = found;
    let mut first =
        Entry { id, dn: entry.dn, digest, attributes: BTreeMap::new(), omitted: Vec::new() };
    let mut more = Vec::new();
    let mut room = LINE_BUDGET;
    for (name, values) in entry.attributes {
        let name = search.attributes.get(&name).cloned().unwrap_or(name);
        let Values::Known(values) = values else {
            first.omitted.push(name);
            continue;
        };
        let mut values = values.into_iter().peekable();
        let here = portion(&mut values, &mut room);
        if !here.is_empty() {
            first.attributes.insert(name.clone(), here);
        }
        while values.peek().is_some() {
            let values = portion(&mut values, &mut { LINE_BUDGET });
            more.push(Line::More(More { id: first.id.clone(), attribute: name.clone(), values }));
        }
    }
    std::iter::once(Line::Entry(first)).chain(more).collect()
}

type Rest = std::iter::Peekable<std::vec::IntoIter<Vec<u8>>>;

/// As many values as there is room for. A whole line has room for any one value.
fn portion(values: &mut Rest, room: &mut usize) -> Vec<Value> {
    let mut taken = Vec::new();
    while taken.len() < LINE_VALUES {
        let Some(value) = values.next_if(|value| value.len() <= *room) else { break };
        *room -= value.len();
        taken.push(Value::of(value));
    }
    taken
}

#[cfg(test)]
mod tests {
    use ldap_proxy_client::{LONGEST_LINE, Scope};

    use super::*;

    fn lines(attributes: &[(&str, Vec<Vec<u8>>)]) -> Vec<Line> {
        let search = Admitted {
            turn: 0,
            base: String::new(),
            scope: Scope::Subtree,
            filter: String::new(),
            attributes: BTreeMap::from([("member".to_owned(), "Member".to_owned())]),
            identifier: String::new(),
        };
        let attributes = attributes
            .iter()
            .map(|(name, values)| ((*name).to_owned(), Values::Known(values.clone())))
            .collect();
        let entry = crate::directory::Entry { attributes, ..Default::default() };
        of_entry(Identified { id: "1".to_owned(), entry }, Digest::of(b""), &search)
    }

    fn counts(lines: &[Line]) -> Vec<usize> {
        let of = |line: &Line| match line {
            Line::Entry(entry) => entry.attributes.values().map(Vec::len).sum(),
            Line::More(more) => more.values.len(),
            _ => 0,
        };
        lines.iter().map(of).collect()
    }

    #[test]
    fn a_thousand_values_stand_on_a_line_and_the_rest_on_further_lines() {
        let members = |count: usize| (0..count).map(|n| n.to_string().into_bytes()).collect();
        assert_eq!(counts(&lines(&[("member", members(1000))])), [1000]);
        assert_eq!(counts(&lines(&[("member", members(2001))])), [1000, 1000, 1]);
        let Line::Entry(entry) = &lines(&[("member", members(1))])[0] else { panic!() };
        assert!(entry.attributes.contains_key("Member"));
    }

    #[test]
    fn no_line_is_longer_than_a_client_reads() {
        for byte in [b'"', 0xff, 0] {
            let value = vec![byte; LINE_BUDGET];
            let lines = lines(&[("a", vec![value.clone(), value.clone()]), ("b", vec![value])]);
            assert_eq!(counts(&lines), [1, 1, 1]);
            for line in lines {
                let mut out = Vec::new();
                write(&line, &mut out);
                assert!(out.len() < LONGEST_LINE, "{}", out.len());
            }
        }
    }
}
