import { enUser, type UserCatalogue } from "./en.user.ts";

/** The texts of a user's page, in the language of the page. */
export const userText: UserCatalogue = enUser;
