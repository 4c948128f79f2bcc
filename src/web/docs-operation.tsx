import { curlOf, exampleOf } from "./docs-example.ts";
import type { DocsContent, DocsDocument, DocsOperation } from "./docs-model.ts";
import { Fields, inline, Prose, typeText } from "./docs-schema.tsx";

interface Props {
  document: DocsDocument;
  operation: DocsOperation;
}

export function Verb({ method }: { method: string }) {
  return <span class={`verb verb-${method.toLowerCase()}`}>{method}</span>;
}

/** `/v1/products/{id}` with its parameters set apart, and places where a narrow screen may break it. */
function Path({ path }: { path: string }) {
  return (
    <code class="path">
      {path.split(/(?=\/)/).map((part) => (
        <>
          <wbr />
          {part.includes("{") ? <em>{part}</em> : part}
        </>
      ))}
    </code>
  );
}

function Parameters({ operation }: { operation: DocsOperation }) {
  if (operation.parameters.length === 0) return null;
  return (
    <section>
      <h4>Parameters</h4>
      <ul class="fields">
        {operation.parameters.map((parameter) => (
          <li>
            <div class="field">
              <code class="name">{parameter.name}</code>
              <span class="type">
                {typeText(parameter.schema)} · {parameter.in}
              </span>
              {parameter.required ? null : <span class="optional">optional</span>}
            </div>
            <p class="hint">{inline(parameter.description ?? parameter.schema.description ?? "")}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Content({ document, content }: { document: DocsDocument; content: DocsContent }) {
  const { mediaType, schema } = content;
  return (
    <>
      <p class="media">
        <code>{mediaType}</code> {schema === null ? "" : typeText(schema)}
      </p>
      {schema === null ? null : <Fields document={document} schema={schema} />}
    </>
  );
}

function Responses({ document, operation }: Props) {
  return (
    <section>
      <h4>Responses</h4>
      {operation.responses.map(({ status, description, content }) => {
        const isProblem = content.some(({ mediaType }) => mediaType === "application/problem+json");
        const label = (
          <>
            <code class={`status status-${status[0]}`}>{status}</code> <span>{inline(description)}</span>
          </>
        );
        if (isProblem || content.length === 0) return <p class="response">{label}</p>;
        return (
          <details class="response">
            <summary>{label}</summary>
            {content.map((one) => (
              <>
                <Content document={document} content={one} />
                {one.schema === null || one.mediaType !== "application/json" ? null : (
                  <pre tabindex={0}>{JSON.stringify(exampleOf(document, one.schema), null, 2)}</pre>
                )}
              </>
            ))}
          </details>
        );
      })}
    </section>
  );
}

export function Operation({ document, operation }: Props) {
  const { anchor, method, path, summary, description, access, body, text } = operation;
  return (
    <article id={anchor} class="operation" data-text={text} aria-labelledby={`${anchor}-title`}>
      <h3 id={`${anchor}-title`}>
        <a href={`#${anchor}`}>{summary}</a>
      </h3>
      <p class="call">
        <Verb method={method} />
        <Path path={path} />
      </p>
      <p class="access">Access: {inline(access)}</p>
      <Prose text={description} />
      <Parameters operation={operation} />
      {body.length === 0 ? null : (
        <section>
          <h4>Body</h4>
          {body.map((content) => (
            <Content document={document} content={content} />
          ))}
        </section>
      )}
      <section>
        <h4>Example</h4>
        <pre tabindex={0}>{curlOf(document, operation)}</pre>
      </section>
      <Responses document={document} operation={operation} />
    </article>
  );
}
