import type { Context } from "hono";
import { AppError } from "../../../domain/errors.ts";
import type { ErrorCode } from "../../../domain/errors.ts";
import type { FormState } from "../../../web/components/field.tsx";
import { email, newPassword, personName } from "../../accounts/schemas.ts";
import { clientKey } from "../../middleware/client-key.ts";
import { toAppError } from "../../middleware/problem.ts";
import type { AppEnv } from "../../openapi.ts";
import { textOf, valuesOf } from "./form.ts";
import type { Refusal } from "./form.ts";

/** Of new passwords, in characters. */
export const MIN_PASSWORD = newPassword.minLength ?? 1;

interface Check {
  field: string;
  isGood: (value: string) => boolean;
  message: string;
}

const CHECKS = {
  name: {
    field: "name",
    isGood: (value) => personName.safeParse(value).success,
    message: "Enter your name, in at most 200 characters.",
  },
  email: {
    field: "email",
    isGood: (value) => email.safeParse(value.trim()).success,
    message: "Enter an e-mail address, such as name@example.com.",
  },
  password: { field: "password", isGood: (value) => value !== "", message: "Enter your password." },
  newPassword: {
    field: "password",
    isGood: (value) => newPassword.safeParse(value).success,
    message: `Choose a password of ${newPassword.minLength} to ${newPassword.maxLength} characters.`,
  },
} as const satisfies Record<string, Check>;

/** What is wrong with the fields before anyone is asked; `null` for nothing. */
export function checkFields(
  form: URLSearchParams,
  names: readonly (keyof typeof CHECKS)[],
): FormState | null {
  const wrong = names
    .map((name): Check => CHECKS[name])
    .filter(({ field, isGood }) => !isGood(textOf(form, field)));
  if (wrong.length === 0) return null;
  return {
    values: valuesOf(form),
    errors: Object.fromEntries(wrong.map(({ field, message }) => [field, message])),
  };
}

/** What to say for an error of the accounts' verbs, and at which field. */
export type Words = Readonly<Partial<Record<ErrorCode, readonly [field: string, message: string]>>>;

const TOO_MANY = ["form", "There were too many attempts. Wait a minute, then try again."] as const;

/**
 * Does what a form of the entrance asks for, counted as the API counts it: `null` where it was done, else what to show.
 * An error that has no words is thrown on.
 */
export async function enter(
  c: Context<AppEnv>,
  form: URLSearchParams,
  words: Words,
  act: () => Promise<unknown>,
): Promise<Refusal | null> {
  try {
    await limitClient(c);
    await act();
    return null;
  } catch (thrown) {
    const error = toAppError(thrown);
    const told = error.code === "rate_limited" ? TOO_MANY : words[error.code];
    if (told === undefined) throw thrown;
    const [field, message] = told;
    return { state: { values: valuesOf(form), errors: { [field]: message } }, status: error.status };
  }
}

async function limitClient(c: Context<AppEnv>): Promise<void> {
  const { config, rateLimit } = c.env;
  if (!config.rateLimits || (await rateLimit.take("sensitive", `client:${clientKey(c)}`))) return;
  const { windowSeconds } = rateLimit.policy("sensitive");
  throw new AppError("rate_limited", { detail: "Too many attempts", retryAfterSeconds: windowSeconds });
}
