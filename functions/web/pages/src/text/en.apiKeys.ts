// What people read on the page of their API keys.

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const enApiKeys = {
  title: "API Keys",
  intro: "A program that sends one of your keys acts as you, with all your rights. Keys are yours alone: nobody else sees them here.",
  reference: "What programs can do is in the API reference.",
  header: (name: string) => `Programs send the key in the header ${name}.`,
  add: "Add API Key",
  addText: "Give each program a key of its own, so that you can revoke one without the others.",
  table: "API keys, with sortable columns",
  name: "Name",
  description: "Description",
  expires: "Expires",
  lastUsed: "Last used",
  created: "Created",
  expired: "Expired",
  expiredAt: (when: string) => `Expired ${when}`,
  expiresAt: (when: string) => `Expires ${when}`,
  usedAt: (when: string) => `Last used ${when}`,
  neverUsed: "Not used yet",
  actions: "Actions",
  actionsFor: (name: string) => `Actions for ${name}`,
  count: (count: number) => plural(count, "API key", "API keys"),
  emptyTitle: "No API keys yet",
  emptyText: "Make one for a script, a client or infrastructure as code that works with the API.",

  form: {
    name: "Name",
    nameHint: "3 to 50 characters. For instance, the program that will use it.",
    description: "Description",
    expiration: "Expiration",
    expirations: { month: "30 days", quarter: "90 days", year: "1 year", date: "On a date…" },
    until: (when: string) => `Valid until ${when}.`,
    date: "Expires on",
    dateMissing: "Choose a date",
    create: "Create API Key",
    creating: "Creating…",
  },

  told: {
    title: "Your new API key",
    text: (name: string) => `The key of “${name}”, for the program that will use it.`,
    token: "API key",
    once: "Copy it now: it is shown only now. Whoever has it can act as you.",
    copied: "API key copied to clipboard",
    until: (when: string) => `Valid until ${when}.`,
    done: "Done",
  },
  createdDone: "API key created successfully",

  renew: "Renew",
  renewTitle: (name: string) => `Renew “${name}”`,
  renewText: "It gets a new secret: put it where the old one was.",
  renewing: "Renewing…",
  renewed: "API key renewed successfully",
  revoke: "Revoke",
  revokeTitle: (name: string) => `Revoke “${name}”?`,
  revokeText: "Programs that use it are refused from now on. This cannot be undone.",
  revoked: "API key revoked successfully",
};

export type ApiKeysCatalogue = typeof enApiKeys;
