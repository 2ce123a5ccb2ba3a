// Who is signed in. The session itself is a cookie that no script can read;
// a mark in local storage says that there may be one, so that visitors who
// are not signed in cause no request that can only fail.

import { isApiError } from "./api/errors.ts";
import { signOut } from "./api/sessions.ts";
import { getMe, type User } from "./api/users.ts";

const MARK = "postern.signed-in";

let user = $state.raw<User>();

export const session = {
  get user(): User | undefined {
    return user;
  },

  /** The user of this browser's session, asked from the server when not known yet. */
  async load(): Promise<User | undefined> {
    if (user) return user;
    try {
      this.begin(await getMe());
    } catch (error) {
      if (!isApiError(error) || error.status !== 401) throw error;
      this.forget();
    }
    return user;
  },

  /** As `load`, without asking where nobody has signed in before; a failure counts as nobody. */
  async loadIfMarked(): Promise<User | undefined> {
    if (!readMark()) return undefined;
    return this.load().catch(() => undefined);
  },

  begin(signedIn: User): void {
    user = signedIn;
    writeMark(true);
  },

  forget(): void {
    user = undefined;
    writeMark(false);
  },

  async end(): Promise<void> {
    try {
      await signOut();
    } catch (error) {
      // No session is what was wanted.
      if (!isApiError(error) || error.status !== 401) throw error;
    }
    this.forget();
  },
};

// Storage may be blocked; then the mark is never set, and nothing else is lost.
function readMark(): boolean {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
}

function writeMark(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(MARK, "1");
    else localStorage.removeItem(MARK);
  } catch {
    return;
  }
}
