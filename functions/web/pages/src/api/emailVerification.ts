// Proof that one's address is one's own (contract §1.12).

import { request } from "./client.ts";

/** The link takes the place of an earlier one. */
export const sendEmailVerification = () => request<void>("POST", "/users/me/send-email-verification");

export const verifyEmail = (token: string) => request<void>("POST", "/users/me/verify-email", { body: { token } });
