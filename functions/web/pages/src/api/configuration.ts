import { request } from "./client.ts";
import type { ImageName } from "./imageAddress.ts";
import { readStrings } from "./stringList.ts";

/** Who may make an account without an administrator. A valid token works in each of them. */
export type SignupMode = "disabled" | "withToken" | "open";

/** The public settings that the pages use; every value is a string on the wire. */
export interface Configuration {
  appName: string;
  accentColor: string;
  disableAnimations: boolean;
  homePageUrl: string;
  requireUserEmail: boolean;
  ldapEnabled: boolean;
  allowOwnAccountEdit: boolean;
  allowUserSignups: SignupMode;
  /** Where the email addresses of those who sign up are; empty: anywhere. */
  signupAllowedEmailDomains: readonly string[];
  emailOneTimeAccessAsUnauthenticatedEnabled: boolean;
  emailOneTimeAccessAsAdminEnabled: boolean;
  emailVerificationEnabled: boolean;
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
  allowUserSignups: "disabled",
  signupAllowedEmailDomains: [],
  emailOneTimeAccessAsUnauthenticatedEnabled: false,
  emailOneTimeAccessAsAdminEnabled: false,
  emailVerificationEnabled: false,
  images: {},
};

export async function getConfiguration(): Promise<Configuration> {
  const entries = await request<{ key: string; value: string }[]>("GET", "/application-configuration");
  const values = new Map(entries.map((entry) => [entry.key, entry.value]));
  const fallback = defaultConfiguration;
  const isOn = (key: string) => values.get(key) === "true";
  return {
    appName: values.get("appName") || fallback.appName,
    accentColor: values.get("accentColor") || fallback.accentColor,
    disableAnimations: isOn("disableAnimations"),
    homePageUrl: values.get("homePageUrl") || fallback.homePageUrl,
    requireUserEmail: values.get("requireUserEmail") !== "false",
    ldapEnabled: isOn("ldapEnabled"),
    allowOwnAccountEdit: values.get("allowOwnAccountEdit") !== "false",
    allowUserSignups: readMode(values.get("allowUserSignups")),
    signupAllowedEmailDomains: readStrings(values.get("signupAllowedEmailDomains")),
    emailOneTimeAccessAsUnauthenticatedEnabled: isOn("emailOneTimeAccessAsUnauthenticatedEnabled"),
    emailOneTimeAccessAsAdminEnabled: isOn("emailOneTimeAccessAsAdminEnabled"),
    emailVerificationEnabled: isOn("emailVerificationEnabled"),
    images: JSON.parse(values.get("images") || "{}"),
  };
}

function readMode(value: string | undefined): SignupMode {
  return value === "withToken" || value === "open" ? value : "disabled";
}
