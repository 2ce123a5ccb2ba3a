// What people read on the pages of user groups.

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const enGroups = {
  list: {
    title: "User Groups",
    search: "Search groups",
    searchPlaceholder: "Name",
    add: "Add Group",
    addText: "Relying parties and directories are told the name; people see the friendly name.",
    table: "User groups, with sortable columns",
    friendlyName: "Friendly Name",
    name: "Name",
    users: "Users",
    createdAt: "Created",
    directory: "LDAP",
    actions: "Actions",
    actionsFor: (name: string) => `Actions for ${name}`,
    edit: "Edit",
    delete: "Delete",
    count: (count: number) => plural(count, "group", "groups"),
    found: (count: number) => `${plural(count, "group", "groups")} found`,
    members: (count: number) => plural(count, "user", "users"),
    emptyTitle: "No groups yet",
    emptyText: "A group gathers users, so that claims and access can be given to all of them at once.",
    nothingTitle: "No group found",
    nothingText: (search: string) => `No group matches “${search}”.`,
    clearSearch: "Clear search",
    created: "User group created successfully",
    deleted: "User group deleted successfully",
    deleteTitle: (name: string) => `Delete “${name}”?`,
    deleteText: "Its users stay, but lose what the group gave them. This cannot be undone.",
  },

  form: {
    friendlyName: "Friendly Name",
    friendlyNameHint: "2 to 50 characters.",
    name: "Name",
    nameHint: "2 to 255 characters. Filled from the friendly name until you change it.",
    nameHintEdit: "2 to 255 characters. Whoever checks for this name has to know the new one.",
  },

  group: {
    back: "User Groups",
    general: "General",
    managedTitle: "Managed by LDAP",
    managed: "Its names and users come from the directory and are changed there. Only its custom claims are set here.",
    saved: "User group updated successfully",
    created: (when: string) => `Created ${when}`,

    users: "Users",
    usersIntro: "Who belongs to this group.",
    add: "Add Users",
    addText: (group: string) => `Search for people, and add them to ${group}.`,
    addSearch: "Users",
    addWhat: "users",
    member: "Already in the group",
    submit: (count: number) => (count > 0 ? `Add ${plural(count, "user", "users")}` : "Add"),
    added: (count: number) => `${plural(count, "user", "users")} added successfully`,
    remove: "Remove",
    removeOf: (name: string) => `Remove ${name} from this group`,
    removed: (name: string) => `${name} removed successfully`,
    membersEmpty: "Nobody is in this group yet.",
    search: "Search users of this group",
    searchPlaceholder: "Name or email",
    found: (count: number) => `${plural(count, "user", "users")} found`,
    moreFound: (count: number) => `More than ${plural(count, "user", "users")} found`,
    nobodyFound: (search: string) => `Nobody in this group matches “${search}”.`,
    noEmail: "no email",

    claims: "Custom Claims",
    claimsIntro: "Relying parties are told these of every user in this group. A user's own claim of the same key comes first.",
  },
};

export type GroupsCatalogue = typeof enGroups;
