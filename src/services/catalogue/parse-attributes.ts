import type { AttributeValue } from "../../domain/product.ts";
import { PRODUCT_LIMITS } from "../../domain/product.ts";
import { isBlank, isObject, kindOf } from "./field-reader.ts";
import type { FieldReader } from "./field-reader.ts";

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** `{name: text | number | boolean}`; names are what filters and facets call attributes by. */
export function parseAttributes(fields: FieldReader, value: unknown): Record<string, AttributeValue> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    fields.refuse("attributes", `Expected an object, not ${kindOf(value)}`);
    return {};
  }
  const names = Object.keys(value);
  if (names.length > PRODUCT_LIMITS.attributes) {
    fields.refuse(
      "attributes",
      `There are ${names.length} attributes: at most ${PRODUCT_LIMITS.attributes} are taken`,
    );
    return {};
  }
  const attributes: Record<string, AttributeValue> = {};
  for (const name of names) {
    if (!takesName(fields, name)) continue;
    const parsed = parseValue(fields, `attributes.${name}`, value[name]);
    if (parsed !== null) attributes[name] = parsed;
  }
  return attributes;
}

function takesName(fields: FieldReader, name: string): boolean {
  const path = `attributes.${name}`;
  if (fields.text(name, path, PRODUCT_LIMITS.attributeKey) === null) return false;
  if (FORBIDDEN.has(name)) fields.refuse(path, "This name is not taken");
  else if (isBlank(name)) fields.refuse(path, "The name is empty");
  else if (/[,:\p{Cc}]/u.test(name)) {
    fields.refuse(path, "A name holds no comma, colon or control character: filters could not name it");
  } else return true;
  return false;
}

function parseValue(fields: FieldReader, path: string, value: unknown): AttributeValue | null {
  switch (typeof value) {
    case "string":
      return fields.text(value, path, PRODUCT_LIMITS.attributeValue);
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : fields.refuse(path, "The number is too large");
    default:
      return fields.refuse(path, `Expected text, a number or a boolean, not ${kindOf(value)}`);
  }
}
