// The way through a list whose pages are not counted: each says where the next
// one begins, and nobody but the reader knows where those before it did.

export class Trail {
  #before = $state.raw<(string | undefined)[]>([]);

  /** Something else is listed now. */
  forget(): void {
    this.#before = [];
  }

  /** Leaves the page that begins at `cursor` for the next one. */
  leave(cursor: string | undefined): void {
    this.#before = [...this.#before, cursor];
  }

  /** Where the page before began; the first one begins at nothing. */
  back(): string | undefined {
    const cursor = this.#before.at(-1);
    this.#before = this.#before.slice(0, -1);
    return cursor;
  }
}
