export type Variables = Readonly<Record<string, unknown>>;

/** A setting is missing or wrong: the message names the variable and how to set it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** A variable's text; `null` where it is not set or empty. */
export function text(variables: Variables, name: string): string | null {
  const value = variables[name];
  if (value === undefined || value === null || value === "") return null;
  if (typeof value !== "string") throw new SettingsError(`${name} is not text`);
  return value;
}
