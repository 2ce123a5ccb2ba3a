import { request, segment } from "./client.ts";
import type { User } from "./users.ts";

/** A credential record, as its owner sees it. */
export interface Passkey {
  id: string;
  name: string;
  credentialID: string;
  backupEligible: boolean;
  backupState: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

export const listPasskeys = () => request<Passkey[]>("GET", "/webauthn/credentials");

export const renamePasskey = (id: string, name: string) =>
  request<Passkey>("PATCH", `/webauthn/credentials/${segment(id)}`, { body: { name } });

export const deletePasskey = (id: string) => request<void>("DELETE", `/webauthn/credentials/${segment(id)}`);

export const startRegistration = () => request<CreationOptions>("GET", "/webauthn/register/start");

export const finishRegistration = (credential: unknown) =>
  request<Passkey>("POST", "/webauthn/register/finish", { body: credential });

export const startAuthentication = () => request<RequestOptions>("GET", "/webauthn/login/start", { anonymous: true });

export const finishAuthentication = (assertion: unknown) =>
  request<User>("POST", "/webauthn/login/finish", { body: assertion, anonymous: true });

/** Shows that whoever is signed in still has their passkey at hand. */
export const reauthenticate = (assertion: unknown) =>
  request<void>("POST", "/webauthn/reauthenticate", { body: assertion });

/** A user's passkeys, as an administrator sees them. */
export const listPasskeysOf = (userId: string) => request<Passkey[]>("GET", `/users/${segment(userId)}/webauthn-credentials`);

export const deletePasskeyOf = (userId: string, id: string) =>
  request<void>("DELETE", `/users/${segment(userId)}/webauthn-credentials/${segment(id)}`);
