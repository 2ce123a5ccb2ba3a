import { enSettings, type SettingsCatalogue } from "./en.settings.ts";

/** The texts of the settings, in the language of the page. */
export const settingsText: SettingsCatalogue = enSettings;
