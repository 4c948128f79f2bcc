import { resolve } from "./docs-example.ts";
import { refName } from "./docs-model.ts";
import type { DocsDocument, DocsSchema } from "./docs-model.ts";

const MAX_DEPTH = 5;

/** Text with `code` in backticks, and a paragraph for each empty line. */
export function Prose({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <>
      {text.split("\n\n").map((paragraph) => (
        <p>{inline(paragraph)}</p>
      ))}
    </>
  );
}

export function inline(text: string) {
  return text.split("`").map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part));
}

/** A schema's type in a few words: `string, up to 500`, `array of Product`, `string or null`. */
export function typeText(schema: DocsSchema): string {
  if (schema.$ref !== undefined) return refName(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeText).join(" or ");
  if (schema.allOf) return schema.allOf.map(typeText).join(" and ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const types = [schema.type ?? "any"].flat();
  const names = types.map((type) =>
    type === "array" && schema.items ? `array of ${typeText(schema.items)}` : type,
  );
  return [names.join(" or "), ...bounds(schema)].join(", ");
}

function grouped(value: number): string {
  return value.toLocaleString("en");
}

function bounds({ format, minimum, maximum, minLength, maxLength }: DocsSchema): string[] {
  const parts: string[] = [];
  if (format !== undefined) parts.push(format);
  if (minimum !== undefined && maximum !== undefined)
    parts.push(`${grouped(minimum)} to ${grouped(maximum)}`);
  else if (minimum !== undefined) parts.push(`at least ${minimum}`);
  else if (maximum !== undefined) parts.push(`at most ${maximum}`);
  if (maxLength !== undefined)
    parts.push(`${minLength ? `${minLength} to` : "up to"} ${grouped(maxLength)} characters`);
  return parts;
}

/** The object whose fields are worth listing: of a reference, of an array's items, of the one choice that is not null. */
function objectIn(document: DocsDocument, given: DocsSchema): DocsSchema | null {
  const schema = resolve(document, given);
  if (schema.properties) return schema;
  if (schema.items) return objectIn(document, schema.items);
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).filter(({ type }) => type !== "null");
  return choices.length === 1 ? objectIn(document, choices[0]) : null;
}

interface FieldsProps {
  document: DocsDocument;
  schema: DocsSchema;
  depth?: number;
}

/** The fields of a schema, those of inner objects indented below them. */
export function Fields({ document, schema, depth = 0 }: FieldsProps) {
  const object = objectIn(document, schema);
  if (object === null || depth > MAX_DEPTH) return null;
  return (
    <ul class="fields">
      {Object.entries(object.properties ?? {}).map(([name, field]) => (
        <li>
          <div class="field">
            <code class="name">{name}</code>
            <span class="type">{typeText(field)}</span>
            {object.required?.includes(name) ? null : <span class="optional">optional</span>}
          </div>
          {field.description === undefined ? null : <p class="hint">{inline(field.description)}</p>}
          <Fields document={document} schema={field} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}
