// The sections of a user's page. Each has an address of its own, and is loaded
// when it is first looked at.

import type { Component } from "svelte";
import type { User } from "../../api/users.ts";
import { userText } from "../../text/user.ts";
import type { IconName } from "../../ui/Icon.svelte";

export interface PartProperties {
  user: User;
  /** The user was changed on the server. */
  onchanged: () => Promise<void>;
}

export interface Tab {
  /** What stands in the address after the `#`. */
  name: string;
  label: string;
  icon: IconName;
  load: () => Promise<{ default: Component<PartProperties> }>;
}

export const tabs: readonly Tab[] = [
  { name: "general", label: userText.tabs.general, icon: "user", load: () => import("./General.svelte") },
  { name: "user-groups", label: userText.tabs.groups, icon: "group", load: () => import("./Groups.svelte") },
  { name: "passkeys", label: userText.tabs.passkeys, icon: "key", load: () => import("./Passkeys.svelte") },
  { name: "custom-claims", label: userText.tabs.claims, icon: "list", load: () => import("./Claims.svelte") },
  { name: "sessions", label: userText.tabs.sessions, icon: "screen", load: () => import("./Sessions.svelte") },
  { name: "one-time-links", label: userText.tabs.links, icon: "link", load: () => import("./Links.svelte") },
];

export function tabAt(hash: string): string {
  const name = hash.slice(1);
  return tabs.some((tab) => tab.name === name) ? name : "general";
}
