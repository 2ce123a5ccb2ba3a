import { enGroups, type GroupsCatalogue } from "./en.groups.ts";

/** The texts of the pages of user groups, in the language of the page. */
export const groupsText: GroupsCatalogue = enGroups;
