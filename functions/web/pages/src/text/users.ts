import { enUsers, type UsersCatalogue } from "./en.users.ts";

/** The texts of the list of users, in the language of the page. */
export const usersText: UsersCatalogue = enUsers;
