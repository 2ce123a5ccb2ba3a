import { request } from "./client.ts";

/** The API's description of itself: OpenAPI 3.1. */
export const REFERENCE = "/openapi.json";

export const getReference = <T>() => request<T>("GET", REFERENCE);
