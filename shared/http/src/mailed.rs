use domain::{EmailAddress, TypedCode};
use store::SecretHash;
use uuid::Uuid;

use crate::{Secret, TokenKey};

/// What mails let people in with. None of it is stored: whoever sends the mail derives it from the
/// identifier that stands in the outbox.
impl TokenKey {
    /// The token of a one-time link that is mailed.
    pub fn one_time_link(&self, link: Uuid) -> Secret {
        self.token("one-time link", link)
    }

    /// The code that stands for the link in the browser that asked for it.
    pub fn link_code(&self, link: Uuid) -> TypedCode {
        let tag = self.tag("one-time link code", link.as_bytes());
        TypedCode::from_bytes(std::array::from_fn(|place| tag[place]))
    }

    /// What is stored of such a code. It is short, so its mere hash could be guessed by who has the
    /// database; this cannot without the key. It is bound to the browser that may type it.
    pub fn link_code_hash(&self, device: SecretHash, code: TypedCode) -> SecretHash {
        self.tag("code", &[&device[..], code.as_bytes()].concat())
    }

    /// The token that proves that an address is its user's.
    pub fn email_verification(&self, id: Uuid) -> Secret {
        self.token("email verification", id)
    }

    /// An address as a key to count by, without the address: of strangers nothing is kept.
    pub fn account(&self, address: &EmailAddress) -> String {
        let tag = self.tag("account", address.key().as_bytes());
        Secret::from_bytes(&tag[..18]).to_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Uuid = Uuid::from_u128(0x6b1c_2c1e_0000_4000_8000_0000_0000_002a);

    fn key() -> TokenKey {
        TokenKey::derive(b"0123456789abcdef0123456789abcdef").unwrap()
    }

    #[test]
    fn what_mails_carry_is_pinned() {
        assert_eq!(key().one_time_link(ID).to_text(), "VrGn61Wef97HKJUvOu95-lnq");
        assert_eq!(key().link_code(ID).to_text(), "9G61-7Q7T");
        assert_eq!(key().email_verification(ID).to_text(), "xRhb0LYEP9crIi3-4_5piy4c");
    }

    #[test]
    fn a_code_is_bound_to_its_browser() {
        let code = key().link_code(ID);
        assert_ne!(key().link_code_hash([1; 32], code), key().link_code_hash([2; 32], code));
    }

    #[test]
    fn an_account_is_counted_whatever_the_case() {
        let account = |text| key().account(&EmailAddress::parse(text).unwrap());
        assert_eq!(account("Ada@Example.com"), account("ada@example.COM"));
        assert_ne!(account("ada@example.com"), account("bob@example.com"));
    }
}
