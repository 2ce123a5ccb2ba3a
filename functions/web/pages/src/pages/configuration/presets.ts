// What kinds of directories call things. The base DN is each installation's own.

import type { Values } from "../../api/applicationConfiguration.ts";
import type { SettingKey } from "../../text/configuration.ts";

export type PresetName = "activeDirectory" | "openLdap" | "freeIpa" | "lldap";

interface Shape {
  users: string;
  groups: string;
  identifier: string;
  username: string;
  displayName: string;
  picture: string;
  member: string;
}

const shapes: Record<PresetName, Shape> = {
  activeDirectory: {
    users: "(&(objectCategory=person)(objectClass=user))",
    groups: "(objectClass=group)",
    identifier: "objectGUID",
    username: "sAMAccountName",
    displayName: "displayName",
    picture: "thumbnailPhoto",
    member: "member",
  },
  openLdap: {
    users: "(objectClass=inetOrgPerson)",
    groups: "(objectClass=groupOfNames)",
    identifier: "entryUUID",
    username: "uid",
    displayName: "cn",
    picture: "jpegPhoto",
    member: "member",
  },
  freeIpa: {
    users: "(objectClass=person)",
    groups: "(objectClass=ipaUserGroup)",
    identifier: "ipaUniqueID",
    username: "uid",
    displayName: "displayName",
    picture: "jpegPhoto",
    member: "member",
  },
  lldap: {
    users: "(objectClass=person)",
    groups: "(objectClass=groupOfUniqueNames)",
    identifier: "entryUUID",
    username: "uid",
    displayName: "cn",
    picture: "jpegPhoto",
    member: "uniqueMember",
  },
};

export const presetNames = Object.keys(shapes) as PresetName[];

export function presetValues(name: PresetName): Partial<Record<SettingKey, string>> {
  const shape = shapes[name];
  return {
    ldapUserSearchFilter: shape.users,
    ldapUserGroupSearchFilter: shape.groups,
    ldapAttributeUserUniqueIdentifier: shape.identifier,
    ldapAttributeUserUsername: shape.username,
    ldapAttributeUserEmail: "mail",
    ldapAttributeUserFirstName: "givenName",
    ldapAttributeUserLastName: "sn",
    ldapAttributeUserDisplayName: shape.displayName,
    ldapAttributeUserProfilePicture: shape.picture,
    ldapAttributeGroupUniqueIdentifier: shape.identifier,
    ldapAttributeGroupName: "cn",
    ldapAttributeGroupMember: shape.member,
  };
}

export interface Filled {
  name: PresetName;
  /** What it put in place of what, where that differs. */
  changed: { key: SettingKey; before: string; after: string }[];
}

/** What filling in `name` changes, given what stands in the fields now. */
export function fillIn(name: PresetName, now: (key: SettingKey) => string): Filled {
  const values = Object.entries(presetValues(name)) as [SettingKey, string][];
  const changed = values.map(([key, after]) => ({ key, before: now(key), after })).filter(({ before, after }) => before !== after);
  return { name, changed };
}

/** Whether it can still be taken back: it stands in the fields, and not all of it is saved. */
export const isUndoable = ({ changed }: Filled, stored: Values): boolean =>
  changed.some(({ key, after }) => after !== (stored[key] ?? ""));
