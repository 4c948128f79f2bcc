import type { Child } from "hono/jsx";
import { StarShape } from "./rating.tsx";
import { SiteHeader } from "./site-header.tsx";

export interface PageHead {
  title: string;
  description: string;
  /** Absolute address of the page, without what does not change it; none for errors. */
  canonical?: string;
  /** Absolute address of a picture for previews. */
  image?: string;
  kind?: "website" | "product";
  /** False keeps the page out of search engines. */
  indexed?: boolean;
  /** After how many seconds the page is asked for anew where no script runs. */
  refreshSeconds?: number | undefined;
}

/** A style sheet and a module of public/build/ each, made of src/web/styles/ and src/web/islands/. */
export type Bundle = "shop" | "account" | "dashboard" | "upload" | "feed" | "people" | "ops";

interface Props {
  head: PageHead;
  /** What is searched for; none leaves the search box out of the header. */
  q?: string;
  bundle?: Bundle;
  children?: Child;
}

/** The whole document. All script and style is in files: the content security policy allows no other. */
export function Layout({ head, q, bundle = "shop", children }: Props) {
  return (
    <html lang="en">
      <Head head={head} bundle={bundle} />
      <body>
        <a class="skip-link" href="#main">
          Skip to the content
        </a>
        {bundle === "shop" ? <StarShape /> : null}
        <SiteHeader q={q} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <p>Vitrine</p>
          <nav aria-label="About">
            <a href="/docs">API</a>
            <a href="/openapi.json">OpenAPI</a>
          </nav>
        </footer>
        <div id="announcer" class="visually-hidden" role="status" />
      </body>
    </html>
  );
}

function Head({ head, bundle }: { head: PageHead; bundle: Bundle }) {
  const { title, description, canonical, image, kind = "website", indexed = true, refreshSeconds } = head;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="description" content={description} />
      {indexed ? null : <meta name="robots" content="noindex, follow" />}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#fbfbf9" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#131614" media="(prefers-color-scheme: dark)" />
      {canonical === undefined ? null : <link rel="canonical" href={canonical} />}
      <meta property="og:site_name" content="Vitrine" />
      <meta property="og:type" content={kind} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {canonical === undefined ? null : <meta property="og:url" content={canonical} />}
      {image === undefined ? null : <meta property="og:image" content={image} />}
      {refreshSeconds === undefined ? null : (
        <noscript>
          <meta http-equiv="refresh" content={String(refreshSeconds)} />
        </noscript>
      )}
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="manifest" href="/manifest.webmanifest" />
      <link
        rel="preload"
        href="/fonts/instrument-sans-latin-wght-normal.woff2"
        as="font"
        type="font/woff2"
        crossorigin=""
      />
      <link rel="stylesheet" href={`/build/${bundle}.css`} />
      <script type="module" src={`/build/${bundle}.js`} />
    </head>
  );
}
