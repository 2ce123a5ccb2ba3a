// A virtual authenticator (WebAuthn Level 3 §11), driven over the DevTools protocol.

import type { BrowserContext, CDPSession, Page } from "@playwright/test";

export interface KeptCredential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

/**
 * From the next page on the browser has no passkeys in autofill: with somebody at the authenticator
 * it would answer by itself, before the button that a test presses.
 */
export async function withoutAutofill(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
}

export class Authenticator {
  readonly #session: CDPSession;
  readonly #id: string;

  private constructor(session: CDPSession, id: string) {
    this.#session = session;
    this.#id = id;
  }

  /** A device with a screen lock whose owner says yes to everything, once `touch` lets them. */
  static async attach(page: Page): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        // Nobody touches it until a test says so: else autofill would sign in by itself.
        automaticPresenceSimulation: false,
      },
    });
    return new Authenticator(session, authenticatorId);
  }

  /** Somebody is there and answers the requests that `act` causes. */
  async during<T>(act: () => Promise<T>): Promise<T> {
    await this.present(true);
    try {
      return await act();
    } finally {
      await this.present(false);
    }
  }

  async present(enabled: boolean): Promise<void> {
    await this.#session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: this.#id, enabled });
  }

  /** Whether its owner passes the screen lock. */
  async verified(isUserVerified: boolean): Promise<void> {
    await this.#session.send("WebAuthn.setUserVerified", { authenticatorId: this.#id, isUserVerified });
  }

  async credentials(): Promise<KeptCredential[]> {
    return (await this.#session.send("WebAuthn.getCredentials", { authenticatorId: this.#id })).credentials;
  }

  async keep(credential: KeptCredential): Promise<void> {
    await this.#session.send("WebAuthn.addCredential", { authenticatorId: this.#id, credential });
  }
}
