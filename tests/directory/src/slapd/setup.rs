use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{ADMIN, ADMIN_PASSWORD, READER};
use crate::{Certificates, Folder};

const TREE: &str = "\
dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,dc=example,dc=com
objectClass: organizationalUnit
ou: people

dn: cn=reader,dc=example,dc=com
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: the reader's own password

";

pub(super) fn configured(folder: &Folder, certificates: &Certificates, limits: &str) -> String {
    let folder = folder.path().display();
    format!(
        "include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.1 NAME 'windowsObject' SUP top AUXILIARY MAY objectGUID )
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
TLSCertificateFile {certificate}
TLSCertificateKeyFile {key}
{limits}
database mdb
suffix dc=example,dc=com
rootdn {ADMIN}
rootpw \"{ADMIN_PASSWORD}\"
directory {folder}/database
maxsize 4294967296
dbnosync
index objectClass,uid eq
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact={READER} read by * none
",
        certificate = certificates.certificate.display(),
        key = certificates.key.display(),
    )
}

pub(super) fn serve(configuration: &Path, port: u16, tls_port: u16) -> Child {
    Command::new(program("slapd"))
        .args(["-h", &format!("ldap://127.0.0.1:{port} ldaps://127.0.0.1:{tls_port}")])
        .arg("-f")
        .arg(configuration)
        .args(["-d", "0"])
        .stderr(Stdio::null())
        .spawn()
        .expect("slapd is missing: apt-get install slapd ldap-utils")
}

pub(super) fn load(configuration: &Path, ldif: &str) {
    let mut load = Command::new(program("slapadd"));
    feed(load.arg("-q").arg("-f").arg(configuration), &format!("{TREE}{ldif}"));
}

/// Debian keeps them where only root looks.
fn program(name: &str) -> String {
    let there = format!("/usr/sbin/{name}");
    if Path::new(&there).exists() { there } else { name.to_owned() }
}

pub(super) fn feed(command: &mut Command, text: &str) {
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().expect("missing: apt-get install slapd ldap-utils");
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}
