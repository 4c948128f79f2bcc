import { refName, type DocsDocument, type DocsSchema } from "../../../src/web/docs-model.ts";

/** A schema of the document, with what the reference page does not show. */
export interface Schema extends DocsSchema {
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** What is said of a schema and binds nobody. */
const REMARKS = ["description", "example", "default", "title"];
const ASSERTIONS = [
  "$ref",
  "type",
  "format",
  "properties",
  "required",
  "items",
  "additionalProperties",
  "enum",
  "const",
  "anyOf",
  "oneOf",
  "allOf",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "pattern",
];
const KNOWN = new Set([...REMARKS, ...ASSERTIONS]);

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

const FORMATS: Record<string, (text: string) => boolean> = {
  "date-time": (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
  "uri-reference": (text) => URL.canParse(text, "https://shop.example"),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
  binary: () => true,
};

export interface Mismatch {
  at: string;
  what: string;
}

interface Outcome {
  wrong: Mismatch[];
  /** Keys of the object that some part of the schema speaks of. */
  known: Set<string>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeNameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** JSON Schema (2020-12), the part of it that the document uses. Throws at a keyword that it does not know. */
export class Conformance {
  readonly #document: DocsDocument;

  constructor(document: DocsDocument) {
    this.#document = document;
  }

  /** Where `value` breaks `schema`. `isClosed`: what the schema does not speak of is wrong too. */
  check(schema: Schema, value: unknown, isClosed: boolean): Mismatch[] {
    return this.#outcome(schema, value, "", isClosed).wrong;
  }

  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const found = this.#document.components?.schemas?.[refName(schema.$ref)];
    if (found === undefined) throw new Error(`There is no "${schema.$ref}"`);
    return this.resolve(found);
  }

  #outcome(given: Schema, value: unknown, at: string, isClosed: boolean): Outcome {
    const schema = this.resolve(given);
    const strange = Object.keys(schema).find((key) => !KNOWN.has(key) && !key.startsWith("x-"));
    if (strange !== undefined) throw new Error(`The schema's "${strange}" is not known here`);
    const parts = [this.#typed(schema, value, at), this.#object(schema, value, at, isClosed)];
    parts.push(...(schema.allOf ?? []).map((part) => this.#outcome(part, value, at, false)));
    parts.push(...this.#chosen(schema, value, at, isClosed));
    const known = new Set(parts.flatMap((part) => [...part.known]));
    const wrong = parts.flatMap((part) => part.wrong);
    if (isClosed && isObject(value) && isStructured(schema)) {
      const more = Object.keys(value).filter((key) => !known.has(key));
      wrong.push(...more.map((key) => ({ at: `${at}/${key}`, what: "is not in the schema" })));
    }
    return { wrong, known };
  }

  #chosen(schema: Schema, value: unknown, at: string, isClosed: boolean): Outcome[] {
    const ways = schema.anyOf ?? schema.oneOf;
    if (ways === undefined) return [];
    const tried = ways.map((way) => this.#outcome(way, value, at, isClosed));
    const right = tried.filter(({ wrong }) => wrong.length === 0);
    if (right.length === 0) {
      const first = tried.map(({ wrong: [one] }) => `${one.at} ${one.what}`).join("; ");
      return [{ wrong: [{ at, what: `is none of its ways: ${first}` }], known: new Set() }];
    }
    if (schema.oneOf !== undefined && right.length > 1)
      return [{ wrong: [{ at, what: "is more than one of its ways" }], known: new Set() }];
    return right;
  }

  #typed(schema: Schema, value: unknown, at: string): Outcome {
    const wrong: Mismatch[] = [];
    const refuse = (what: string): void => void wrong.push({ at, what });
    const types = schema.type === undefined ? [] : [schema.type].flat();
    const name = typeNameOf(value);
    if (types.length > 0 && !types.includes(name) && !(name === "integer" && types.includes("number")))
      refuse(`is ${name}, not ${types.join(" or ")}`);
    if (schema.enum !== undefined && !schema.enum.some((one) => one === value)) refuse("is not in the enum");
    if (schema.const !== undefined && schema.const !== value) refuse("is not the constant");
    if (typeof value === "string") this.#text(schema, value, refuse);
    if (typeof value === "number") {
      if (value < (schema.minimum ?? -Infinity)) refuse("is under the minimum");
      if (value > (schema.maximum ?? Infinity)) refuse("is over the maximum");
    }
    if (!Array.isArray(value)) return { wrong, known: new Set() };
    if (value.length < (schema.minItems ?? 0)) refuse("has too few items");
    if (value.length > (schema.maxItems ?? Infinity)) refuse("has too many items");
    return { wrong, known: new Set() };
  }

  #text(schema: Schema, value: string, refuse: (what: string) => void): void {
    const length = Array.from(value).length;
    if (length < (schema.minLength ?? 0)) refuse("is too short");
    if (length > (schema.maxLength ?? Infinity)) refuse("is too long");
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value))
      refuse(`does not match ${schema.pattern}`);
    if (schema.format === undefined) return;
    const isOf = FORMATS[schema.format];
    if (isOf === undefined) throw new Error(`The format "${schema.format}" is not known here`);
    if (!isOf(value)) refuse(`is no ${schema.format}`);
  }

  /** Members of objects and of lists: what they hold is closed where they are. */
  #object(schema: Schema, value: unknown, at: string, isClosed: boolean): Outcome {
    const wrong: Mismatch[] = [];
    const known = new Set<string>();
    const { items, properties = {}, additionalProperties: more } = schema;
    if (Array.isArray(value) && items !== undefined)
      value.forEach((item, i) => wrong.push(...this.#outcome(items, item, `${at}/${i}`, isClosed).wrong));
    if (!isObject(value)) return { wrong, known };
    for (const name of schema.required ?? [])
      if (!Object.hasOwn(value, name)) wrong.push({ at: `${at}/${name}`, what: "is missing" });
    for (const [key, member] of Object.entries(value)) {
      const part = Object.hasOwn(properties, key) ? properties[key] : more;
      if (part === undefined) continue;
      known.add(key);
      if (part === false) wrong.push({ at: `${at}/${key}`, what: "is one field too many" });
      else if (part !== true) wrong.push(...this.#outcome(part, member, `${at}/${key}`, isClosed).wrong);
    }
    return { wrong, known };
  }
}

/** Whether a schema says which members an object has; else it may have any. */
function isStructured({ properties, additionalProperties, allOf, anyOf, oneOf }: Schema): boolean {
  const parts = [...(allOf ?? []), ...(anyOf ?? []), ...(oneOf ?? [])];
  return properties !== undefined || additionalProperties !== undefined || parts.length > 0;
}
