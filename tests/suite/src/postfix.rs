//! A real mail server: Postfix with its own configuration, queue and mailboxes, on ports of its own. Only
//! root can start one.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use directory::{Folder, free_port};

use crate::mail_server::{USER, key_and_certificate};

/// A Postfix that runs until the value goes. It takes mail from who signs in as [`USER`], for `admin…` at
/// example.com and nobody else.
pub struct Postfix {
    child: Child,
    /// Submission with STARTTLS (RFC 6409).
    pub submission: u16,
    /// Submission over TLS (RFC 8314).
    pub submissions: u16,
    /// As `submission`, but it offers AUTH LOGIN alone.
    pub login_only: u16,
    folder: Folder,
}

impl Default for Postfix {
    fn default() -> Self {
        Self::start()
    }
}

impl Postfix {
    /// Starts one and waits for it to listen.
    pub fn start() -> Self {
        let folder = Folder::new();
        let [submission, submissions, login_only] = [free_port(), free_port(), free_port()];
        configure(&folder, [submission, submissions, login_only]);
        let mut command = postfix(&folder);
        command.arg("start-fg").stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("Postfix starts");
        let postfix = Self { child, submission, submissions, login_only, folder };
        postfix.wait_until_it_listens();
        postfix
    }

    fn wait_until_it_listens(&self) {
        for _ in 0..300 {
            if std::net::TcpStream::connect(("127.0.0.1", self.login_only)).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("Postfix does not listen: {}", self.log());
    }

    /// What it has written so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// How many mails were delivered that hold `text`; waits for the first.
    pub fn delivered(&self, text: &str) -> usize {
        let mailbox = self.folder.join("mail/all/new");
        for _ in 0..100 {
            let count = files(&mailbox).iter().filter(|mail| mail.contains(text)).count();
            if count > 0 {
                return count;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("no mail with {text:?} came: {}", self.log());
    }
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).collect()
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _ = postfix(&self.folder).arg("stop").stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

fn postfix(folder: &Folder) -> Command {
    let mut command = Command::new("postfix");
    command.arg("-c").arg(folder.join("etc"));
    command
}

fn configure(folder: &Folder, [submission, submissions, login_only]: [u16; 3]) {
    let folders = ["etc", "etc/sasl", "queue", "data", "mail"].map(|name| folder.join(name));
    for path in folders {
        std::fs::create_dir_all(path).expect("a folder");
    }
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file of the configuration");
    };
    let path = folder.path().display();
    write("key-and-certificate.pem", &key_and_certificate("localhost"));
    write("etc/main.cf", &MAIN.replace("FOLDER", &path.to_string()));
    write("etc/mailboxes", "/^admin[0-9]*@example\\.com$/ all/\n");
    let services = format!(
        "127.0.0.1:{submission} inet n - n - - smtpd\n\
         127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n\
         127.0.0.1:{login_only} inet n - n - - smtpd -o smtpd_sasl_path=login\n"
    );
    write("etc/master.cf", &(services + MASTER));
    for (name, mechanisms) in [("smtpd", "PLAIN"), ("login", "LOGIN")] {
        let passwords = "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path:";
        let text = format!("{passwords} {path}/passwords\nmech_list: {mechanisms}\n");
        write(&format!("etc/sasl/{name}.conf"), &text);
    }
    set_password(&folder.join("passwords"));
    give("postfix", &folder.join("data"));
    give("postfix", &folder.join("passwords"));
    give("nobody", &folder.join("mail"));
}

fn set_password(file: &Path) {
    let mut command = Command::new("saslpasswd2");
    command.args(["-p", "-c", "-u", "mail.example", "-f"]).arg(file).arg(USER.0);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("saslpasswd2 starts");
    let mut input = child.stdin.take().expect("its input");
    input.write_all(USER.1.as_bytes()).expect("a password");
    drop(input);
    assert!(child.wait().expect("saslpasswd2 ends").success());
}

fn give(owner: &str, path: &PathBuf) {
    assert!(Command::new("chown").arg(owner).arg(path).status().expect("chown").success());
}

const MAIN: &str = "\
compatibility_level = 3.6
queue_directory = FOLDER/queue
data_directory = FOLDER/data
maillog_file = FOLDER/log
maillog_file_prefixes = FOLDER
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example
mydestination =
mynetworks =
alias_maps =
virtual_mailbox_domains = example.com
virtual_mailbox_base = FOLDER/mail
virtual_mailbox_maps = regexp:FOLDER/etc/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_chain_files = FOLDER/key-and-certificate.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
cyrus_sasl_config_path = FOLDER/etc/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
";

const MASTER: &str = "\
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
";
