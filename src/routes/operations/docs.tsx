import { ERROR_CODES } from "../../domain/errors.ts";
import { sha256Hex } from "../../domain/digest.ts";
import type { DocsDocument } from "../../web/docs-model.ts";
import { DocsPage } from "../../web/docs-page.tsx";
import { DOCS_SCRIPT } from "../../web/docs-script.ts";
import { DOCS_STYLE } from "../../web/docs-style.ts";
import { conditional, etagOf } from "../middleware/conditional.ts";
import type { App } from "../openapi.ts";
import type { ApiDocument } from "./document.ts";

const MAX_FILTER = 100;
const CACHE_CONTROL = "public, max-age=300";

/** The document's type allows what ours never has (references among paths); the page reads it by its own narrower one. */
function asDocsDocument(document: ApiDocument): DocsDocument {
  return document as unknown as DocsDocument;
}

function render(document: ApiDocument, q: string): string {
  const problems = Object.entries(ERROR_CODES).map(([code, facts]) => ({ code, ...facts }));
  return `<!doctype html>${(<DocsPage document={asDocsDocument(document)} problems={problems} q={q} />).toString()}`;
}

export function registerDocs(app: App, documentOf: () => ApiDocument): void {
  let whole: string | undefined;
  const serve = async (text: string) => ({
    etag: etagOf((await sha256Hex(text)).slice(0, 32)),
    cacheControl: CACHE_CONTROL,
  });

  app.get("/docs", async (c) => {
    const q = (c.req.query("q") ?? "").slice(0, MAX_FILTER).trim();
    const html = q === "" ? (whole ??= render(documentOf(), "")) : render(documentOf(), q);
    return conditional(c, await serve(html), () => c.html(html));
  });
  app.get("/docs/style.css", async (c) =>
    conditional(c, await serve(DOCS_STYLE), () =>
      c.body(DOCS_STYLE, 200, { "Content-Type": "text/css; charset=utf-8" }),
    ),
  );
  app.get("/docs/filter.js", async (c) =>
    conditional(c, await serve(DOCS_SCRIPT), () =>
      c.body(DOCS_SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
    ),
  );
}
