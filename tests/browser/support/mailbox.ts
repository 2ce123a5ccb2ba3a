// A mail server of the tests' own, which takes what Postern sends and shows it: SMTP in clear, one
// mail after another, no password. How a server misbehaves is tests/suite's business.

import { createServer, type Server, type Socket } from "node:net";
import { expect } from "@playwright/test";

export interface Mail {
  to: string;
  /** Its text, without the HTML. */
  text: string;
  /** The first link in it, as a path of Postern. */
  path: string;
}

export class Mailbox {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  readonly #mails: Mail[] = [];
  /** What it says to every recipient from now on. */
  answersRecipients = "250 2.1.5 Recipient ok";

  private constructor() {
    this.#server = createServer((socket) => this.#converse(socket));
  }

  /** On this port of 127.0.0.1; 0 is any free one. */
  static async open(port: number): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((resolve, reject) => {
      mailbox.#server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    return mailbox;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  mailsTo(address: string): readonly Mail[] {
    return this.#mails.filter((mail) => mail.to === address);
  }

  /** The mail to `address` that comes after `earlier` others. */
  async next(address: string, earlier = 0): Promise<Mail> {
    await expect.poll(() => this.mailsTo(address).length, { timeout: 30_000 }).toBeGreaterThan(earlier);
    return this.mailsTo(address)[earlier]!;
  }

  async close(): Promise<void> {
    for (const socket of this.#connections) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #converse(socket: Socket): void {
    this.#connections.add(socket);
    socket.on("close", () => this.#connections.delete(socket));
    // Whoever hangs up has said all they wanted to.
    socket.on("error", () => socket.destroy());
    socket.setEncoding("latin1");
    const say = (line: string) => socket.write(`${line}\r\n`);
    let unread = "";
    let to = "";
    let message: string[] | undefined;

    const hear = (line: string): void => {
      if (message) {
        if (line !== ".") return void message.push(line.replace(/^\./, ""));
        this.#mails.push(mailOf(to, message.join("\r\n")));
        message = undefined;
        return void say("250 2.0.0 Taken");
      }
      switch (line.slice(0, 4).toUpperCase()) {
        case "EHLO":
          return void say("250-mailbox.example\r\n250-PIPELINING\r\n250 8BITMIME");
        case "RCPT":
          to = /<(.*?)>/.exec(line)?.[1] ?? "";
          return void say(this.answersRecipients);
        case "DATA":
          if (!this.answersRecipients.startsWith("250")) return void say("503 5.5.1 No recipient");
          message = [];
          return void say("354 Go on");
        case "QUIT":
          return void socket.end("221 2.0.0 Bye\r\n");
        default:
          return void say("250 2.0.0 Ok");
      }
    };

    say("220 mailbox.example ESMTP");
    socket.on("data", (heard) => {
      const lines = (unread + String(heard)).split("\r\n");
      unread = lines.pop() ?? "";
      lines.forEach(hear);
    });
  }
}

function mailOf(to: string, message: string): Mail {
  const text = plainText(message);
  const link = /https?:\/\/\S+?\/(?:lc\/|verify-email\?)\S+/.exec(text)?.[0];
  const { pathname, search } = new URL(link ?? "http://none.invalid/");
  return { to, text, path: link ? pathname + search : "" };
}

/** The part that is plain text, decoded (RFC 2045 §6). */
function plainText(message: string): string {
  const boundary = /boundary="?([^";\r\n]+)/i.exec(message)?.[1];
  const parts = boundary ? message.split(`--${boundary}`) : [message];
  const part = parts.find((part) => /content-type:\s*text\/plain/i.test(part)) ?? message;
  const end = part.indexOf("\r\n\r\n");
  const [head, body] = [part.slice(0, end), part.slice(end + 4)];
  const encoding = /content-transfer-encoding:\s*(\S+)/i.exec(head)?.[1]?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1").toString("utf8");
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
