import { request, segment } from "./client.ts";
import { listParameters, type ListQuery, type Page } from "./list.ts";

export interface User {
  id: string;
  username: string;
  email: string | null;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
  displayName: string;
  isAdmin: boolean;
  disabled: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  passkeyCount: number;
  locale: string | null;
  ldapId: string | null;
  userGroups: { id: string; friendlyName: string; name: string }[] | null;
}

export interface NewUser {
  username: string;
  email: string | null;
  firstName: string;
  lastName: string;
  displayName: string;
  isAdmin: boolean;
  disabled: boolean;
  emailVerified: boolean;
}

/** The signed-in user; a missing session is thrown to the caller. */
export const getMe = () => request<User>("GET", "/users/me", { anonymous: true });

export const listUsers = (query: ListQuery) => request<Page<User>>("GET", `/users${listParameters(query)}`);

export const getUser = (id: string) => request<User>("GET", `/users/${segment(id)}`);

export const createUser = (user: NewUser) => request<User>("POST", "/users", { body: user });
