import { enConfiguration, type ConfigurationCatalogue } from "./en.configuration.ts";

export type { SettingKey } from "./en.configuration.ts";

/** The texts of the application configuration, in the language of the page. */
export const configurationText: ConfigurationCatalogue = enConfiguration;
