//! Whatever a server says and whenever it goes: every mail has one outcome, and none is called
//! delivered that the server did not take.

use mail::smtp::{Dialogue, Loss, Outcome, Security, Step};

use crate::script::{mail_to, with_password};

/// What it says when it does not say what is right.
const REPLIES: [&str; 9] = [
    "250 ok\r\n",
    "220 go\r\n",
    "235 you\r\n",
    "334 more\r\n",
    "354 text\r\n",
    "421 bye\r\n",
    "450 later\r\n",
    "550 no\r\n",
    "nonsense\r\n",
];

/// What is right, after what begins so.
const RIGHT: [(&str, &str); 10] = [
    ("", "220 hello\r\n"),
    ("EHLO", "250-a\r\n250-PIPELINING\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n"),
    ("STARTTLS", "220 go\r\n"),
    ("AUTH PLAIN", "235 you\r\n"),
    ("MAIL", "250 ok\r\n250 ok\r\n354 text\r\n"),
    ("RCPT", "250 ok\r\n"),
    ("DATA", "354 text\r\n"),
    (".", "250 taken\r\n"),
    ("RSET", "250 ok\r\n"),
    ("QUIT", "221 bye\r\n"),
];

/// Numbers that look drawn and are the same every time (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[test]
fn whatever_a_server_says_every_mail_has_one_outcome() {
    let mut delivered = 0;
    let mails = [mail_to("a@example.com"), mail_to("b@example.com"), mail_to("c@example.com")];
    for game in 0..5000 {
        let mut dice = Dice(game);
        let security = [
            Security::Tls,
            Security::StartTls,
            Security::None { credentials_in_clear: true },
            Security::None { credentials_in_clear: false },
        ];
        let mut dialogue = Dialogue::new(with_password(security[dice.roll(4)]));
        for (envelope, message) in mails.clone() {
            dialogue.submit(envelope, message);
        }
        let outcomes = one_game(&mut dialogue, &mut dice);
        assert_eq!(outcomes.len(), 3, "game {game}: {outcomes:?}");
        delivered += outcomes.iter().filter(|o| matches!(o, Outcome::Delivered { .. })).count();
    }
    assert!(delivered > 1000, "the games never get far enough: {delivered}");
}

fn one_game(dialogue: &mut Dialogue, dice: &mut Dice) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let (mut dots, mut after_dot) = (0, false);
    let mut said = String::new();
    for _ in 0..200 {
        match dialogue.next() {
            Step::Send { .. } if dice.roll(60) == 0 => dialogue.lost(Loss::Closed),
            Step::Send { bytes, .. } => {
                after_dot = bytes == b".\r\n";
                dots += usize::from(after_dot);
                said = String::from_utf8(bytes).unwrap();
            }
            Step::Receive { .. } if dice.roll(60) == 0 => dialogue.lost(Loss::TimedOut),
            Step::Receive { .. } => answer(dialogue, &said, dice),
            Step::StartTls => dialogue.tls_established(),
            Step::Done(outcome) => {
                let is_delivered = matches!(outcome, Outcome::Delivered { .. });
                assert!(!is_delivered || after_dot, "delivered without a dot");
                outcomes.push(outcome);
            }
            Step::Idle => dialogue.quit(),
            Step::Closed(_) => {
                assert!(dots <= 3);
                return outcomes;
            }
        }
    }
    panic!("the dialogue does not end: {dialogue:?}");
}

/// Mostly what a well-meaning server says, in pieces of any size.
fn answer(dialogue: &mut Dialogue, said: &str, dice: &mut Dice) {
    let right = RIGHT.iter().rev().find(|(command, _)| said.starts_with(command));
    let any = REPLIES[dice.roll(REPLIES.len())];
    let reply = right.filter(|_| dice.roll(12) > 0).map_or(any, |(_, reply)| reply).as_bytes();
    let middle = dice.roll(reply.len());
    dialogue.received(&reply[..middle]);
    dialogue.received(&reply[middle..]);
}
