use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio_rustls::rustls::{ServerConnection, StreamOwned};

use super::{Behaviour, Shared, Taken, USER, lock};

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

/// One connection, to its end.
pub(super) fn hold(stream: TcpStream, shared: &Arc<Shared>) {
    *lock(&shared.connections) += 1;
    let _ = stream.set_nodelay(true);
    let _ = stream.set_read_timeout(Some(Duration::from_mins(2)));
    let Ok(kept) = stream.try_clone() else { return };
    let mut conversation = Conversation {
        shared: Arc::clone(shared),
        wire: Box::new(stream),
        below: kept,
        buffer: Vec::new(),
        encrypted: false,
        user: None,
        from: String::new(),
        to: String::new(),
    };
    // An error is the end of the connection, from either side.
    let _ = conversation.run();
}

struct Conversation {
    shared: Arc<Shared>,
    wire: Box<dyn Wire>,
    below: TcpStream,
    buffer: Vec<u8>,
    encrypted: bool,
    user: Option<String>,
    from: String,
    to: String,
}

/// The connection is over.
struct Over;

type Goes<T = ()> = Result<T, Over>;

impl Conversation {
    fn behaviour(&self) -> Behaviour {
        *lock(&self.shared.behaviour)
    }

    fn run(&mut self) -> Goes {
        if self.shared.implicit {
            self.encrypt()?;
        }
        match self.behaviour() {
            Behaviour::Silent => {
                let _ = self.line();
                return Err(Over);
            }
            Behaviour::Later => {
                self.say("421 4.3.2 Come later")?;
                return Err(Over);
            }
            Behaviour::NotSmtp => {
                self.say("HTTP/1.1 400 Bad Request")?;
                return Err(Over);
            }
            _ => self.say("220 mail.example ESMTP")?,
        }
        loop {
            let line = self.line()?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            self.answer(&verb, &line)?;
        }
    }

    fn answer(&mut self, verb: &str, line: &str) -> Goes {
        match verb {
            "EHLO" => self.hello(),
            "STARTTLS" if self.behaviour() == Behaviour::Injecting => {
                self.write(b"220 go on\r\n250 injected\r\n")?;
                self.encrypt()
            }
            "STARTTLS" => {
                self.say("220 2.0.0 Go on")?;
                self.encrypt()
            }
            "AUTH" => self.authenticate(line),
            "MAIL" if self.behaviour() == Behaviour::RefusingSender => {
                self.say("550 5.7.1 You may not send from here")
            }
            "MAIL" => {
                self.from = address(line);
                self.say("250 2.1.0 Sender ok")
            }
            "RCPT" => self.recipient(line),
            "DATA" if self.to.is_empty() => self.say("503 5.5.1 No recipient"),
            "DATA" => self.data(),
            "RSET" => {
                self.to.clear();
                self.say("250 2.0.0 Reset")
            }
            "NOOP" => self.say("250 2.0.0 Yes"),
            "QUIT" => {
                self.say("221 2.0.0 Bye")?;
                Err(Over)
            }
            _ => self.say("502 5.5.2 What?"),
        }
    }

    fn hello(&mut self) -> Goes {
        self.user = None;
        let mut lines = vec!["mail.example", "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"];
        if !self.encrypted && self.behaviour() != Behaviour::Stripped {
            lines.push("STARTTLS");
        }
        lines.push(if self.behaviour() == Behaviour::Small { "SIZE 1000" } else { "SIZE 1000000" });
        lines.push("AUTH PLAIN LOGIN");
        let last = lines.len() - 1;
        let mut text = String::new();
        for (index, line) in lines.into_iter().enumerate() {
            text += if index == last { "250 " } else { "250-" };
            text += line;
            text += "\r\n";
        }
        self.write(text.as_bytes())
    }

    fn authenticate(&mut self, line: &str) -> Goes {
        let mut words = line.split(' ').skip(1);
        let (mechanism, initial) = (words.next().unwrap_or_default(), words.next());
        let (name, password) = if mechanism.eq_ignore_ascii_case("PLAIN") {
            let given = match initial {
                Some(initial) => initial.to_owned(),
                None => self.ask("")?,
            };
            let plain = decoded(&given);
            let mut parts = plain.split('\0').skip(1).map(str::to_owned);
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
        } else {
            let name = match initial {
                Some(initial) => initial.to_owned(),
                None => self.ask("VXNlcm5hbWU6")?,
            };
            (decoded(&name), decoded(&self.ask("UGFzc3dvcmQ6")?))
        };
        let known = (name.as_str(), password.as_str()) == USER;
        if known && self.behaviour() != Behaviour::WrongPassword {
            self.user = Some(name);
            return self.say("235 2.7.0 Welcome");
        }
        self.say("535 5.7.8 Username and password not accepted")
    }

    fn ask(&mut self, what: &str) -> Goes<String> {
        self.say(&format!("334 {what}"))?;
        self.line()
    }

    fn recipient(&mut self, line: &str) -> Goes {
        match self.behaviour() {
            Behaviour::Refusing => return self.say("550 5.1.1 No such mailbox here"),
            Behaviour::BusyFor(times) if times > 0 => {
                *lock(&self.shared.behaviour) = Behaviour::BusyFor(times - 1);
                return self.say("450 4.2.1 Try again later");
            }
            Behaviour::Hesitant(milliseconds) => {
                std::thread::sleep(Duration::from_millis(milliseconds));
            }
            _ => {}
        }
        self.to = address(line);
        self.say("250 2.1.5 Recipient ok")
    }

    fn data(&mut self) -> Goes {
        self.say("354 Go on")?;
        let mut text = String::new();
        loop {
            let line = self.line()?;
            if self.behaviour() == Behaviour::DroppingText && text.len() > 200 {
                return self.drop_the_line();
            }
            if line == "." {
                break;
            }
            text += line.strip_prefix('.').unwrap_or(&line);
            text += "\r\n";
        }
        self.take(text)
    }

    fn take(&mut self, text: String) -> Goes {
        let behaviour = self.behaviour();
        if behaviour == Behaviour::DroppingAtDot {
            return self.drop_the_line();
        }
        if behaviour == Behaviour::Quoting {
            let link = link(&text);
            return self.say(&format!("554 5.7.1 URL {link} is listed"));
        }
        let to = std::mem::take(&mut self.to);
        let message_id = message_id(&text);
        let (from, encrypted, user) = (self.from.clone(), self.encrypted, self.user.clone());
        let mail = Taken { message_id, from, to, text, encrypted, user };
        let number = {
            let mut taken = lock(&self.shared.taken);
            taken.push(mail);
            taken.len()
        };
        match behaviour {
            Behaviour::TakingSilently => return self.drop_the_line(),
            Behaviour::Slow(milliseconds) => {
                std::thread::sleep(Duration::from_millis(milliseconds));
            }
            _ => {}
        }
        self.say(&format!("250 2.0.0 Taken as {number}"))?;
        if behaviour == Behaviour::OneByOne {
            return self.drop_the_line();
        }
        Ok(())
    }

    fn drop_the_line(&mut self) -> Goes {
        let _ = self.below.shutdown(std::net::Shutdown::Both);
        Err(Over)
    }

    fn encrypt(&mut self) -> Goes {
        let wrong = self.behaviour() == Behaviour::WrongName;
        let identity = if wrong { &self.shared.foreign } else { &self.shared.identity };
        let connection = ServerConnection::new(Arc::clone(&identity.0)).map_err(|_| Over)?;
        let stream = self.below.try_clone().map_err(|_| Over)?;
        self.wire = Box::new(StreamOwned::new(connection, stream));
        self.encrypted = true;
        Ok(())
    }

    /// The next line without its end.
    fn line(&mut self) -> Goes<String> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line: Vec<u8> = self.buffer.drain(..end + 2).collect();
                return Ok(String::from_utf8_lossy(&line[..end]).into_owned());
            }
            let mut bytes = [0; 8192];
            match self.wire.read(&mut bytes) {
                Ok(length) if length > 0 => self.buffer.extend_from_slice(&bytes[..length]),
                _ => return Err(Over),
            }
        }
    }

    fn say(&mut self, line: &str) -> Goes {
        self.write(format!("{line}\r\n").as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> Goes {
        let piece = if self.behaviour() == Behaviour::ByteByByte { 1 } else { bytes.len() };
        for piece in bytes.chunks(piece) {
            self.wire.write_all(piece).map_err(|_| Over)?;
            self.wire.flush().map_err(|_| Over)?;
        }
        Ok(())
    }
}

fn address(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(address, _)| address.to_owned())
}

/// The first one in a mail.
fn link(text: &str) -> String {
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    let link = text.split_whitespace().find(|word| word.starts_with("http"));
    link.unwrap_or_default().to_owned()
}

fn message_id(text: &str) -> String {
    let head = text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let header = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("message-id").then(|| value.to_owned())
    });
    header.unwrap_or_default().trim().trim_matches(['<', '>']).to_owned()
}

fn decoded(text: &str) -> String {
    let bytes = STANDARD.decode(text).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
