import { enSignupTokens, type SignupTokensCatalogue } from "./en.signupTokens.ts";

/** The texts about signup tokens, in the language of the page. */
export const signupTokensText: SignupTokensCatalogue = enSignupTokens;
