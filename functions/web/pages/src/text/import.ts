import { enImport, type ImportCatalogue } from "./en.import.ts";

/** The texts of importing users, in the language of the page. */
export const importText: ImportCatalogue = enImport;
