import type { FieldError } from "../../domain/errors.ts";
import type { Mentioned } from "../../domain/post-text-mentions.ts";

/** The same of who is not there, has another name, or hides from the author: it tells nobody who hides. */
export function strangeMention(at: number, { userId, names }: Mentioned): FieldError {
  return { path: `mentions.${at}`, message: `There is nobody "${userId}" of the name "${names[0]}"` };
}
