//! Writes every mail with sample data as `.html`, `.txt` and `.eml`, for people to look at:
//! `cargo xtask mail-preview [DIR]`.

use std::path::Path;
use std::{env, fs, io};

use domain::{EmailAddress, Timestamp, Ttl};
use mail::message::{Letter, Mailbox};
use mail::templates::{
    Accent, ApiKeyExpiring, Appearance, EmailVerification, Mail, NewSignIn, OneTimeAccess,
    OneTimeAccessByAdmin, Test,
};
use uuid::Uuid;

const LONG: &str = "Wilhelmina Alexandrine Konstanze Friederike von und zu Hohenstaufen-Langenburg \
                    auf Schloss Weikersheim";
const RIGHT_TO_LEFT: &str = "עדה לאבלייס (Ada)";
const HOSTILE: &str = "<script>alert(\"x\")</script> & 'co' https://evil.example";
const LINK: &str = "https://id.example.com/lc/xJ3kR7vP2mQ9sT4wY8zB5nC6dF?redirect=%2Fsettings";

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "target/mail-preview".to_owned());
    fs::create_dir_all(&folder)?;
    for (sample, (name, mail)) in (0..).zip(samples()) {
        let appearance = appearance(name);
        let content = mail.render(&appearance);
        let address = |text| EmailAddress::parse(text).map_err(|_| io::Error::other("an address"));
        let from = Mailbox::new(&appearance.app_name, address("postern@example.com")?);
        let to = Mailbox::new("Ada Lovelace", address("ada@example.com")?);
        let letter = Letter {
            id: Uuid::from_u128(sample),
            app_url: &appearance.app_url,
            from: &from,
            to: &to,
            date: at(),
            content: &content,
        };
        let path = Path::new(&folder).join(name);
        fs::write(path.with_extension("html"), &content.html)?;
        fs::write(path.with_extension("txt"), &content.text)?;
        fs::write(path.with_extension("eml"), letter.compose().as_bytes())?;
        println!("{}.{{html,txt,eml}}  {}", path.display(), content.subject);
    }
    Ok(())
}

/// 22 November 2026, 09:36 UTC.
const fn at() -> Timestamp {
    Timestamp::from_ms(1_795_340_205_250)
}

fn appearance(sample: &str) -> Appearance {
    let is_dressed = sample.ends_with("-dressed");
    let logo = "https://id.example.com/api/application-images/email";
    Appearance {
        app_name: if is_dressed { "Ωmega & Sons Identity Service" } else { "Postern" }.to_owned(),
        app_url: "https://id.example.com".to_owned(),
        accent: Accent::parse(if is_dressed { "#f0c274" } else { "default" }),
        logo_url: is_dressed.then(|| logo.to_owned()),
    }
}

fn samples() -> Vec<(&'static str, Mail)> {
    vec![
        ("one-time-access", one_time_access("Ada", Some("K7MQ-2XPA"))),
        ("one-time-access-long", one_time_access(LONG, Some("K7MQ-2XPA"))),
        ("one-time-access-right-to-left", one_time_access(RIGHT_TO_LEFT, None)),
        ("one-time-access-dressed", one_time_access("Ada", Some("K7MQ-2XPA"))),
        ("one-time-access-by-admin", by_admin("Ada", "Charles Babbage", 60)),
        ("one-time-access-by-admin-long", by_admin("Ada", LONG, 31 * 24 * 60)),
        ("one-time-access-by-admin-right-to-left", by_admin("Ada", RIGHT_TO_LEFT, 24 * 60)),
        ("one-time-access-by-admin-hostile", by_admin(HOSTILE, HOSTILE, 24 * 60)),
        ("email-verification", email_verification()),
        ("new-sign-in", new_sign_in("Ada")),
        ("new-sign-in-dressed", new_sign_in("Ada")),
        ("api-key-expiring", api_key_expiring("nightly-backup")),
        ("api-key-expiring-hostile", api_key_expiring(HOSTILE)),
        ("test", Mail::Test(Test { name: "Ada".to_owned(), at: at() })),
    ]
}

fn one_time_access(name: &str, code: Option<&str>) -> Mail {
    Mail::OneTimeAccess(OneTimeAccess {
        name: name.to_owned(),
        link: LINK.to_owned(),
        code: code.map(str::to_owned),
        asked_at: at(),
        device: "Firefox on Windows".to_owned(),
        address: "2001:db8:85a3::8a2e:370:7334".to_owned(),
        lives: Ttl::minutes(15),
    })
}

fn by_admin(name: &str, admin: &str, minutes: i64) -> Mail {
    Mail::OneTimeAccessByAdmin(OneTimeAccessByAdmin {
        name: name.to_owned(),
        link: LINK.to_owned(),
        admin: admin.to_owned(),
        asked_at: at(),
        lives: Ttl::minutes(minutes),
    })
}

fn email_verification() -> Mail {
    Mail::EmailVerification(EmailVerification {
        name: "Ada".to_owned(),
        email: "ada.lovelace+postern@analytical-engines.example.com".to_owned(),
        link: "https://id.example.com/verify-email?token=h5Gf2KsPq8RtWxYz3BcDvN7mJ4L6aE9u"
            .to_owned(),
        asked_at: at(),
        lives: Ttl::minutes(24 * 60),
    })
}

fn new_sign_in(name: &str) -> Mail {
    Mail::NewSignIn(NewSignIn {
        name: name.to_owned(),
        device: "Safari on iPhone".to_owned(),
        address: "203.0.113.7".to_owned(),
        at: at(),
        link: "https://id.example.com/settings/account".to_owned(),
    })
}

fn api_key_expiring(key: &str) -> Mail {
    Mail::ApiKeyExpiring(ApiKeyExpiring {
        name: "Ada".to_owned(),
        key: key.to_owned(),
        expires_at: at().plus_ms(7 * 24 * 60 * 60 * 1000),
        link: "https://id.example.com/settings/admin/api-keys".to_owned(),
    })
}
