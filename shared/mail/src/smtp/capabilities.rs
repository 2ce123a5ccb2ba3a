/// What a server offers, as its reply to EHLO says (RFC 5321 §4.1.1.1). 8BITMIME (RFC 6152) is not
/// here: our texts are 7-bit for every server, and whoever offers SMTPUTF8 offers it too.
#[expect(clippy::struct_excessive_bools, reason = "each is an extension, offered or not")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    pub(super) start_tls: bool,
    pub(super) auth_plain: bool,
    pub(super) auth_login: bool,
    pub(super) pipelining: bool,
    pub(super) smtp_utf8: bool,
    /// The server understands the SIZE parameter.
    pub(super) size: bool,
    /// The most bytes it takes, where it says so.
    pub(super) size_limit: Option<usize>,
}

impl Capabilities {
    /// Reads the lines of the reply without their codes; the first is the server's name.
    pub(super) fn parse(lines: &str) -> Self {
        let mut offers = Self::default();
        for line in lines.lines().skip(1) {
            let mut words = line.split([' ', '=', '\t', '\r']).filter(|word| !word.is_empty());
            let keyword = words.next().unwrap_or_default().to_ascii_uppercase();
            match keyword.as_str() {
                "STARTTLS" => offers.start_tls = true,
                "PIPELINING" => offers.pipelining = true,
                "SMTPUTF8" => offers.smtp_utf8 = true,
                // Some servers also write `AUTH=LOGIN`, for clients older than RFC 4954.
                "AUTH" => words.for_each(|mechanism| offers.add_mechanism(mechanism)),
                "SIZE" => {
                    offers.size = true;
                    // Zero is "no limit that we know of" (RFC 1870 §4).
                    let limit = words.next().and_then(|number| number.parse().ok());
                    offers.size_limit = limit.filter(|limit| *limit > 0);
                }
                _ => {}
            }
        }
        offers
    }

    fn add_mechanism(&mut self, mechanism: &str) {
        self.auth_plain |= mechanism.eq_ignore_ascii_case("PLAIN");
        self.auth_login |= mechanism.eq_ignore_ascii_case("LOGIN");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_read_in_any_case_and_in_any_order() {
        let lines = "mail.example at your service\nsize 52428800\nPIPELINING\n8BitMime\nSMTPUTF8\n\
                     AUTH CRAM-MD5 plain\nAUTH=LOGIN\nSTARTTLS\nXCLIENT NAME";
        let offers = Capabilities::parse(lines);
        let everything = Capabilities {
            start_tls: true,
            auth_plain: true,
            auth_login: true,
            pipelining: true,
            smtp_utf8: true,
            size: true,
            size_limit: Some(52_428_800),
        };
        assert_eq!(offers, everything);
    }

    #[test]
    fn the_server_s_name_offers_nothing() {
        assert_eq!(Capabilities::parse("STARTTLS"), Capabilities::default());
        assert_eq!(Capabilities::parse("a\nSTARTTLSX\nXSIZE 1\n\n"), Capabilities::default());
        assert_eq!(Capabilities::parse("a\nSIZE 0").size_limit, None);
        assert_eq!(Capabilities::parse("a\nSIZE 99999999999999999999999").size_limit, None);
    }
}
