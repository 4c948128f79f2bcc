import type { App } from "../openapi.ts";

const TEXT = `User-agent: *
Disallow: /v1/
Disallow: /api/
Disallow: /*?*q=
Disallow: /*?*cursor=
`;

/** `GET /robots.txt`: products and categories may be indexed, searches may not. */
export function registerRobots(app: App): void {
  app.get("/robots.txt", (c) => c.text(TEXT, 200, { "Cache-Control": "public, max-age=86400" }));
}
