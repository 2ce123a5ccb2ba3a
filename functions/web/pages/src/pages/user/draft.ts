// What the form of a user holds, and what becomes of it.

import type { User, UserUpdate } from "../../api/users.ts";

export interface Draft {
  firstName: string;
  lastName: string;
  /** Undefined: made of first and last name. */
  ownDisplayName: string | undefined;
  username: string;
  email: string;
  emailVerified: boolean;
  isAdmin: boolean;
  disabled: boolean;
  locale: string;
}

/** Cut to the hundred characters that a display name may have, as the API does. */
export const joined = (names: { firstName: string; lastName: string }) =>
  Array.from(`${names.firstName} ${names.lastName}`.trim()).slice(0, 100).join("");

export function draftOf(user: User): Draft {
  const { firstName, lastName, displayName, username, emailVerified, isAdmin, disabled } = user;
  return {
    firstName,
    lastName,
    ownDisplayName: displayName === joined(user) ? undefined : displayName,
    username,
    email: user.email ?? "",
    emailVerified,
    isAdmin,
    disabled,
    locale: user.locale ?? "",
  };
}

export const displayNameOf = (draft: Draft) => draft.ownDisplayName ?? joined(draft);

/** The whole user: what is left out would be lost. */
export function updateOf(draft: Draft): UserUpdate {
  const { firstName, lastName, username, emailVerified, isAdmin, disabled } = draft;
  return {
    firstName,
    lastName,
    displayName: displayNameOf(draft),
    username,
    email: draft.email.trim() || null,
    emailVerified,
    isAdmin,
    disabled,
    locale: draft.locale.trim() || null,
  };
}

/** What was changed in `draft` since `saved`, over a user whom somebody else may have changed meanwhile. */
export function laidOver(user: User, draft: Draft, saved: Draft): Draft {
  const changed = Object.entries(draft).filter(([field, value]) => value !== saved[field as keyof Draft]);
  return { ...draftOf(user), ...Object.fromEntries(changed) };
}

export function differ(one: Draft, other: Draft): boolean {
  return JSON.stringify(updateOf(one)) !== JSON.stringify(updateOf(other));
}
