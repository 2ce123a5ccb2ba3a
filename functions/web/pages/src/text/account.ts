import { enAccount, type AccountCatalogue } from "./en.account.ts";

/** The texts of one's own account, in the language of the page. */
export const accountText: AccountCatalogue = enAccount;
