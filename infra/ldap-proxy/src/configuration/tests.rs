use std::fs;

use super::*;

const GOOD: &str = r#"
ldap_url = "ldap://localhost:3890"
bind_dn = "cn=reader,dc=example,dc=com"
bind_password = "only the proxy knows"
base_dns = ["dc=example,dc=com"]
secret = "0123456789abcdef0123456789abcdef"
listen = "127.0.0.1:0"
"#;

fn read(file: &str, environment: &[(&str, &str)]) -> Result<Configuration, Vec<String>> {
    let environment = environment.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    Configuration::read(Sources::new(&NAMES, file, environment))
        .map_err(|Refused(complaints)| complaints)
}

fn complaint(environment: &[(&str, &str)]) -> String {
    let complaints = read(GOOD, environment).err().unwrap_or_default();
    assert_eq!(complaints.len(), 1, "{environment:?}: {complaints:?}");
    complaints[0].clone()
}

#[test]
fn a_file_is_enough_and_the_environment_wins() {
    let read = read(GOOD, &[("PAGE_SIZE", "250"), ("BASE_DNS", "ou=a,dc=x;ou=b,dc=x")]).unwrap();
    assert_eq!(read.bases, ["ou=a,dc=x", "ou=b,dc=x"]);
    assert_eq!((read.reading.page, read.reading.longest), (250, 1024 * 1024));
    assert_eq!((read.access.host.as_str(), read.access.port), ("localhost", 3890));
    assert!(!read.reading.ignore_references);
}

#[test]
fn everything_missing_is_named_at_once() {
    let complaints = read("", &[]).err().unwrap();
    assert_eq!(complaints.len(), 3, "{complaints:?}");
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    for (name, value) in [
        ("LDAP_URL", "http://localhost"),
        ("LDAP_URL", "localhost"),
        ("CA_FILE", "/nowhere.pem"),
        ("BIND_PASSWORD", ""),
        ("BASE_DNS", "people"),
        ("ALLOWED_ATTRIBUTES", "cn,userPassword"),
        ("EXTRA_ATTRIBUTES", "*"),
        ("PAGE_SIZE", "0"),
        ("PAGE_SIZE", "10001"),
        ("MAX_VALUE_BYTES", "2097153"),
        ("REFERENCES", "follow"),
        ("START_TLS", "perhaps"),
        ("SECRET", "0123456789abcdef0123456789abcde"),
        ("SECRET_FILE", "/nowhere"),
        ("LISTEN", "8636"),
        ("CLIENT_CA", "/nowhere.pem"),
        ("TLS_CERT", "/nowhere.pem"),
    ] {
        assert!(!complaint(&[(name, value)]).contains("only the proxy knows"), "{name}");
    }
    complaint(&[("START_TLS", "true"), ("LDAP_URL", "ldaps://localhost")]);
}

#[test]
fn an_unknown_name_in_the_file_is_refused() {
    let complaints = read(&format!("{GOOD}bind_pasword = \"x\""), &[]).err().unwrap();
    assert!(complaints[0].contains("bind_pasword"), "{complaints:?}");
    assert!(read("not toml", &[]).err().unwrap()[0].contains("TOML"));
}

#[test]
fn a_secret_comes_from_a_file_without_its_last_line_break() {
    let file = std::env::temp_dir().join(format!("postern-secret-{}", std::process::id()));
    fs::write(&file, "another secret of 32 characters!\n").unwrap();
    let read = read(GOOD, &[("SECRET", ""), ("SECRET_FILE", file.to_str().unwrap())]).unwrap();
    fs::remove_file(file).unwrap();
    assert!(read.secret.is_presented_by(b"Bearer another secret of 32 characters!"));
}
