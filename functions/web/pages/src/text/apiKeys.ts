import { enApiKeys, type ApiKeysCatalogue } from "./en.apiKeys.ts";

/** The texts of the page of API keys, in the language of the page. */
export const apiKeysText: ApiKeysCatalogue = enApiKeys;
