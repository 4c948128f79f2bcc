import type { AnyDocument } from "@orama/orama";
import type { Segment } from "../segment.ts";
import type { Properties, Property } from "./fields.ts";

function set(document: AnyDocument, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() ?? path;
  let at = document as Record<string, unknown>;
  for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>;
  at[last] = value;
}

function categoryAt(segment: Segment, doc: number, { type }: Property): unknown {
  const code = segment.category.codes[doc];
  const path = code === 0 ? [] : (JSON.parse(segment.category.table.at(code - 1)) as string[]);
  return type.endsWith("[]") ? path : path[0];
}

function attributeAt({ attributes }: Segment, doc: number, { path, type }: Property): unknown {
  const key = attributes.keys.search(path);
  if (key < 0) return undefined;
  for (let at = attributes.offsets[doc]; at < attributes.offsets[doc + 1]; at++) {
    const code = attributes.codes[at];
    if (code < attributes.keyStarts[key] || code >= attributes.keyStarts[key + 1]) continue;
    const text = attributes.values.at(code);
    if (type === "boolean") return text === "true";
    return Number.isNaN(attributes.numbers[code]) ? text : attributes.numbers[code];
  }
  return undefined;
}

function valueOf(segment: Segment, doc: number, property: Property): unknown {
  const number = (column: Segment["price"]) => {
    const value = column.values[column.codes[doc]];
    return Number.isNaN(value) ? undefined : value;
  };
  switch (property.role) {
    case "title":
      return segment.titleOf(doc);
    case "brand": {
      const code = segment.brand.codes[doc];
      return code === 0 ? undefined : segment.brand.table.at(code - 1);
    }
    case "category":
      return categoryAt(segment, doc, property);
    case "price":
      return number(segment.price);
    case "rating":
      return number(segment.rating);
    case "ratingCount":
      return number(segment.ratingCount);
    case "updatedAt":
      return number(segment.updated);
    case "inStock":
      return segment.stock[doc] !== 0;
    case "imageUrl":
      return segment.imageOf(doc) ?? undefined;
    case "attribute":
      return attributeAt(segment, doc, property);
    case "description":
      // Searchable, but not kept.
      return undefined;
    default:
      return property.role satisfies never;
  }
}

/** A product of a segment as a document: what its columns hold. */
export function documentAt(segment: Segment, doc: number, properties: Properties): AnyDocument {
  const document: AnyDocument = { id: segment.idOf(doc) };
  for (const property of properties.values()) {
    const value = valueOf(segment, doc, property);
    if (value !== undefined) set(document, property.path, value);
  }
  return document;
}
