import { createContext, useContext } from "hono/jsx";

/** Who looks at a page, as far as its frame shows it. */
export interface Viewer {
  name: string;
  email: string;
  /** Slugs of the organisations, in the order of joining. */
  orgs: readonly string[];
}

interface Frame {
  viewer: Viewer | null;
  /** Path and query of the page: where signing in leads back to. */
  path: string;
}

/** Given once around every page (`routes/pages/html.ts`), so that no page can forget who looks at it. */
export const FrameContext = createContext<Frame>({ viewer: null, path: "/" });

export function useFrame(): Frame {
  return useContext(FrameContext);
}

/** Up to two capitals that stand for a person: `Ada King Lovelace` → `AL`. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  const letters = [first, last].map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? "").join("");
  return letters === "" ? "•" : letters.toLocaleUpperCase("en");
}

/** The way to the sign-in page that leads back to `path`. */
export function signInHref(path: string): string {
  return path === "/" || path.startsWith("/sign-")
    ? "/sign-in"
    : `/sign-in?${new URLSearchParams({ next: path })}`;
}
