// A token's facts in words.

import type { SignupToken } from "../../api/signupTokens.ts";
import { signupTokensText } from "../../text/signupTokens.ts";
import { moment } from "../../text/time.ts";

const texts = signupTokensText.list;

/** Enough of a token to tell it from others. */
export const shortened = (token: string) => `${token.slice(0, 8)}…`;

/** How acts on it are told apart. */
export const nameOf = ({ token, createdAt }: SignupToken) =>
  token ? texts.named(shortened(token)) : texts.unnamed(moment(createdAt));

export const groupsOf = ({ ownGroups, userGroups }: SignupToken) =>
  ownGroups
    ? userGroups.map(({ friendlyName }) => friendlyName).join(", ") || texts.noGroups
    : texts.defaultGroups;

export const createdOf = ({ createdAt, createdBy }: SignupToken) => `${moment(createdAt)}, ${texts.by(createdBy.username)}`;
