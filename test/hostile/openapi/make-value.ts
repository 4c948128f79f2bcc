import { exampleOf } from "../../../src/web/docs-example.ts";
import type { Schema } from "./conforms.ts";
import { conformance, document } from "./contract.ts";
import type { Dice } from "./dice.ts";
import {
  HOSTILE_JSON,
  HOSTILE_KEYS,
  HOSTILE_NUMBERS,
  HOSTILE_TEXTS,
  RawJson,
  SHARP_TEXTS,
} from "./hostile-values.ts";

const LONGEST = 30_000;
const MOST_ITEMS = 1_200;
const DEEPEST = 8;

/** Any value that no schema asks for. */
export function hostileValue(dice: Dice): unknown {
  const kind = dice.below(10);
  if (kind < 5) return dice.pick(dice.chance(0.5) ? SHARP_TEXTS : HOSTILE_TEXTS);
  return kind < 7 ? dice.pick(HOSTILE_NUMBERS) : dice.pick(HOSTILE_JSON);
}

/** A value of a schema; where `isNear`, here and there one just beyond its bounds. */
export class ValueMaker {
  readonly #dice: Dice;
  readonly #isNear: boolean;

  constructor(dice: Dice, isNear: boolean) {
    this.#dice = dice;
    this.#isNear = isNear;
  }

  make(given: Schema, depth = 0): unknown {
    const schema = conformance.resolve(given);
    const dice = this.#dice;
    const stated = given.example ?? schema.example;
    if (stated !== undefined && dice.chance(0.5)) return stated;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return dice.pick(schema.enum);
    const ways = schema.anyOf ?? schema.oneOf;
    if (ways !== undefined) return this.make(dice.pick(ways), depth + 1);
    if (schema.allOf !== undefined)
      return Object.assign({}, ...schema.allOf.map((part) => this.make(part, depth + 1)));
    const types = schema.type === undefined ? [] : [schema.type].flat();
    return this.#typed(schema, types.length === 0 ? "any" : dice.pick(types), depth);
  }

  #typed(schema: Schema, type: string, depth: number): unknown {
    if (type === "string") return this.#text(schema);
    if (type === "integer" || type === "number") return this.#number(schema);
    if (type === "boolean") return this.#dice.chance(0.5);
    if (type === "array") return this.#array(schema, depth);
    if (type === "object") return this.#object(schema, depth);
    return type === "null" || depth > DEEPEST ? null : hostileValue(this.#dice);
  }

  /** Lengths and numbers of items: within bounds, or one beyond. */
  #size(from: number, to: number, most: number): number {
    const dice = this.#dice;
    const sizes = [from, from + 1, Math.min(to, from + 3), Math.min(to, most)];
    if (this.#isNear) sizes.push(Math.max(0, from - 1), Math.min(to, most) + 1);
    return dice.pick(sizes);
  }

  #text(schema: Schema): string {
    const { minLength = 0, maxLength = 200 } = schema;
    if (schema.format === "date-time")
      return this.#dice.pick(["2026-01-02T03:04:05.000Z", "2026-01-02T05:04:05+02:00"]);
    const known = exampleOf(document, { ...schema, type: "string" });
    if (schema.pattern !== undefined) {
      const match = ["USD", "table-lamp", "a", "x-1", '"synonyms.0"', "/orgs"].filter((text) => {
        return new RegExp(schema.pattern ?? "", "u").test(text);
      });
      return match.length > 0 ? this.#dice.pick(match) : String(known);
    }
    const units = ["a", "é", "𝒳", "日", " "];
    const unit = this.#dice.pick(this.#isNear ? [...units, "\ud800", "\u202e", "\u0000"] : units);
    return unit.repeat(Math.ceil(this.#size(minLength, maxLength, LONGEST) / unit.length));
  }

  #number({ type, minimum = -1_000, maximum = 1_000 }: Schema): unknown {
    const dice = this.#dice;
    const bounds: unknown[] = [minimum, maximum, minimum + 1, Math.floor((minimum + maximum) / 2)];
    if (this.#isNear)
      bounds.push(minimum - 1, maximum + 1, maximum + 1, maximum * 10, dice.pick(HOSTILE_NUMBERS));
    if (type === "number") bounds.push(minimum + 0.5);
    return dice.pick(bounds);
  }

  #array({ items = {}, minItems = 0, maxItems = 3 }: Schema, depth: number): unknown[] {
    const count = this.#size(minItems, maxItems, depth > 2 ? 3 : MOST_ITEMS);
    // One value over and over: what counts is how many.
    const first = this.make(items, depth + 1);
    return Array.from({ length: count }, () => (count > 5 ? first : this.make(items, depth + 1)));
  }

  #object(schema: Schema, depth: number): Record<string, unknown> {
    const { properties = {}, required = [], additionalProperties } = schema;
    const dice = this.#dice;
    const names = Object.keys(properties).filter((name) => required.includes(name) || dice.chance(0.5));
    const members = names.map((name): [string, unknown] => [name, this.make(properties[name], depth + 1)]);
    if (typeof additionalProperties === "object" && depth < DEEPEST) {
      for (let n = dice.below(3); n > 0; n--)
        members.push([
          dice.pick(["colour", "watt", ...HOSTILE_KEYS]),
          this.make(additionalProperties, depth + 1),
        ]);
    }
    return Object.fromEntries(members);
  }
}

/** The value with one thing changed somewhere in it: replaced, left out, added or wrapped. */
export function mutated(dice: Dice, value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof RawJson) return hostileValue(dice);
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.chance(0.2)) return [...(value as unknown[]), hostileValue(dice)];
    const at = dice.below(value.length);
    return value.map((item: unknown, i) => (i === at ? mutated(dice, item) : item));
  }
  const entries = Object.entries(value);
  const kind = dice.below(10);
  if (kind === 0 || entries.length === 0)
    return Object.fromEntries([...entries, [dice.pick(HOSTILE_KEYS), hostileValue(dice)]]);
  const at = dice.below(entries.length);
  if (kind === 1) return Object.fromEntries(entries.toSpliced(at, 1));
  if (kind === 2) return [value];
  const [key, member] = entries[at];
  const next = dice.chance(0.5) ? hostileValue(dice) : mutated(dice, member);
  return Object.fromEntries(entries.with(at, [key, next]));
}
