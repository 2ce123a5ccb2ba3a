use domain::EmailAddress;
use mail_builder::headers::address::Address;

use super::text::header_text;

/// A name and an address, as in From and To.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    name: String,
    address: EmailAddress,
}

impl Mailbox {
    /// `name` may be anything; control characters become spaces, so that it cannot leave its header.
    pub fn new(name: &str, address: EmailAddress) -> Self {
        Self { name: header_text(name), address }
    }

    /// The name, perhaps empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address.
    pub const fn address(&self) -> &EmailAddress {
        &self.address
    }

    pub(super) fn header(&self) -> Address<'_> {
        let name = Some(self.name.as_str()).filter(|name| !name.is_empty());
        Address::new_address(name, self.address.as_str())
    }
}
