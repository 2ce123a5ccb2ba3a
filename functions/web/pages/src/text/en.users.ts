// What administrators read in the list of users: filters, acts, several at once.

const number = new Intl.NumberFormat("en");
const plural = (count: number, one: string, many: string) => `${number.format(count)} ${count === 1 ? one : many}`;
const people = (count: number) => plural(count, "user", "users");

export const enUsers = {
  moreThan: (count: number) => `More than ${people(count)}`,
  moreFound: (count: number) => `More than ${people(count)} found`,
  emptySoFar: "Nobody so far. There are more people to look through: go on to the next page.",
  emptyFiltered: "No user matches all of this.",
  clearAll: "Clear search and filters",
  directory: "LDAP",
  awaitingApproval: "Awaiting approval",

  menu: {
    label: "More actions",
    createToken: "Create Signup Token",
    viewTokens: "View Active Signup Tokens",
    import: "Import Users",
    exportCsv: "Export CSV",
    exportJson: "Export JSON",
    keyboard: "Keyboard shortcuts",
  },

  filters: {
    title: "Filters",
    active: (count: number) => (count === 0 ? "Filters" : `Filters (${count})`),
    any: "Any",
    remove: (label: string) => `Remove filter: ${label}`,
    group: "Group",
    chooseGroup: "Choose group",
    groupText: "Show only users who are in this group.",
    show: "Show",
    inGroup: (name: string) => `In ${name}`,
    flags: {
      isAdmin: { label: "Role", true: "Administrators", false: "Not administrators" },
      disabled: { label: "Status", true: "Disabled", false: "Enabled" },
      emailVerified: { label: "Email", true: "Email verified", false: "Email not verified" },
      hasPasskey: { label: "Passkey", true: "Has passkey", false: "Has no passkey" },
      awaitingApproval: { label: "Approval", true: "Awaiting approval", false: "Not awaiting approval" },
      isLdap: { label: "Source", true: "LDAP", false: "Local" },
    },
  },

  select: {
    all: "Select all on this page",
    one: (name: string) => `Select ${name}`,
    column: "Selected",
    count: (count: number) => `${number.format(count)} selected`,
    bar: "Selected users",
    clear: "Clear selection",
    limit: (limit: number) => `At most ${number.format(limit)} at once`,
  },

  acts: {
    edit: "Edit",
    approve: "Approve",
    enable: "Enable",
    disable: "Disable",
    delete: "Delete",
    addToGroup: "Add to group",
    approved: "User approved successfully",
    enabled: "User enabled successfully",
    disabled: "User disabled successfully",
    deleted: "User deleted successfully",
    disableTitle: (name: string) => `Disable ${name}?`,
    disableText: "They are signed out everywhere at once, and can't sign in until they are enabled again.",
    deleteTitle: (name: string) => `Delete ${name}?`,
    deleteText: "Their passkeys, sessions and one-time links go with them. This can't be undone.",
  },

  bulk: {
    title: {
      disable: (count: number) => `Disable ${people(count)}?`,
      delete: (count: number) => `Delete ${people(count)}?`,
    },
    text: {
      disable: "They are signed out everywhere at once, and can't sign in until they are enabled again.",
      delete: "Their passkeys, sessions and one-time links go with them. This can't be undone.",
    },
    label: {
      disable: (count: number) => `Disable ${people(count)}`,
      delete: (count: number) => `Delete ${people(count)}`,
    },
    groupTitle: (count: number) => `Add ${people(count)} to a group`,
    groupText: "Who is in it already stays in it.",
    groupLabel: "Group",
    groupMissing: "Choose a group",
    done: {
      enable: (count: number) => `${people(count)} enabled successfully`,
      disable: (count: number) => `${people(count)} disabled successfully`,
      delete: (count: number) => `${people(count)} deleted successfully`,
      addToGroup: (count: number) => `${people(count)} added to the group successfully`,
    },
    unchanged: (count: number) => `${people(count)} needed no change`,
    refused: (count: number) => `${people(count)} left as they were`,
    resultTitle: "Not everything was done",
    unknown: "This user doesn't exist any more.",
    refusedFor: "Refused by the server.",
  },

  keyboard: {
    title: "Keyboard",
    text: "These keys work on this page while you are not typing.",
    keys: [
      ["/", "Search"],
      ["n", "Add User"],
      ["?", "Show this help"],
      ["Shift + click", "Select a range of rows"],
    ],
    on: "Keyboard shortcuts",
    onHint: "Turn them off when they get in the way of speech input or another tool.",
  },
};

export type UsersCatalogue = typeof enUsers;
