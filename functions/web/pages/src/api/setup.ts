import { request } from "./client.ts";
import { isApiError } from "./errors.ts";
import type { User } from "./users.ts";

export interface FirstAdministrator {
  username: string;
  email: string | null;
  firstName: string;
  lastName: string;
  setupToken?: string;
}

/** Whether the first administrator is still to be made. */
export async function isSetupOpen(): Promise<boolean> {
  try {
    await request<void>("GET", "/signup/setup", { anonymous: true });
    return true;
  } catch (error) {
    if (isApiError(error) && error.status === 404) return false;
    throw error;
  }
}

export const setUp = (administrator: FirstAdministrator) =>
  request<User>("POST", "/signup/setup", { body: administrator, anonymous: true });
