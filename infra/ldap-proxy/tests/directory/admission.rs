//! Who may ask, and what for.

use directory::people::{digests, everything, ldif};
use directory::{Proxy, SECRET, Slapd, search};
use ldap_proxy_client::{ClientError, Code, Search};

use crate::read;

async fn code(proxy: &Proxy, change: impl Fn(&mut Search)) -> Code {
    let mut asked = search();
    change(&mut asked);
    let of_digests = proxy.client().digests(&digests(asked.clone(), 1)).await.unwrap_err();
    let of_entries = proxy.client().entries(&everything(asked)).await.err().unwrap();
    match (of_digests, of_entries) {
        (ClientError::Refused(one), ClientError::Refused(two)) if one == two => one.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn nothing_is_said_without_the_secret() {
    let slapd = Slapd::with("");
    let proxy = Proxy::beside(&slapd, &[]);
    for secret in ["", "wrong", "a secret of the tests, long enougH"] {
        let client = proxy.client_with(secret);
        let asked = client.digests(&digests(search(), 1)).await;
        assert!(matches!(asked, Err(ClientError::Unauthorized)));
        let asked = client.entries(&everything(search())).await;
        assert!(matches!(asked, Err(ClientError::Unauthorized)));
    }
    for (method, path) in
        [("POST", "/v1/digests"), ("GET", "/metrics"), ("GET", "/"), ("GET", "/v2")]
    {
        assert_eq!(proxy.ask(method, path, None).0, 401, "{path}");
    }
    assert_eq!(proxy.ask("GET", "/healthz", None), (200, String::new()));
    assert_eq!(proxy.ask("GET", "/v2", Some(SECRET)).0, 404);
}

#[tokio::test]
async fn a_search_outside_what_is_allowed_never_reaches_the_directory() {
    let slapd = Slapd::with(&ldif(3));
    let proxy = Proxy::beside(&slapd, &[("BASE_DNS", "ou=people,dc=example,dc=com")]);
    let outside = code(&proxy, |search| search.base = "dc=example,dc=com".to_owned()).await;
    assert_eq!(outside, Code::BaseNotAllowed);
    for base in ["cn=x\\,ou=people,dc=example,dc=com", "dc=com", "ou=PEOPLE,dc=example,dc=org"] {
        assert_eq!(
            code(&proxy, |search| search.base = base.to_owned()).await,
            Code::BaseNotAllowed
        );
    }
    let within = |search: &mut Search| search.base = "OU=People, DC=example,dc=com".to_owned();
    let secret = |search: &mut Search| search.attributes.push("userPassword".to_owned());
    let both = code(&proxy, |search| {
        within(search);
        secret(search);
    });
    assert_eq!(both.await, Code::AttributeNotAllowed);
    let mut request = everything(search());
    within(&mut request.search);
    assert_eq!(read(proxy.client().entries(&request).await.unwrap()).await.unwrap().0.len(), 3);
}

#[tokio::test]
async fn a_filter_that_breaks_out_is_refused() {
    let slapd = Slapd::with(&ldif(3));
    let proxy = Proxy::beside(&slapd, &[]);
    for name in ["x)(uid=*", "x))(|(uid=*", "*)(objectClass=*", "x\\", "x)(userPassword=*)"] {
        let filter = format!("(uid={name})");
        let refused = code(&proxy, |search| search.filter.clone_from(&filter)).await;
        assert_eq!(refused, Code::InvalidFilter, "{filter}");
    }
    let guessed = code(&proxy, |search| search.filter = "(userPassword=the*)".to_owned());
    assert_eq!(guessed.await, Code::AttributeNotAllowed);
}

#[tokio::test]
async fn what_is_no_request_is_told_so() {
    let slapd = Slapd::with("");
    let proxy = Proxy::beside(&slapd, &[]);
    let (status, body) = proxy.ask("POST", "/v1/digests", Some(SECRET));
    assert_eq!(status, 400);
    assert!(body.contains("\"code\":\"invalid_request\""), "{body}");
    let mut request = everything(search());
    request.wanted.insert(1, Vec::new());
    let refused = proxy.client().entries(&request).await.err().unwrap();
    assert!(
        matches!(refused, ClientError::Refused(failure) if failure.code == Code::InvalidRequest)
    );
}
