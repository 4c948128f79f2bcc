import type { Deps } from "../../deps.ts";
import { OPERATOR, weightOf } from "../../domain/known-tenants.ts";
import { clientOf } from "../middleware/client-key.ts";
import { credentialOf } from "../middleware/known-tenant.ts";
import type { App } from "../openapi.ts";
import { refuse } from "./refusal.ts";
import { workLookup } from "./work.ts";

/** Who must know what is the matter while there is no room for others. */
const EXEMPT = /^\/(?:healthz$|readyz$|metrics$|ops(?:$|\/)|v1\/admin\/)/;

/** Who asks, as far as that is known without a look anywhere. */
function tenantOf(deps: Deps, headers: Headers): string {
  const credential = credentialOf(headers);
  const known = credential === null ? undefined : deps.isolate.tenants.of(credential);
  return known ?? `client:${clientOf(deps, headers)}`;
}

/** How long it takes until the isolate has done what it had to do at this moment. */
function turn(): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => setTimeout(() => resolve(performance.now() - started), 0));
}

/**
 * Lets in what can be answered in time, and refuses the rest before the application sees it: under a flood, what a refusal
 * takes is taken from those who are answered. A tenant that asks for little finds room, however much others ask for.
 * `pages` are the patterns of what people see.
 */
export function withAdmission(app: App, pages: readonly string[]): App {
  const answer = app.fetch;
  const workOf = workLookup(app, pages);
  const admit: App["fetch"] = (request, given, context) => {
    const deps = given as Deps; // Sound: nobody calls the application with less.
    const path = app.getPath(request);
    const isFree = !deps.config.admission || request.method === "OPTIONS" || EXEMPT.test(path);
    const tenant = isFree ? OPERATOR : tenantOf(deps, request.headers);
    if (tenant === OPERATOR) return answer(request, deps, context);
    const { clock, isolate, lifetime } = deps;
    const { admission } = isolate;
    const asked = workOf(request.method, path);
    const ticket = admission.enter(clock.now(), tenant, { shares: asked.shares, weight: weightOf(tenant) });
    if (typeof ticket === "string") return refuse(request, deps, { asked, reason: ticket });
    const turned = turn();
    const leave = () =>
      lifetime.defer(turned.then((waitedMs) => admission.leave(clock.now(), ticket, waitedMs)));
    return Promise.resolve(answer(request, deps, context)).finally(leave);
  };
  app.fetch = admit;
  return app;
}
