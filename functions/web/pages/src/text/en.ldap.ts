// What administrators read about the settings of a directory, and about trying them.

const number = new Intl.NumberFormat("en");
const plural = (count: number, one: string, many: string) => `${number.format(count)} ${count === 1 ? one : many}`;
const entries = (count: number) => plural(count, "entry has", "entries have");

export const enLdap = {
  proxyTitle: "How the directory is reached",
  proxy:
    "Through the LDAP proxy, a small program beside the directory. The directory's address and the account that reads it are set there, so that neither leaves your network. Where the proxy is, LDAP_PROXY_URL and LDAP_PROXY_SECRET say where Postern is deployed.",
  filters: "What is read",
  userAttributes: "Attributes of users",
  groupAttributes: "Attributes of groups",
  sync: "How it is synced",
  limits: "What holds a sync back",
  limitsText: "A sync that would remove more than this changes nothing and waits for an administrator. The percentage counts from the fourth removal on.",
  mail: "Who comes new",
  mailWarning:
    "A first sync, or a filter that lets more people in, mails all of them at once. Look at a preview first. It also needs a working way for mail to leave.",

  presets: {
    title: "Fill in for",
    names: { activeDirectory: "Active Directory", openLdap: "OpenLDAP", freeIpa: "FreeIPA", lldap: "lldap" },
    filled: (name: string, count: number) => `Filled in for ${name}: ${plural(count, "field", "fields")}. Save to keep it.`,
    unchanged: (name: string) => `Everything is as ${name} has it already.`,
    undo: "Undo",
    undone: "The fields are as they were before.",
    what: "What was filled in",
    empty: "empty",
    advice: {
      activeDirectory: {
        text: "To leave out disabled accounts, this is the user filter:",
        code: "(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))",
      },
      openLdap: { text: "If your groups are groupOfUniqueNames or posixGroup, change the filter and choose uniqueMember or memberUid.", code: "" },
      freeIpa: { text: "Begin the base DN with cn=accounts: users who are only staged, or were deleted and kept, are elsewhere.", code: "" },
      lldap: { text: "The account that reads needs to be in the group lldap_strict_readonly, no more.", code: "" },
    },
  },

  test: {
    title: "Test connection",
    intro: "Reads the directory by the settings as they are saved, and shows how the first entries would arrive. Nothing is changed.",
    unsaved: "There are unsaved changes above. The test goes by the saved settings: save first to test these.",
    act: "Test connection",
    testing: "Reading the directory…",
    users: "Users",
    groups: "Groups",
    foundUsers: (count: number) => `${plural(count, "user", "users")} found`,
    foundGroups: (count: number) => `${plural(count, "group", "groups")} found`,
    first: (shown: number) => (shown === 1 ? "One of them:" : `The first ${shown} of them:`),
    noUsers: "Check the base DN and the user search filter, and what the proxy's account may read.",
    noGroups: "Without groups only users are synced. If there should be some, check the base DN and the groups search filter.",
    missing: (count: number) => `${entries(count)} no unique identifier. Choose an attribute that each of them has.`,
    ambiguous: (count: number) => `${entries(count)} several unique identifiers. Choose an attribute that has one value only.`,
    duplicate: (count: number) => `${entries(count)} somebody else's unique identifier. Choose an attribute that no two of them share.`,
    heldBack: "While there are such entries nobody is removed: a sync that would remove somebody is held back.",
    username: "Username",
    email: "Email",
    name: "Name",
    names: "First and last name",
    picture: "Picture",
    id: "Unique identifier",
    members: "Members",
    memberCount: (count: number) => plural(count, "member", "members"),
    leftOut: "Left out",
    none: "–",
    yes: "Yes",
    no: "No",
  },
};

export type LdapCatalogue = typeof enLdap;
