//! Every text of every mail, in English. A translation is another file of the same functions.
//!
//! Plain words: who asked, when, how long it lasts, what to do if it was not you. `{}` is a value;
//! see [`Phrase`].

use super::block::Block::{Aside, Button, Code, Facts, Say};
use super::block::{Block, Content, Phrase};
use super::moment::{day, lifetime, moment};
use super::value::is_link_like;
use super::{
    ApiKeyExpiring, EmailVerification, NewSignIn, OneTimeAccess, OneTimeAccessByAdmin, Test,
};

pub(super) const LANGUAGE: &str = "en";
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const SECONDS: (&str, &str) = ("second", "seconds");
pub(super) const MINUTES: (&str, &str) = ("minute", "minutes");
pub(super) const HOURS: (&str, &str) = ("hour", "hours");
pub(super) const DAYS: (&str, &str) = ("day", "days");
pub(super) const NO_MOMENT: &str = "an unknown time";

/// Under the button.
pub(super) const ADDRESS_INSTEAD: &str = "If the button does not work, open this address:";

pub(super) fn footer(app: &str) -> Phrase {
    Phrase::new("{} sent this mail automatically. Nobody reads replies to it.", [app])
}

fn hello(name: &str) -> Block {
    if name.trim().is_empty() || is_link_like(name) {
        return Say(Phrase::new("Hello,", []));
    }
    Say(Phrase::new("Hello {},", [name]))
}

pub(super) fn one_time_access(mail: &OneTimeAccess, app: &str) -> Content {
    let lives = lifetime(mail.lives);
    let until = moment(mail.asked_at.plus_ms(mail.lives.as_ms()));
    let mut blocks = vec![
        hello(&mail.name),
        Say(Phrase::new(
            "You asked to sign in to {} without your passkey. This link lets you in:",
            [app],
        )),
        Button { label: "Sign in", link: mail.link.clone() },
    ];
    if let Some(code) = &mail.code {
        blocks.push(Say(Phrase::new(
            "Open it in the browser in which you asked for it. If that is on another device, type \
             this code there instead:",
            [],
        )));
        blocks.push(Code(code.clone()));
        blocks
            .push(Say(Phrase::new("Link and code work once, for {}: until {}.", [&lives, &until])));
    } else {
        blocks.push(Say(Phrase::new(
            "Open it in the browser in which you asked for it. It works once, for {}: until {}.",
            [&lives, &until],
        )));
    }
    blocks.push(Facts(vec![
        ("Asked for", moment(mail.asked_at)),
        ("With", mail.device.clone()),
        ("From", mail.address.clone()),
    ]));
    blocks.push(Aside(Phrase::new(
        "Was it not you? Then you need not do anything: without this mail nobody gets in. Do not \
         pass it on, whoever asks you to: whoever has it can sign in as you.",
        [],
    )));
    Content {
        subject: Phrase::new("Your one-time link for {}", [app]),
        preview: Phrase::new("It works once, until {}.", [&until]),
        blocks,
    }
}

pub(super) fn one_time_access_by_admin(mail: &OneTimeAccessByAdmin, app: &str) -> Content {
    let lives = lifetime(mail.lives);
    let until = moment(mail.asked_at.plus_ms(mail.lives.as_ms()));
    Content {
        subject: Phrase::new("A one-time link for {}", [app]),
        preview: Phrase::new("It signs you in once, until {}.", [&until]),
        blocks: vec![
            hello(&mail.name),
            Say(Phrase::new(
                "{} has sent you a link that signs you in to {} without a passkey:",
                [&mail.admin, app],
            )),
            Button { label: "Sign in", link: mail.link.clone() },
            Say(Phrase::new(
                "It works once, for {}: until {}. When you are in, add a passkey: next time you will \
                 need no link.",
                [&lives, &until],
            )),
            Facts(vec![("Sent by", mail.admin.clone()), ("Made", moment(mail.asked_at))]),
            Aside(Phrase::new(
                "Did you not expect this? Ask {} before you open it. Do not pass it on, whoever \
                 asks you to: whoever has it can sign in as you.",
                [&mail.admin],
            )),
        ],
    }
}

pub(super) fn email_verification(mail: &EmailVerification, app: &str) -> Content {
    let lives = lifetime(mail.lives);
    let until = moment(mail.asked_at.plus_ms(mail.lives.as_ms()));
    Content {
        subject: Phrase::new("Confirm your email address for {}", [app]),
        preview: Phrase::new("The link works until {}.", [&until]),
        blocks: vec![
            hello(&mail.name),
            Say(Phrase::new(
                "Is {} your address? Confirm it for your account at {}:",
                [&mail.email, app],
            )),
            Button { label: "Confirm address", link: mail.link.clone() },
            Say(Phrase::new(
                "You may be asked to sign in first. The link works for {}: until {}.",
                [&lives, &until],
            )),
            Facts(vec![("Asked for", moment(mail.asked_at))]),
            Aside(Phrase::new(
                "Was it not you? Then you need not do anything: the address stays unconfirmed.",
                [],
            )),
        ],
    }
}

pub(super) fn new_sign_in(mail: &NewSignIn, app: &str) -> Content {
    Content {
        subject: Phrase::new("New sign-in to {}", [app]),
        preview: Phrase::new("{}, {}", [&mail.device, &moment(mail.at)]),
        blocks: vec![
            hello(&mail.name),
            Say(Phrase::new(
                "Somebody has signed in to your account at {} with a browser that had not been \
                 used before:",
                [app],
            )),
            Facts(vec![
                ("When", moment(mail.at)),
                ("With", mail.device.clone()),
                ("From", mail.address.clone()),
            ]),
            Say(Phrase::new("Was it you? Then all is well.", [])),
            Say(Phrase::new(
                "Was it not you? Then end that session, delete any passkey that you do not know, \
                 and tell your administrator.",
                [],
            )),
            Button { label: "See your sessions", link: mail.link.clone() },
        ],
    }
}

pub(super) fn api_key_expiring(mail: &ApiKeyExpiring, app: &str) -> Content {
    Content {
        subject: Phrase::new("API key {} ends on {}", [&mail.key, &day(mail.expires_at)]),
        preview: Phrase::new("Programs that use it are then turned away.", []),
        blocks: vec![
            hello(&mail.name),
            Say(Phrase::new(
                "Your API key {} at {} ends soon. Programs that use it are then turned away. Make a \
                 new one in time, and give it to them:",
                [&mail.key, app],
            )),
            Button { label: "See your API keys", link: mail.link.clone() },
            Facts(vec![("API key", mail.key.clone()), ("Ends", moment(mail.expires_at))]),
            Aside(Phrase::new("Does nothing use it any more? Then you need not do anything.", [])),
        ],
    }
}

pub(super) fn test(mail: &Test, app: &str) -> Content {
    Content {
        subject: Phrase::new("Test mail from {}", [app]),
        preview: Phrase::new("Mail works.", []),
        blocks: vec![
            hello(&mail.name),
            Say(Phrase::new(
                "Mail works: {} has sent you this one, because you asked for it in the \
                 application configuration.",
                [app],
            )),
            Facts(vec![("Asked for", moment(mail.at))]),
        ],
    }
}
