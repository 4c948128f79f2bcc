import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** The names of a folder's files as paths of URLs: to look for each request's on the disk costs more than most answers. */
export async function staticPaths(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Set(
    files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll(sep, "/")),
  );
}

/** The path of a URL as it stands in it; to parse one costs as much as a refusal. */
function pathnameOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const rest = start === -1 ? "/" : url.slice(start);
  const end = rest.search(/[?#]/);
  return end === -1 ? rest : rest.slice(0, end);
}

/** Whether a request is for one of `paths`. */
export function asksForFile(paths: ReadonlySet<string>, { method, url }: Request): boolean {
  return (method === "GET" || method === "HEAD") && paths.has(pathnameOf(url));
}

/** The file of `folder` that a request of `asksForFile` is for; `null` where it is there no longer. */
export async function staticFile(folder: string, request: Request): Promise<Response | null> {
  const path = pathIn(folder, pathnameOf(request.url));
  if (path === null) return null;
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const etag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
  const headers = {
    "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
    "Cache-Control": "public, max-age=0, must-revalidate",
    "X-Content-Type-Options": "nosniff",
    ETag: etag,
  };
  if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : new Uint8Array(await readFile(path)), { headers });
}

/** `null` where the path would leave the folder, or is none. */
function pathIn(folder: string, pathname: string): string | null {
  try {
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    return path.startsWith(folder + sep) && !path.includes("\0") ? path : null;
  } catch {
    return null;
  }
}
