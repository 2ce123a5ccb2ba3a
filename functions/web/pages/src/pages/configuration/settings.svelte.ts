// The settings as the server has them, and what is typed over them.

import { getAllSettings, saveSettings, type Values } from "../../api/applicationConfiguration.ts";
import type { SettingKey } from "../../text/configuration.ts";
import { typedOver } from "./typed.ts";

export class Settings {
  stored = $state.raw<Values>({});
  #tag: string | null = null;

  async load(): Promise<this> {
    const { values, tag } = await getAllSettings();
    this.stored = values;
    this.#tag = tag;
    return this;
  }

  async save(part: Values): Promise<void> {
    const { values, tag } = await saveSettings(part, this.#tag);
    this.stored = values;
    this.#tag = tag;
  }
}

/** One form: what is typed lies over what is stored, also when that is read anew. */
export class Draft {
  #typed = $state.raw<Values>({});
  readonly settings: Settings;
  readonly keys: readonly SettingKey[];

  constructor(settings: Settings, keys: readonly SettingKey[]) {
    this.settings = settings;
    this.keys = keys;
  }

  get(key: SettingKey): string {
    return this.#typed[key] ?? this.settings.stored[key] ?? "";
  }

  set(key: SettingKey, value: string): void {
    this.#typed = { ...this.#typed, [key]: value };
  }

  get dirty(): boolean {
    return Object.keys(typedOver(this.#typed, this.settings.stored)).length > 0;
  }

  discard(): void {
    this.#typed = {};
  }

  async save(): Promise<void> {
    await this.settings.save(Object.fromEntries(this.keys.map((key) => [key, this.get(key)])));
    this.#typed = {};
  }
}
