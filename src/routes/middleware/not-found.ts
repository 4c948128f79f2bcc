import type { Context, NotFoundHandler } from "hono";
import { AppError } from "../../domain/errors.ts";
import type { App, AppEnv } from "../openapi.ts";
import { problemAnswer } from "./problem.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const API_PATHS = new Set(["/healthz", "/readyz", "/metrics", "/openapi.json"]);

/** Paths whose every answer is for programs: JSON and problem+json. */
export function isApiPath(path: string): boolean {
  return path.startsWith("/v1/") || path.startsWith("/api/") || API_PATHS.has(path);
}

/** The methods that some route takes on `path`; HEAD comes with GET. */
export function allowedMethods(app: App, path: string): string[] {
  const takes = (method: string) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method !== "ALL");
  return METHODS.filter(takes).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
}

export type PageNotFound = (c: Context<AppEnv>) => Response | Promise<Response>;

/** 405 with `Allow` where another method would do; else 404, as a problem for programs and as a page for people. */
export function notFound(app: App, page: PageNotFound): NotFoundHandler<AppEnv> {
  return (c) => {
    const { method, path } = c.req;
    const allowed = allowedMethods(app, path);
    if (allowed.length > 0) {
      c.header("Allow", [...allowed, "OPTIONS"].join(", "));
      return problemAnswer(c, new AppError("method_not_allowed", `Cannot ${method} "${path}"`));
    }
    const isForPeople = !isApiPath(path) && !path.startsWith("/i/");
    return isForPeople ? page(c) : problemAnswer(c, new AppError("not_found", `There is no "${path}"`));
  };
}
