import { createContext, useContext } from "hono/jsx";

export { initialsOf } from "./initials.ts";

/** Who looks at a page, as far as its frame shows it. */
export interface Viewer {
  id: string;
  name: string;
  email: string;
  /** Slugs of the organisations, in the order of joining. */
  orgs: readonly string[];
}

export interface Frame {
  viewer: Viewer | null;
  /** Path and query of the page: where signing in leads back to. */
  path: string;
}

/** Given once around every page (`routes/pages/html.ts`), so that no page can forget who looks at it. */
export const FrameContext = createContext<Frame>({ viewer: null, path: "/" });

export function useFrame(): Frame {
  return useContext(FrameContext);
}

/** The way to the sign-in page that leads back to `path`. */
export function signInHref(path: string): string {
  return path === "/" || path.startsWith("/sign-")
    ? "/sign-in"
    : `/sign-in?${new URLSearchParams({ next: path })}`;
}
