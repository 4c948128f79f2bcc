import type { AnyDocument, AnySchema, SearchableType } from "@orama/orama";
import type { AttributeValue, Product } from "../../domain/product.ts";
import type { FilterField } from "../types.ts";
import { OramaIndexError } from "./fault.ts";

/** What a property of an Orama schema is to the index; `attribute` keeps it under the property's own name. */
export type Role =
  | "title"
  | "description"
  | "brand"
  | "category"
  | "price"
  | "rating"
  | "ratingCount"
  | "inStock"
  | "imageUrl"
  | "updatedAt"
  | "attribute";

export interface Property {
  /** With dots for nested ones. */
  path: string;
  type: SearchableType;
  role: Role;
}

export type Properties = ReadonlyMap<string, Property>;

/** The types that a role can hold. */
const TAKES: Readonly<Record<Role, readonly string[]>> = {
  title: ["string"],
  description: ["string"],
  brand: ["string", "enum"],
  category: ["string", "enum", "string[]", "enum[]"],
  price: ["number"],
  rating: ["number"],
  ratingCount: ["number"],
  inStock: ["boolean"],
  imageUrl: ["string"],
  updatedAt: ["number"],
  attribute: ["string", "enum", "number", "boolean"],
};

function roleOf(path: string, given: Readonly<Record<string, Role>>): Role {
  if (Object.hasOwn(given, path)) return given[path];
  if (path === "name") return "title";
  return Object.hasOwn(TAKES, path) && path !== "attribute" ? (path as Role) : "attribute";
}

function flatten(schema: AnySchema, prefix = ""): [string, unknown][] {
  return Object.entries(schema).flatMap(([name, type]): [string, unknown][] =>
    typeof type === "object" ? flatten(type as AnySchema, `${prefix}${name}.`) : [[`${prefix}${name}`, type]],
  );
}

/**
 * Reads a schema: `title` (or `name`), `description`, `brand`, `category`, `price`, `rating`, `ratingCount`, `inStock`,
 * `imageUrl` and `updatedAt` are what they say, any other string, enum, number or boolean is an attribute of its own
 * name. `roles` says otherwise by property. Throws for types the index has no place for.
 */
export function readSchema(schema: AnySchema, roles: Readonly<Record<string, Role>> = {}): Properties {
  const properties = new Map<string, Property>();
  const taken = new Map<Role, string>();
  for (const [path, type] of flatten(schema)) {
    const role = roleOf(path, roles);
    if (typeof type !== "string" || !TAKES[role].includes(type)) {
      const takes = TAKES[role].join(", ");
      throw new OramaIndexError(
        "INVALID_SCHEMA_TYPE",
        `Unsupported schema type "${String(type)}" at "${path}": a property that is the ${role} takes ${takes}`,
      );
    }
    const other = taken.get(role);
    if (other !== undefined && role !== "attribute") {
      throw new OramaIndexError("INVALID_SCHEMA_TYPE", `Both "${other}" and "${path}" are the ${role}`);
    }
    taken.set(role, path);
    properties.set(path, { path, type: type as SearchableType, role });
  }
  for (const path of Object.keys(roles)) {
    if (!properties.has(path))
      throw new OramaIndexError("UNKNOWN_INDEX", `The schema has no property "${path}"`);
  }
  return properties;
}

/** The value at a path with dots; `undefined` where there is none. */
export function valueAt(document: AnyDocument, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => {
    const nested = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return nested ? (value as Record<string, unknown>)[name] : undefined;
  }, document);
}

/** What the index knows of a property for filters and facets, `null` for text that is only searched. */
export function filterFieldOf({ path, role }: Property): FilterField | null {
  switch (role) {
    case "brand":
    case "category":
    case "price":
    case "rating":
      return role;
    case "inStock":
      return "in_stock";
    case "attribute":
      return `attributes.${path}`;
    default:
      return null;
  }
}

function text(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value);
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function categoryOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  const only = text(value);
  return only === null || only === "" ? [] : [only];
}

/** Prices are taken as they are: a document's number is the amount. */
export function toProduct(properties: Properties, id: string, document: AnyDocument): Product {
  const values = new Map<Role, unknown>();
  const attributes: Record<string, AttributeValue> = Object.create(null);
  for (const { path, role } of properties.values()) {
    const value = valueAt(document, path);
    if (role !== "attribute") values.set(role, value);
    else if (value !== undefined && value !== null) attributes[path] = value as AttributeValue;
  }
  const amount = number(values.get("price"));
  return {
    id,
    orgId: "",
    title: text(values.get("title")) ?? "",
    description: text(values.get("description")) ?? "",
    brand: text(values.get("brand")),
    category: categoryOf(values.get("category")),
    price: amount === null ? null : { amount, currency: "" },
    rating: number(values.get("rating")),
    ratingCount: number(values.get("ratingCount")) ?? 0,
    inStock: values.get("inStock") !== false,
    imageUrl: text(values.get("imageUrl")),
    imageId: null,
    attributes,
    updatedAt: number(values.get("updatedAt")) ?? 0,
    version: 1,
  };
}
