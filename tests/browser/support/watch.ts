// A page that complains fails its test: script errors, console errors, breaches of the content
// security policy, and answers of the server that the test did not expect.

import type { BrowserContext, ConsoleMessage } from "@playwright/test";

export class Watch {
  readonly #found: string[] = [];
  readonly #expected: { status: number; path: RegExp }[] = [];

  /** From here on the server may refuse requests for `path` with `status`. */
  expectRefusal(status: number, path: RegExp): void {
    this.#expected.push({ status, path });
  }

  get found(): readonly string[] {
    return this.#found;
  }

  async follow(context: BrowserContext): Promise<void> {
    // A breach reaches the console too; the event names the directive.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`content security policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    context.on("console", (message) => this.#console(message));
    context.on("weberror", (error) => this.#found.push(`script error: ${error.error().stack}`));
  }

  #console(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
    const isExpected = this.#expected.some((refusal) => refusal.status === status && refusal.path.test(url));
    if (!isExpected) this.#found.push(`console ${message.type()}: ${message.text()} (${url})`);
  }
}
