import { en, type Catalogue } from "./en.ts";

/** The texts in the language of the page. */
export const text: Catalogue = en;
