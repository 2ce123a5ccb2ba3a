// What administrators read on a user's page.

export const enUser = {
  places: "Sections of this user",
  tabs: {
    general: "General",
    groups: "User Groups",
    passkeys: "Passkeys",
    claims: "Custom Claims",
    sessions: "Sessions",
    links: "One-Time Links",
    emails: "Emails",
  },

  since: (created: string, lastSignIn: string) => `Created ${created} · Last sign-in: ${lastSignIn}`,

  general: {
    updated: "User updated successfully",
    locale: "Locale",
    localeHint: "The language that applications are told, such as en or pt-BR.",
    emailVerifiedHint: "Applications are told that the address belongs to this user.",
    ownDisabledHint: "You can't disable your own account.",
    ldapTitle: "Managed by LDAP",
    ldapText: "Name, username, email, privileges and status come from the directory and are changed there. Only the locale is set here.",
    ignored: (fields: string) => `The directory decides about these, so they stayed as they were: ${fields}.`,
    ignoredTitle: "Not everything was changed",
  },

  picture: {
    title: "Profile Picture",
    text: "PNG, JPEG, GIF or WebP. The middle is cut out as a square.",
    upload: "Upload Picture",
    uploading: "Uploading…",
    reset: "Reset",
    uploaded: "Profile picture updated successfully",
    wasReset: "Profile picture reset successfully",
  },

  standing: {
    title: "Disable or delete",
    own: "This is your own account: another administrator has to disable or delete it.",
    managed: "The directory decides whether this user may sign in. Disable or remove them there: the next sync does the same here.",
    disableText: "Signs this user out everywhere, and lets nobody sign in as them until they are enabled again.",
    approveText: "Signed up and waits for you to decide. Approve, then give them a one-time link: it signs them in, and they add their passkey.",
    enableText: "Lets this user sign in again with their passkeys.",
    deleteText: "Removes the account with its passkeys, sessions and links. This can't be undone.",
    disable: "Disable User",
    enable: "Enable User",
    delete: "Delete User",
  },

  groups: {
    intro: "What this user may see and do in applications often depends on these.",
    label: "Member of",
    saved: "User groups updated successfully",
    ldap: "Groups from LDAP are filled from the directory: what is changed in them here lasts until the next sync.",
  },

  passkeys: {
    intro: "Where this user can sign in from.",
    empty: "This user has no passkey yet.",
    cannotAdd: "An administrator cannot add a passkey for a user. Send them a one-time link: they sign in with it and add their passkey themselves.",
    toLinks: "Go to one-time links",
    deleteText: "This user can't sign in with it any more.",
    deleteLast: "This is their only passkey. Without it only a one-time link lets them in again.",
  },

  claims: {
    intro: "Facts that applications are told about this user. A user's claim goes before a group's of the same key.",
  },

  sessions: {
    intro: "Where this user is signed in now.",
    empty: "This user is not signed in anywhere.",
    endAll: "Sign out everywhere",
    endAllTitle: (name: string) => `Sign ${name} out everywhere?`,
    endAllText: "Every session ends at once. They can sign in again with their passkeys.",
    allEnded: "All sessions signed out successfully",
  },
};

export type UserCatalogue = typeof enUser;
