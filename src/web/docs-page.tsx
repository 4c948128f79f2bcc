import type { DocsDocument, DocsOperation } from "./docs-model.ts";
import { filterOperations, readOperations } from "./docs-model.ts";
import { Operation, Verb } from "./docs-operation.tsx";
import { Prose } from "./docs-schema.tsx";

export interface DocsProblem {
  code: string;
  status: number;
  title: string;
}

interface Props {
  document: DocsDocument;
  problems: readonly DocsProblem[];
  /** What the filter box holds: only operations with all of its words are shown. */
  q: string;
}

interface Group {
  name: string;
  description: string;
  operations: DocsOperation[];
}

function groupsOf(document: DocsDocument, operations: readonly DocsOperation[]): Group[] {
  const groups = Object.entries(Object.groupBy(operations, ({ tag }) => tag));
  return groups.map(([name, members]) => ({
    name,
    description: document.tags?.find((tag) => tag.name === name)?.description ?? "",
    operations: members ?? [],
  }));
}

function tagAnchor(name: string): string {
  return `tag-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
}

function Contents({ groups }: { groups: readonly Group[] }) {
  return (
    <nav class="contents" aria-label="Operations">
      <details open>
        <summary>Contents</summary>
        {groups.map(({ name, operations }) => (
          <section>
            <a class="tag" href={`#${tagAnchor(name)}`}>
              {name}
            </a>
            <ul>
              {operations.map(({ anchor, method, summary, text }) => (
                <li data-text={text}>
                  <a href={`#${anchor}`}>
                    <Verb method={method} />
                    <span>{summary}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section>
          <a class="tag" href="#problems">
            Problems
          </a>
        </section>
      </details>
    </nav>
  );
}

function Filter({ q, count }: { q: string; count: number }) {
  return (
    <form class="filter" role="search" action="/docs" method="get">
      <label for="q">Filter operations</label>
      <input
        id="q"
        name="q"
        type="search"
        value={q}
        placeholder="cursor, import, facets…"
        autocomplete="off"
      />
      <button type="submit">Filter</button>
      <output id="count" for="q">
        {count} {count === 1 ? "operation" : "operations"}
      </output>
    </form>
  );
}

function Problems({ problems }: { problems: readonly DocsProblem[] }) {
  return (
    <section id="problems" class="group">
      <h2>Problems</h2>
      <p>
        An error is <code>application/problem+json</code> (RFC 9457). Programs decide on its <code>code</code>
        ; <code>request_id</code> finds it in the logs; a malformed request names each bad field in{" "}
        <code>errors</code>.
      </p>
      <dl class="problems">
        {problems.map(({ code, status, title }) => (
          <div id={`problem-${code}`}>
            <dt>
              <code class={`status status-${String(status)[0]}`}>{status}</code> <code>{code}</code>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The reference of the API, whole in one page: readable without script, on a phone and on paper. */
export function DocsPage({ document, problems, q }: Props) {
  const operations = filterOperations(readOperations(document), q);
  const groups = groupsOf(document, operations);
  const { title, version, description = "" } = document.info;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={`The reference of the ${title} API`} />
        <title>{title} API</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/style.css" />
        <script type="module" src="/docs/filter.js" />
      </head>
      <body>
        <a class="skip-link" href="#main">
          Skip to the reference
        </a>
        <header class="top">
          <a class="brand" href="/">
            {title}
          </a>
          <span class="version">API {version}</span>
          <Filter q={q} count={operations.length} />
        </header>
        <div class="columns">
          <Contents groups={groups} />
          <main id="main" tabindex={-1}>
            <section class="intro">
              <h1>{title} API</h1>
              <Prose text={description} />
              <p>
                Machine-readable: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). The examples read{" "}
                <code>VITRINE_URL</code>, the origin of this deployment, and <code>VITRINE_KEY</code>, a key.
              </p>
            </section>
            {groups.length === 0 ? <p class="none">No operation holds “{q}”.</p> : null}
            {groups.map(({ name, description: about, operations: members }) => (
              <section id={tagAnchor(name)} class="group">
                <h2>{name}</h2>
                <Prose text={about} />
                {members.map((operation) => (
                  <Operation document={document} operation={operation} />
                ))}
              </section>
            ))}
            <Problems problems={problems} />
          </main>
        </div>
      </body>
    </html>
  );
}
