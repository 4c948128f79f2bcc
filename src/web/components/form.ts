/** The search form in the header; controls elsewhere on the page belong to it by their `form` attribute. */
export const FORM_ID = "shop-form";
