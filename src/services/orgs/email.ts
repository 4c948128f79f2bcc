import { AppError } from "../../domain/errors.ts";

const MAX_EMAIL = 254;
/** One address and nothing else: what a mail service takes, not all that RFC 5322 allows. */
const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** An e-mail address in small letters, as accounts hold them. Throws `invalid_input`. */
export function requireEmail(given: string): string {
  const email = given.trim().toLowerCase();
  if (email.length <= MAX_EMAIL && EMAIL.test(email)) return email;
  const errors = [{ path: "email", message: "Expected an e-mail address" }];
  throw new AppError("invalid_input", { detail: "The e-mail address is not valid", errors });
}
