import { request } from "./client.ts";
import type { ImageName } from "./imageAddress.ts";

/** The public settings that the pages use; every value is a string on the wire. */
export interface Configuration {
  appName: string;
  accentColor: string;
  disableAnimations: boolean;
  homePageUrl: string;
  requireUserEmail: boolean;
  ldapEnabled: boolean;
  allowOwnAccountEdit: boolean;
  /** Which images there are, each with what tells it from an earlier one. */
  images: Partial<Record<ImageName, string | undefined>>;
}

export const defaultConfiguration: Configuration = {
  appName: "Postern",
  accentColor: "default",
  disableAnimations: false,
  homePageUrl: "/settings/account",
  requireUserEmail: true,
  ldapEnabled: false,
  allowOwnAccountEdit: true,
  images: {},
};

export async function getConfiguration(): Promise<Configuration> {
  const entries = await request<{ key: string; value: string }[]>("GET", "/application-configuration");
  const values = new Map(entries.map((entry) => [entry.key, entry.value]));
  const fallback = defaultConfiguration;
  return {
    appName: values.get("appName") || fallback.appName,
    accentColor: values.get("accentColor") || fallback.accentColor,
    disableAnimations: values.get("disableAnimations") === "true",
    homePageUrl: values.get("homePageUrl") || fallback.homePageUrl,
    requireUserEmail: values.get("requireUserEmail") !== "false",
    ldapEnabled: values.get("ldapEnabled") === "true",
    allowOwnAccountEdit: values.get("allowOwnAccountEdit") !== "false",
    images: JSON.parse(values.get("images") || "{}"),
  };
}
