/// What presets of directories map, what finds people and groups in filters, and nothing else.
const DEFAULT: &[&str] = &[
    "avatar",
    "cn",
    "dc",
    "displayName",
    "entryUUID",
    "first_name",
    "givenName",
    "groupType",
    "guid",
    "ipaUniqueID",
    "jpegPhoto",
    "last_name",
    "mail",
    "member",
    "memberOf",
    "memberUid",
    "name",
    "nsAccountLock",
    "nsUniqueId",
    "o",
    "objectCategory",
    "objectClass",
    "objectGUID",
    "ou",
    "sAMAccountName",
    "sAMAccountType",
    "sn",
    "thumbnailPhoto",
    "uid",
    "uniqueMember",
    "userAccountControl",
    "userPrincipalName",
    "uuid",
];

/// Passwords, their hashes and histories, keys; in small letters. Reading them is never a sync's need.
const NEVER: &[&str] = &[
    "authpassword",
    "currentvalue",
    "dbcspwd",
    "initialauthincoming",
    "initialauthoutgoing",
    "ipanthash",
    "krbextradata",
    "krbmkey",
    "krbprincipalkey",
    "krbpwdhistory",
    "lmpwdhistory",
    "ms-mcs-admpwd",
    "msds-groupmsamembership",
    "msds-keycredentiallink",
    "msds-managedpassword",
    "mslaps-encrypteddsrmpassword",
    "mslaps-encryptedpassword",
    "mslaps-encryptedpasswordhistory",
    "mslaps-password",
    "msfve-recoverypassword",
    "ntpwdhistory",
    "olcrootpw",
    "passwordhistory",
    "priorvalue",
    "pwdhistory",
    "sambalmpassword",
    "sambantpassword",
    "sambapasswordhistory",
    "supplementalcredentials",
    "trustauthincoming",
    "trustauthoutgoing",
    "unicodepwd",
    "unixuserpassword",
    "userpassword",
    "userpkcs12",
];

/// The given names, or the default ones.
pub(super) fn allowed(given: Option<Vec<String>>) -> Vec<String> {
    given.unwrap_or_else(|| DEFAULT.iter().map(ToString::to_string).collect())
}

/// A name in small letters. Numbers (OIDs) are refused: they could be another name of a password.
pub(super) fn check(name: &str) -> Result<String, &'static str> {
    let lower = name.to_ascii_lowercase();
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !lower.starts_with(|letter: char| letter.is_ascii_lowercase()) || !lower.bytes().all(known) {
        return Err("is no name of an attribute");
    }
    if NEVER.contains(&lower.as_str()) {
        return Err("is a secret and is never read");
    }
    Ok(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_ones_may_be_read_and_passwords_never() {
        assert!(allowed(None).iter().all(|name| check(name).is_ok()));
        for name in ["userPassword", "USERPASSWORD", "unicodePwd", "2.5.4.35", "*", "+", "cn;x", ""]
        {
            assert!(check(name).is_err(), "{name}");
        }
        assert_eq!(allowed(Some(vec!["a".to_owned()])), ["a"]);
    }
}
