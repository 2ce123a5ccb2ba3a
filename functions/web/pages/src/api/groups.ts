import { request } from "./client.ts";
import { listParameters, type ListQuery, type Page } from "./list.ts";

/** A group where others are listed. */
export interface GroupSummary {
  id: string;
  friendlyName: string;
  name: string;
  userCount: number;
  ldapId: string | null;
  createdAt: string;
}

export const listGroups = (query: ListQuery) => request<Page<GroupSummary>>("GET", `/user-groups${listParameters(query)}`);
