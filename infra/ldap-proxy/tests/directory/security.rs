//! The way to the directory.

use directory::people::{digests, ldif};
use directory::{Certificates, Proxy, READER_PASSWORD, SECRET, Slapd, search};
use ldap_proxy_client::{ClientError, Code, Digests, Stage};

async fn ask(proxy: &Proxy) -> Result<Digests, ClientError> {
    proxy.client().digests(&digests(search(), 1)).await
}

async fn failure(proxy: &Proxy) -> (Stage, Code, Option<u32>) {
    match ask(proxy).await.unwrap_err() {
        ClientError::Directory { stage, failure } => {
            (stage, failure.code, failure.ldap_result_code)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_directory_is_trusted_by_its_own_authority() {
    let slapd = Slapd::with(&ldif(3));
    let ldaps = format!("ldaps://localhost:{}", slapd.tls_port);
    let authority = slapd.certificates.authority.to_str().unwrap();
    let other = Certificates::new(slapd.folder(), "other");
    let other = other.authority.to_str().unwrap();
    for (url, start_tls) in [(&ldaps, "false"), (&slapd.url(), "true")] {
        let of = |name, value| Proxy::at(url, &[("START_TLS", start_tls), (name, value)]);
        assert_eq!(ask(&of("CA_FILE", authority)).await.unwrap().entries, 3);
        assert_eq!(ask(&of("SKIP_VERIFY", "true")).await.unwrap().entries, 3);
        assert_eq!(failure(&of("CA_FILE", other)).await, (Stage::Tls, Code::Untrusted, None));
        assert_eq!(failure(&of("CA_FILE", "")).await, (Stage::Tls, Code::Untrusted, None));
    }
}

#[tokio::test]
async fn each_stage_fails_by_its_name() {
    let slapd = Slapd::with("");
    let wrong = Proxy::beside(&slapd, &[("BIND_PASSWORD", "wrong")]);
    assert_eq!(failure(&wrong).await, (Stage::Bind, Code::BindRefused, Some(49)));
    assert_eq!(wrong.ask("GET", "/healthz", None), (503, String::new()));
    let nowhere = Proxy::at("ldap://localhost:1", &[]);
    assert_eq!(failure(&nowhere).await, (Stage::Connect, Code::Unreachable, None));
    let base = Proxy::beside(&slapd, &[("BASE_DNS", "ou=gone,dc=example,dc=com")]);
    let mut request = digests(search(), 1);
    request.search.base = "ou=gone,dc=example,dc=com".to_owned();
    let gone = base.client().digests(&request).await.unwrap_err();
    assert!(matches!(gone, ClientError::Directory { stage: Stage::Search, failure }
        if failure.code == Code::NoSuchBase));
}

#[tokio::test]
async fn no_secret_is_ever_logged() {
    let slapd = Slapd::with(&ldif(3));
    let proxy = Proxy::beside(&slapd, &[]);
    ask(&proxy).await.unwrap();
    let wrong = Proxy::beside(&slapd, &[("BIND_PASSWORD", "a wrong password")]);
    failure(&wrong).await;
    wrong.wait_for_log("refuses the proxy's name and password");
    proxy.wait_for_log("status=200");
    for log in [proxy.log(), wrong.log()] {
        for secret in [SECRET, READER_PASSWORD, "a wrong password", "person1"] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}

#[test]
fn check_counts_and_shows_three_entries_without_a_password() {
    let slapd = Slapd::with(&ldif(40));
    let mut command = Proxy::command();
    command.arg("check").env("LDAP_URL", slapd.url()).env("BASE_DNS", "dc=example,dc=com");
    command.env("BIND_DN", "cn=reader,dc=example,dc=com").env("BIND_PASSWORD", READER_PASSWORD);
    let output = command.env("SECRET", SECRET).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("43 entries"), "{text}");
    assert_eq!(text.matches("objectclass: ").count(), 3, "{text}");
    assert!(!text.contains(READER_PASSWORD), "{text}");
    let output = command.env("BIND_PASSWORD", "wrong").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("(Bind)"));
}
