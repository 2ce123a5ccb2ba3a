import { enReference, type ReferenceCatalogue } from "./en.reference.ts";

/** The texts of the API reference, in the language of the page. */
export const referenceText: ReferenceCatalogue = enReference;
