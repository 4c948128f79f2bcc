import { AppError } from "../../domain/errors.ts";
import { BOUNDS, isValueOf, RANKING_WEIGHTS } from "../../domain/experiment.ts";
import type { Parameter, ParameterValue } from "../../domain/experiment.ts";

/** `value` as one of `parameter`, its members in our order, so that equal values are equal texts. Throws `invalid_input`. */
export function requireValue(parameter: Parameter, value: unknown, path: string): ParameterValue {
  if (isValueOf(parameter, value)) return ordered(value);
  const expected =
    parameter === "ranking" ? `${RANKING_WEIGHTS.join(", ")}` : `${BOUNDS[parameter].join(" to ")}`;
  const message = `Expected ${parameter === "ranking" ? "weights" : "a whole number"}: ${expected}`;
  throw new AppError("invalid_input", {
    detail: `The value of "${path}" is none of "${parameter}"`,
    errors: [{ path, message }],
  });
}

function ordered(value: ParameterValue): ParameterValue {
  if (typeof value === "number") return value;
  const { proximity, begins, equals, popularity } = value;
  return { proximity, begins, equals, popularity };
}
