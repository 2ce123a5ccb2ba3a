// The sections of a user's page. Each has an address of its own, and is loaded
// when it is first looked at.

import type { Component } from "svelte";
import type { User } from "../../api/users.ts";
import { userText } from "../../text/user.ts";

export interface PartProperties {
  user: User;
  /** The user was changed on the server. */
  onchanged: () => Promise<void>;
}

export interface Tab {
  /** What stands in the address after the `#`. */
  name: string;
  label: string;
  load: () => Promise<{ default: Component<PartProperties> }>;
}

export const tabs: readonly Tab[] = [
  { name: "general", label: userText.tabs.general, load: () => import("./General.svelte") },
  { name: "user-groups", label: userText.tabs.groups, load: () => import("./Groups.svelte") },
  { name: "passkeys", label: userText.tabs.passkeys, load: () => import("./Passkeys.svelte") },
  { name: "custom-claims", label: userText.tabs.claims, load: () => import("./Claims.svelte") },
  { name: "sessions", label: userText.tabs.sessions, load: () => import("./Sessions.svelte") },
  { name: "one-time-links", label: userText.tabs.links, load: () => import("./Links.svelte") },
  { name: "emails", label: userText.tabs.emails, load: () => import("./Emails.svelte") },
];

export function tabAt(hash: string): string {
  const name = hash.slice(1);
  return tabs.some((tab) => tab.name === name) ? name : "general";
}
