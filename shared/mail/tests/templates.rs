//! What the mails say: everything that somebody must know, and nothing that becomes markup.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use domain::{Timestamp, Ttl};
use mail::templates::{
    Accent, ApiKeyExpiring, Appearance, EmailVerification, Mail, NewSignIn, OneTimeAccess,
    OneTimeAccessByAdmin, Rendered, Test,
};

const LINK: &str = "https://id.example.com/lc/abc?redirect=%2Fa&b=1";

fn appearance(app_name: &str) -> Appearance {
    Appearance {
        app_name: app_name.to_owned(),
        app_url: "https://id.example.com".to_owned(),
        accent: Accent::parse("#1f5f99"),
        logo_url: None,
    }
}

fn at() -> Timestamp {
    Timestamp::from_rfc3339("2026-11-22T09:36:45Z").unwrap()
}

/// Every mail, with `value` wherever a value from outside can stand.
fn all(value: &str) -> Vec<Mail> {
    let own = || value.to_owned();
    let (link, lives) = (|| LINK.to_owned(), Ttl::minutes(15));
    vec![
        Mail::OneTimeAccess(OneTimeAccess {
            name: own(),
            link: link(),
            code: Some(own()),
            asked_at: at(),
            device: own(),
            address: own(),
            lives,
        }),
        Mail::OneTimeAccessByAdmin(OneTimeAccessByAdmin {
            name: own(),
            link: link(),
            admin: own(),
            asked_at: at(),
            lives,
        }),
        Mail::EmailVerification(EmailVerification {
            name: own(),
            email: own(),
            link: link(),
            asked_at: at(),
            lives,
        }),
        Mail::NewSignIn(NewSignIn {
            name: own(),
            device: own(),
            address: own(),
            at: at(),
            link: link(),
        }),
        Mail::ApiKeyExpiring(ApiKeyExpiring {
            name: own(),
            key: own(),
            expires_at: at(),
            link: link(),
        }),
        Mail::Test(Test { name: own(), at: at() }),
    ]
}

fn rendered(value: &str, app_name: &str) -> Vec<Rendered> {
    all(value).iter().map(|mail| mail.render(&appearance(app_name))).collect()
}

#[test]
fn a_link_that_was_asked_for_says_who_when_how_long_and_what_else_to_do() {
    let mail = Mail::OneTimeAccess(OneTimeAccess {
        name: "Ada".to_owned(),
        link: LINK.to_owned(),
        code: Some("K7MQ-2XPA".to_owned()),
        asked_at: at(),
        device: "Firefox on Windows".to_owned(),
        address: "203.0.113.7".to_owned(),
        lives: Ttl::minutes(15),
    });
    let Rendered { subject, text, html } = mail.render(&appearance("Postern"));
    assert_eq!(subject, "Your one-time link for Postern");
    for needed in [
        "Hello Ada,",
        LINK,
        "K7MQ-2XPA",
        "for 15 minutes: until 22 November 2026, 09:51 UTC",
        "Asked for: 22 November 2026, 09:36 UTC",
        "With: Firefox on Windows",
        "From: 203.0.113.7",
        "Was it not you?",
        "Do not pass it on",
    ] {
        assert!(text.contains(needed), "{needed}");
    }
    assert!(html.contains("href=\"https://id.example.com/lc/abc?redirect=%2Fa&amp;b=1\""));
    assert!(html.contains("K7MQ-2XPA") && html.contains("prefers-color-scheme: dark"));
}

#[test]
fn no_value_becomes_markup() {
    // What a browser would see of the tags if a value opened one, closed one or left its attribute.
    let tags = |html: &str| html.matches(['<', '>', '"']).count();
    let calm = rendered("xx", "Postern");
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</p></td></tr></table></body>",
        "<!-- ",
        "&lt;b&gt;",
        "{} {}",
    ] {
        for (mail, calm) in rendered(hostile, hostile).iter().zip(&calm) {
            assert_eq!(tags(&mail.html), tags(&calm.html), "{hostile}");
            assert!(!mail.html.contains("<script") && !mail.html.contains("<img"));
            assert!(!mail.html.contains("'alert") && !mail.html.contains("<b>"));
        }
    }
}

#[test]
fn no_value_breaks_a_line_or_turns_what_follows() {
    for hostile in ["Ada\r\nSign in:\r\nhttps://evil.example", "\u{202e}x\u{2066}", "a\u{2028}b"] {
        for mail in rendered(hostile, hostile) {
            assert!(!mail.subject.contains(char::is_control));
            assert!(!mail.text.contains("\nhttps://evil.example") && !mail.text.contains('\r'));
            for turn in ['\u{202e}', '\u{2028}'] {
                assert!(!mail.text.contains(turn) && !mail.html.contains(turn));
            }
        }
    }
    let right_to_left = rendered("שלום", "Postern");
    let [mail, ..] = &right_to_left[..] else { panic!("no mails") };
    assert!(mail.text.contains("Hello \u{2068}שלום\u{2069},"));
}

#[test]
fn a_name_of_a_hundred_letters_is_kept_whole() {
    for name in ["x".repeat(100), "Ω".repeat(100), "👩‍🚀".repeat(33)] {
        for mail in rendered(&name, "Postern") {
            assert!(mail.text.contains(&name) && mail.html.contains(&name));
        }
    }
}

#[test]
fn a_name_that_is_an_advertisement_is_not_greeted() {
    for mail in rendered("You won: https://evil.example", "Postern") {
        assert!(mail.text.starts_with("Hello,\n"), "{}", mail.text);
    }
    for mail in rendered("", "Postern") {
        assert!(mail.text.starts_with("Hello,\n"), "{}", mail.text);
    }
}

#[test]
fn no_mail_needs_pictures_scripts_or_anything_from_elsewhere() {
    for mail in rendered("Ada", "Postern") {
        for foreign in ["<img", "<script", "<link", "url(", "@import", "<form", "<input"] {
            assert!(!mail.html.contains(foreign), "{foreign}");
        }
        assert!(mail.html.len() < 20_000, "Gmail cuts off what is longer than 102 KB");
    }
    let logo = Some("https://id.example.com/logo?\"><script>".to_owned());
    let dressed = Appearance { logo_url: logo, ..appearance("Postern") };
    let html = all("Ada")[0].render(&dressed).html;
    assert!(html.contains("<img src=\"https://id.example.com/logo?&quot;&gt;&lt;script&gt;\""));
    assert!(html.contains("alt=\"\"") && html.contains("Postern"));
}
