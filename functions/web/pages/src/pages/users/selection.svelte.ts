// The rows that are ticked. They stay ticked while one turns pages.

import type { User } from "../../api/users.ts";

export const nameOf = (user: Pick<User, "displayName" | "username">) => user.displayName || user.username;

export class Selection {
  /** Names by id, in the order of ticking. */
  names = $state.raw<ReadonlyMap<string, string>>(new Map());
  #last: string | undefined;

  get size(): number {
    return this.names.size;
  }

  has(user: User): boolean {
    return this.names.has(user.id);
  }

  /** Ticks or unticks one; with `through`, everything from the last one to it among `shown`. */
  set(user: User, ticked: boolean, shown: readonly User[] = [], through = false): void {
    const from = shown.findIndex(({ id }) => id === this.#last);
    const to = shown.indexOf(user);
    const range = through && from >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [user];
    this.setAll(range, ticked);
    this.#last = user.id;
  }

  setAll(users: readonly User[], ticked: boolean): void {
    const names = new Map(this.names);
    for (const user of users) {
      if (ticked) names.set(user.id, nameOf(user));
      else names.delete(user.id);
    }
    this.names = names;
  }

  clear(): void {
    this.names = new Map();
    this.#last = undefined;
  }
}
