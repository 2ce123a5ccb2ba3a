import { enSignup, type SignupCatalogue } from "./en.signup.ts";

/** The texts of signing up, in the language of the page. */
export const signupText: SignupCatalogue = enSignup;
