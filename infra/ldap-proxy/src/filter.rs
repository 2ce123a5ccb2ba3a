use ldap3::asn1::{ASNTag, PL, StructureTag};

const LONGEST: usize = 8 * 1024;
const DEEPEST: usize = 40;

/// Why a filter is not sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FilterError {
    /// It is none by RFC 4515, or too long or nested too deeply for us.
    Invalid,
    /// It compares all attributes at once (`(:caseExactMatch:=x)`), also those that nobody may read.
    AnyAttribute,
}

/// The attributes that `filter` compares, in small letters and without options.
pub(crate) fn attributes(filter: &str) -> Result<Vec<String>, FilterError> {
    // The parser calls itself for every parenthesis.
    if filter.len() > LONGEST || depth(filter) > DEEPEST || !filter.starts_with('(') {
        return Err(FilterError::Invalid);
    }
    let tag = ldap3::parse_filter(filter).map_err(|()| FilterError::Invalid)?;
    let mut found = Vec::new();
    collect(&tag.into_structure(), &mut found)?;
    Ok(found)
}

fn depth(filter: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    for byte in filter.bytes() {
        match byte {
            b'(' => open += 1,
            b')' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// By the tags of RFC 4511, 4.5.1.7.
fn collect(tag: &StructureTag, found: &mut Vec<String>) -> Result<(), FilterError> {
    match (tag.id, &tag.payload) {
        // and, or, not
        (0..=2, PL::C(inner)) => inner.iter().try_for_each(|tag| collect(tag, found)),
        // equalityMatch, substrings, greaterOrEqual, lessOrEqual, approxMatch
        (3..=6 | 8, PL::C(inner)) => push(inner.first(), found),
        // present
        (7, PL::P(_)) => push(Some(tag), found),
        // extensibleMatch, whose type is the second of its parts
        (9, PL::C(inner)) => match inner.iter().find(|part| part.id == 2) {
            Some(kind) => push(Some(kind), found),
            None => Err(FilterError::AnyAttribute),
        },
        _ => Err(FilterError::Invalid),
    }
}

fn push(kind: Option<&StructureTag>, found: &mut Vec<String>) -> Result<(), FilterError> {
    let Some(StructureTag { payload: PL::P(name), .. }) = kind else {
        return Err(FilterError::Invalid);
    };
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    found.push(name.split(';').next().unwrap_or_default().to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_that_a_filter_compares_is_found() {
        let filter = "(&(objectClass=person)(!(|(CN=a*b)(sn;lang-de>=x)(uid=*)(mail~=y)))\
                      (memberOf:1.2.840.113556.1.4.1941:=cn=x)(2.5.4.35=z))";
        let found = attributes(filter).unwrap();
        assert_eq!(found, ["objectclass", "cn", "sn", "uid", "mail", "memberof", "2.5.4.35"]);
    }

    #[test]
    fn what_is_no_filter_is_not_sent() {
        for filter in
            ["", "uid=a", "(uid=a", "(uid=a))(uid=b)", "(uid=a)(uid=b)", "(uid=a\\zz)", "(=a)"]
        {
            assert_eq!(attributes(filter), Err(FilterError::Invalid), "{filter}");
        }
        let nested = format!("{}(uid=a){}", "(!".repeat(5_000), ")".repeat(5_000));
        assert_eq!(attributes(&nested), Err(FilterError::Invalid));
        let nested = format!("{}(uid=a){}", "(!".repeat(39), ")".repeat(39));
        assert_eq!(attributes(&nested), Ok(vec!["uid".to_owned()]));
    }

    #[test]
    fn a_filter_over_all_attributes_is_not_sent() {
        assert_eq!(attributes("(:caseExactMatch:=x)"), Err(FilterError::AnyAttribute));
        assert_eq!(attributes("(:dn:2.5.13.5:=x)"), Err(FilterError::AnyAttribute));
    }
}
