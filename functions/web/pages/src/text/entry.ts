import { enEntry, type EntryCatalogue } from "./en.entry.ts";

/** The texts of the way in, in the language of the page. */
export const entryText: EntryCatalogue = enEntry;
