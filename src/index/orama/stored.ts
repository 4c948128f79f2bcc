import type { AnyDocument } from "@orama/orama";
import { readDocument } from "../document.ts";
import type { StoredDocument } from "../document.ts";
import type { Segment } from "../segment.ts";
import type { Properties, Property } from "./fields.ts";

function set(document: AnyDocument, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() ?? path;
  let at = document as Record<string, unknown>;
  for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>;
  at[last] = value;
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

function valueOf(segment: Segment, doc: number, stored: StoredDocument, property: Property): unknown {
  switch (property.role) {
    case "category":
      return property.type.endsWith("[]") ? [...stored.category] : stored.category[0];
    case "price":
      return stored.price?.amount;
    case "attribute":
      return attributeAt(segment, doc, property);
    case "description":
      // Searchable, but not kept.
      return undefined;
    default:
      return stored[property.role] ?? undefined;
  }
}

/** A product of a segment as a document: what its columns hold. */
export function documentAt(segment: Segment, doc: number, properties: Properties): AnyDocument {
  const stored = readDocument(segment, doc);
  const document: AnyDocument = { id: stored.id };
  for (const property of properties.values()) {
    const value = valueOf(segment, doc, stored, property);
    if (value !== undefined) set(document, property.path, value);
  }
  return document;
}
