// A directory of the tests' own: a real OpenLDAP, and the proxy beside it where Postern looks for one.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { ldapProxy } from "./environment.ts";

export const baseDn = "dc=harbour,dc=example";
const people = `ou=people,${baseDn}`;
const groups = `ou=groups,${baseDn}`;
const reader = { dn: `cn=reader,${baseDn}`, password: "the reader's own password" };
const admin = { dn: `cn=admin,${baseDn}`, password: "the admin's own password" };

const tree = `dn: ${baseDn}
objectClass: dcObject
objectClass: organization
dc: harbour
o: Harbour

dn: ${people}
objectClass: organizationalUnit
ou: people

dn: ${groups}
objectClass: organizationalUnit
ou: groups

dn: ${reader.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: ${reader.password}
`;

export const personDn = (uid: string) => `uid=${uid},${people}`;
export const groupDn = (name: string) => `cn=${name},${groups}`;

export class Directory {
  readonly #folder: string;
  readonly #port: number;
  #slapd: ChildProcess | undefined;
  #proxy: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  /** Nobody is in it yet. */
  static async open(): Promise<Directory> {
    const directory = new Directory(mkdtempSync(join(tmpdir(), "postern-directory-")), await freePort());
    directory.#fill();
    await directory.start();
    await directory.startProxy();
    return directory;
  }

  get #configuration(): string {
    return join(this.#folder, "slapd.conf");
  }

  #fill(): void {
    mkdirSync(join(this.#folder, "database"));
    writeFileSync(this.#configuration, configurationIn(this.#folder));
    execFileSync(program("slapadd"), ["-q", "-f", this.#configuration], { input: tree });
  }

  async start(): Promise<void> {
    const address = `ldap://127.0.0.1:${this.#port}`;
    this.#slapd = spawn(program("slapd"), ["-h", address, "-f", this.#configuration, "-d", "0"], { stdio: "ignore" });
    await expect.poll(() => answers(this.#port)).toBe(true);
  }

  async startProxy(): Promise<void> {
    const { host, port } = new URL(ldapProxy.url);
    const settings = {
      LDAP_URL: `ldap://127.0.0.1:${this.#port}`,
      BASE_DNS: baseDn,
      BIND_DN: reader.dn,
      BIND_PASSWORD: reader.password,
      SECRET: ldapProxy.secret,
      LISTEN: host,
    };
    this.#proxy = spawn(builtProxy(), { env: settings, stdio: "ignore" });
    await expect.poll(() => answers(Number(port))).toBe(true);
  }

  stop = (): Promise<void> => end(this.#slapd);
  stopProxy = (): Promise<void> => end(this.#proxy);

  addPerson(uid: string, details: { firstName?: string; lastName?: string; email?: string } = {}): void {
    const { firstName = "Given", lastName = "Person", email = `${uid}@harbour.example` } = details;
    this.#change(`dn: ${personDn(uid)}
changetype: add
objectClass: inetOrgPerson
uid: ${uid}
cn: ${firstName} ${lastName}
givenName: ${firstName}
sn: ${lastName}
${email && `mail: ${email}\n`}`);
  }

  addGroup(name: string, members: readonly string[]): void {
    const lines = members.map((uid) => `member: ${personDn(uid)}`).join("\n");
    this.#change(`dn: ${groupDn(name)}\nchangetype: add\nobjectClass: groupOfNames\ncn: ${name}\n${lines}\n`);
  }

  replace(dn: string, attribute: string, value: string): void {
    this.#change(`dn: ${dn}\nchangetype: modify\nreplace: ${attribute}\n${attribute}: ${value}\n`);
  }

  delete(dn: string): void {
    this.#change(`dn: ${dn}\nchangetype: delete\n`);
  }

  #change(ldif: string): void {
    const address = `ldap://127.0.0.1:${this.#port}`;
    execFileSync("ldapmodify", ["-x", "-H", address, "-D", admin.dn, "-w", admin.password], { input: ldif });
  }

  async close(): Promise<void> {
    await Promise.all([this.stop(), this.stopProxy()]);
    rmSync(this.#folder, { recursive: true });
  }
}

const configurationIn = (folder: string) => `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
database mdb
suffix ${baseDn}
rootdn ${admin.dn}
rootpw "${admin.password}"
directory ${folder}/database
dbnosync
index objectClass,uid eq
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${reader.dn}" read by * none
`;

/** Debian keeps them where only root looks. */
function program(name: string): string {
  const there = `/usr/sbin/${name}`;
  return existsSync(there) ? there : name;
}

/** Where cargo puts it, is for cargo to say. */
function builtProxy(): string {
  const build = ["build", "--quiet", "--locked", "--package", "postern-ldap-proxy", "--message-format", "json"];
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const told = execFileSync("cargo", build, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "inherit"] });
  const artifacts = told.split("\n").filter(Boolean).map((line): { executable?: string | null } => JSON.parse(line));
  const built = artifacts.map(({ executable }) => executable).find((path) => path?.includes("ldap-proxy"));
  if (!built) throw new Error("cargo built no LDAP proxy");
  return built;
}

/** Below the ports of outgoing connections, one of which could take it before slapd listens there. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_100 + Math.floor(Math.random() * 22_000);
    if (!(await answers(port))) return port;
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
