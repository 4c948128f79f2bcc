import { itemsOf, record } from "../api.ts";
import { UsageError } from "../errors.ts";

/**
 * A parameter's value as it is typed: a number, or of `ranking` the weights that differ from the present ones, which `settings`
 * reads. Throws `UsageError`.
 */
export async function valueOf(
  text: string,
  parameter: string,
  settings: () => Promise<unknown>,
): Promise<unknown> {
  if (parameter !== "ranking") return numberOf(text, text);
  const weights = text.split(",").map((pair): [string, number] => {
    const [name, value, ...rest] = pair.split("=");
    if (value === undefined || rest.length > 0)
      throw new UsageError(`"${text}" names no weights: popularity=1,proximity=0.2`);
    return [name.trim(), numberOf(value, text)];
  });
  return { ...presentOf(await settings(), parameter), ...Object.fromEntries(weights) };
}

function numberOf(value: string, text: string): number {
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number)) return number;
  throw new UsageError(`"${text}" is no value of this parameter: a number is needed`);
}

function presentOf(settings: unknown, parameter: string): Readonly<Record<string, unknown>> {
  const all = itemsOf(record(settings)).map(record);
  return record(all.find((one) => one.parameter === parameter)?.value);
}
