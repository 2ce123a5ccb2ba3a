// What a page reads from the server: on its way, there, or failed.

export class Resource<T> {
  value = $state.raw<T>();
  error = $state.raw<unknown>();
  loading = $state(false);

  readonly #read: () => Promise<T>;
  #latest = 0;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  /** Reads anew. The old value stays visible meanwhile; an answer that comes after a later question is dropped. */
  async load(): Promise<void> {
    this.#latest += 1;
    const mine = this.#latest;
    this.loading = true;
    try {
      const value = await this.#read();
      if (mine !== this.#latest) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (mine === this.#latest) this.error = error;
    } finally {
      if (mine === this.#latest) this.loading = false;
    }
  }
}
