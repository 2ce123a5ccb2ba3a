/// The versions that `If-Match` (RFC 9110 §13.1.1) allows; `None`: any.
///
/// Deviation: weak tags are compared like strong ones. Whoever compresses replies on the way makes
/// our tags weak, and they name a version of the configuration, not the bytes of a reply.
pub(super) fn versions(header: Option<&str>) -> Option<Vec<u64>> {
    let header = header?.trim();
    if header == "*" {
        return None;
    }
    Some(header.split(',').filter_map(version).collect())
}

/// The version in one tag; a tag that we never gave names none.
fn version(tag: &str) -> Option<u64> {
    let tag = tag.trim();
    let opaque = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    opaque.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_version_is_allowed_by_a_star_or_by_silence() {
        assert_eq!(versions(None), None);
        assert_eq!(versions(Some(" * ")), None);
    }

    #[test]
    fn tags_name_versions_and_what_is_none_matches_nothing() {
        assert_eq!(versions(Some("\"7\"")), Some(vec![7]));
        assert_eq!(versions(Some("\"7\", W/\"8\" ,\"x\"")), Some(vec![7, 8]));
        for header in ["", "7", "\"7", "\"\"", "W/7", "\"-1\"", "\"99999999999999999999\""] {
            assert_eq!(versions(Some(header)), Some(Vec::new()), "{header}");
        }
    }
}
