import { enForm, type FormCatalogue } from "./en.form.ts";

/** The texts of forms that several pages share, in the language of the page. */
export const formText: FormCatalogue = enForm;
