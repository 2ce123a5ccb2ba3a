// Keys that let programs act as whoever made them (contract §1.11).

import { request, segment } from "./client.ts";
import { listParameters, type ListQuery, type Page } from "./list.ts";

export interface ApiKey {
  id: string;
  name: string;
  description: string | null;
  expiresAt: string;
  lastUsedAt: string | null;
  createdAt: string;
}

/** A key with its secret, which is told only this once. */
export interface ToldApiKey {
  apiKey: ApiKey;
  token: string;
}

export interface NewApiKey {
  name: string;
  description: string | null;
  expiresAt: string;
}

export const listApiKeys = (query: ListQuery) => request<Page<ApiKey>>("GET", `/api-keys${listParameters(query)}`);

export const createApiKey = (key: NewApiKey) => request<ToldApiKey>("POST", "/api-keys", { body: key });

export const renewApiKey = (id: string, expiresAt: string) =>
  request<ToldApiKey>("POST", `/api-keys/${segment(id)}/renew`, { body: { expiresAt } });

export const revokeApiKey = (id: string) => request<void>("DELETE", `/api-keys/${segment(id)}`);
