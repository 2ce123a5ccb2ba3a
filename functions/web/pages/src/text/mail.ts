import { enMail, type MailCatalogue } from "./en.mail.ts";

/** The texts about mail to oneself, in the language of the page. */
export const mailText: MailCatalogue = enMail;
