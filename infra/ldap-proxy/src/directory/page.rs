use std::collections::BTreeMap;
use std::time::Duration;

use ldap_proxy_client::{Code, Failure, Scope, Stage};
use ldap3::asn1::{PL, parse_tag};
use ldap3::controls::{Control, ControlType, PagedResults, RawControl};
use ldap3::{LdapResult, ResultEntry};

use super::connection::Connection;
use super::entry::{Entry, Shape, primitive};
use crate::allowed::Admitted;
use crate::failures::{at, of_error, of_result};

/// How long the directory may be silent within a search.
const TO_ANSWER: Duration = Duration::from_mins(1);

/// Active Directory's `LDAP_SERVER_DOMAIN_SCOPE_OID`: no references to its other partitions, please.
/// Others do not know it and, as it is not critical, do not mind.
const DOMAIN_SCOPE: &str = "1.2.840.113556.1.4.1339";

/// Some entries of a search, and where it goes on.
pub(crate) struct Page {
    pub(crate) entries: Vec<Entry>,
    /// What asks for the next page; `None` when this is the last.
    pub(crate) cookie: Option<Vec<u8>>,
}

impl Connection {
    /// The page after `cookie` (RFC 2696), of about `size` entries. A directory that does not know
    /// pages gives everything at once.
    pub(crate) async fn page(
        &mut self,
        search: &Admitted,
        cookie: Vec<u8>,
        size: i32,
        reading: &Reading,
    ) -> Result<Page, Failure> {
        let goes_on = !cookie.is_empty();
        let controls = vec![PagedResults { size, cookie }.into(), domain_scope()];
        let names = search.attributes.values().chain([&search.identifier]).cloned().collect();
        let request = Request { base: &search.base, scope: search.scope, filter: &search.filter };
        let shape = Shape {
            attributes: &search.attributes,
            identifier: &search.identifier,
            longest: reading.longest,
        };
        let (entries, result) = self.search(request, names, controls, &shape, reading).await?;
        Ok(Page { entries, cookie: cookie_of(&result, goes_on)? })
    }

    /// Reads the rest of attributes of which the directory gives only some values at a time.
    pub(crate) async fn complete(
        &mut self,
        entry: &mut Entry,
        search: &Admitted,
        reading: &Reading,
    ) -> Result<(), Failure> {
        while let Some((name, from)) = entry.continued.pop() {
            let asked = BTreeMap::from([(name.clone(), name.clone())]);
            let shape = Shape { attributes: &asked, identifier: "", longest: reading.longest };
            let names = vec![format!("{name};range={from}-*")];
            let request =
                Request { base: &entry.dn, scope: Scope::Base, filter: "(objectClass=*)" };
            let (found, _) =
                self.search(request, names, vec![domain_scope()], &shape, reading).await?;
            // An entry that has gone meanwhile is as good as one that changes right afterwards.
            let part = found.into_iter().next();
            // One that is there and has no more values contradicts itself.
            if part.as_ref().is_some_and(|part| part.attributes.is_empty()) {
                return Err(malformed());
            }
            let part = part.unwrap_or_default();
            if part.continued.iter().any(|(_, next)| *next <= from) {
                return Err(malformed());
            }
            if search.attributes.contains_key(&name) {
                entry.append(part, reading.longest);
            }
        }
        Ok(())
    }

    async fn search(
        &mut self,
        request: Request<'_>,
        names: Vec<String>,
        controls: Vec<RawControl>,
        shape: &Shape<'_>,
        reading: &Reading,
    ) -> Result<(Vec<Entry>, LdapResult), Failure> {
        let failed = |error| of_error(Stage::Search, &error);
        let ldap = self.ldap.with_controls(controls).with_timeout(TO_ANSWER);
        let scope = match request.scope {
            Scope::Base => ldap3::Scope::Base,
            Scope::One => ldap3::Scope::OneLevel,
            Scope::Subtree => ldap3::Scope::Subtree,
        };
        let mut stream = ldap
            .streaming_search(request.base, scope, request.filter, names)
            .await
            .map_err(failed)?;
        let mut entries = Vec::new();
        while let Some(found) = stream.next().await.map_err(failed)? {
            entries.extend(read(found, shape, reading)?);
        }
        let result = stream.finish().await;
        match result.rc {
            0 => Ok((entries, result)),
            _ => Err(of_result(Stage::Search, &result)),
        }
    }
}

struct Request<'a> {
    base: &'a str,
    scope: Scope,
    filter: &'a str,
}

/// How to read, by the configuration.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The most entries of a page.
    pub(crate) page: i32,
    /// The most bytes of a value.
    pub(crate) longest: usize,
    /// Whether to go on where part of the search is on another server.
    pub(crate) ignore_references: bool,
}

fn read(
    found: ResultEntry,
    shape: &Shape<'_>,
    reading: &Reading,
) -> Result<Option<Entry>, Failure> {
    if found.is_intermediate() {
        return Ok(None);
    }
    if found.is_ref() {
        let error = "part of the search is on another server; REFERENCES=ignore leaves it out";
        let failure = at(Stage::Search, Code::Referral, error);
        return if reading.ignore_references { Ok(None) } else { Err(failure) };
    }
    Entry::read(found.0, shape).map(Some).ok_or_else(malformed)
}

fn malformed() -> Failure {
    at(Stage::Search, Code::Malformed, "the directory's answer makes no sense")
}

fn domain_scope() -> RawControl {
    RawControl { ctype: DOMAIN_SCOPE.to_owned(), crit: false, val: None }
}

/// Where the search goes on; `goes_on`: a page before this one said that it does. Then a page without a
/// control that can be read is not taken for the last: what is missing would be taken for gone.
///
/// `PagedResults::parse` would panic over a control that is none.
fn cookie_of(result: &LdapResult, goes_on: bool) -> Result<Option<Vec<u8>>, Failure> {
    let paged = |control: &&Control| matches!(control.0, Some(ControlType::PagedResults));
    let Some(control) = result.ctrls.iter().find(paged) else {
        return if goes_on { Err(malformed()) } else { Ok(None) };
    };
    let value = control.1.val.as_ref().ok_or_else(malformed)?;
    let (_, tag) = parse_tag(value).map_err(|_| malformed())?;
    let PL::C(parts) = tag.payload else { return Err(malformed()) };
    let cookie = primitive(&parts, 1).ok_or_else(malformed)?;
    Ok(Some(cookie.to_vec()).filter(|cookie| !cookie.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(controls: Vec<Control>) -> LdapResult {
        let (matched, text) = (String::new(), String::new());
        LdapResult { rc: 0, matched, text, refs: Vec::new(), ctrls: controls }
    }

    fn paged(value: Option<&[u8]>) -> Control {
        let ctype = "1.2.840.113556.1.4.319".to_owned();
        let raw = RawControl { ctype, crit: false, val: value.map(<[u8]>::to_vec) };
        Control(Some(ControlType::PagedResults), raw)
    }

    #[test]
    fn the_last_page_is_the_one_that_says_so() {
        // SEQUENCE { INTEGER 0, OCTET STRING } (RFC 2696 §2).
        let more = result(vec![paged(Some(&[0x30, 6, 2, 1, 0, 4, 1, 7]))]);
        assert_eq!(cookie_of(&more, true).unwrap(), Some(vec![7]));
        let last = result(vec![paged(Some(&[0x30, 5, 2, 1, 0, 4, 0]))]);
        assert_eq!(cookie_of(&last, true).unwrap(), None);
    }

    #[test]
    fn a_directory_without_pages_gives_one_but_none_that_gave_pages_stops_giving_them() {
        assert_eq!(cookie_of(&result(vec![]), false).unwrap(), None);
        assert!(cookie_of(&result(vec![]), true).is_err());
    }

    #[test]
    fn a_control_that_cannot_be_read_is_not_taken_for_the_end() {
        for value in [None, Some(&[0x30, 200][..]), Some(&[4, 1, 7]), Some(&[0x30, 3, 2, 1, 0])] {
            assert!(cookie_of(&result(vec![paged(value)]), false).is_err(), "{value:?}");
        }
    }
}
