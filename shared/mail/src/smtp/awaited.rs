use super::{Patience, Stage};

/// What the next reply is the reply to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The connection itself.
    Greeting,
    Ehlo,
    StartTls,
    AuthPlain,
    /// AUTH LOGIN, to which the server asks for the name.
    LoginName,
    /// The name, to which it asks for the password.
    LoginPassword,
    /// The password.
    LoginEnd,
    Sender,
    Recipient,
    Data,
    /// The text and the dot after it.
    FinalDot,
    /// A dot without text, because DATA was pipelined and nobody is to get anything.
    EmptyText,
    Reset,
    Quit,
}

/// A server that has nothing more to do for us need not keep us.
const LONGEST_FAREWELL_MS: u32 = 5000;

impl Awaited {
    pub(super) const fn stage(self) -> Stage {
        match self {
            Self::Greeting | Self::Ehlo => Stage::Greeting,
            Self::StartTls => Stage::Tls,
            Self::AuthPlain | Self::LoginName | Self::LoginPassword | Self::LoginEnd => {
                Stage::Authentication
            }
            Self::Sender | Self::Reset | Self::Quit => Stage::Sender,
            Self::Recipient => Stage::Recipient,
            Self::Data | Self::FinalDot | Self::EmptyText => Stage::Message,
        }
    }

    pub(super) const fn is_of_the_opening(self) -> bool {
        matches!(self.stage(), Stage::Greeting | Stage::Tls | Stage::Authentication)
    }

    pub(super) fn timeout_ms(self, patience: Patience) -> u32 {
        match self {
            Self::FinalDot => patience.final_dot_ms,
            Self::Quit => patience.command_ms.min(LONGEST_FAREWELL_MS),
            _ => patience.command_ms,
        }
    }
}
