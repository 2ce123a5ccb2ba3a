use std::process::Command;

use super::setup::feed;
use super::{ADMIN, ADMIN_PASSWORD, Slapd};
use crate::people::lines;

/// What an administrator of the directory does.
impl Slapd {
    /// Changes entries, as LDIF says.
    pub fn modify(&self, ldif: &str) {
        feed(&mut self.changing(), ldif);
    }

    fn changing(&self) -> Command {
        let mut modify = Command::new("ldapmodify");
        modify.args(["-x", "-H", &self.url(), "-D", ADMIN, "-w", ADMIN_PASSWORD]);
        modify
    }

    /// Puts an attribute's values in place of those that there were; none takes it away.
    pub fn replace(&self, dn: &str, attribute: &str, values: &[&str]) {
        let values = lines(attribute, values.iter().copied());
        self.modify(&format!("dn: {dn}\nchangetype: modify\nreplace: {attribute}\n{values}\n"));
    }

    /// Takes an entry away.
    pub fn delete(&self, dn: &str) {
        self.modify(&format!("dn: {dn}\nchangetype: delete\n"));
    }

    /// Gives an entry another RDN below the same or another entry; it stays the same entry.
    pub fn rename(&self, dn: &str, rdn: &str, below: &str) {
        self.modify(&format!(
            "dn: {dn}\nchangetype: modrdn\nnewrdn: {rdn}\ndeleteoldrdn: 1\nnewsuperior: {below}\n"
        ));
    }

    /// Adds entries.
    pub fn add(&self, ldif: &str) {
        let mut add = self.changing();
        feed(add.arg("-a"), ldif);
    }
}
