// All settings of this installation, for administrators (contract §1.9). The
// public ones are in `configuration.ts`.

import { exchange } from "./client.ts";

/** Every value is a string on the wire. */
export type Values = Readonly<Record<string, string>>;

export interface Stored {
  values: Values;
  /** Names this state of the settings, so that nobody overwrites what they have not seen. */
  tag: string | null;
}

/** Stands for a stored secret; sent back, it leaves the secret as it is. */
export const MASK = "XXXXXXXXXX";

export const getAllSettings = async () => stored(await exchange("GET", "/application-configuration/all"));

/** Saves `values`, and leaves all other settings as they are. */
export async function saveSettings(values: Values, tag: string | null): Promise<Stored> {
  const headers: Record<string, string> = tag ? { "If-Match": tag } : {};
  return stored(await exchange("PUT", "/application-configuration", { body: values, headers }));
}

async function stored(response: Response): Promise<Stored> {
  const entries: { key: string; value: string }[] = await response.json();
  return {
    values: Object.fromEntries(entries.map(({ key, value }) => [key, value])),
    tag: response.headers.get("ETag"),
  };
}
