import { OpenAPIHono } from "@hono/zod-openapi";
import { withAdmission } from "./routes/admission/admission.ts";
import { authorise, identify } from "./routes/middleware/authenticate.ts";
import { guardedBody } from "./routes/middleware/body.ts";
import { keepToken, sendToken } from "./routes/middleware/consistency.ts";
import { crossOrigin } from "./routes/middleware/cross-origin.ts";
import { idempotency } from "./routes/middleware/idempotency.ts";
import { knownTenant } from "./routes/middleware/known-tenant.ts";
import { isApiPath, notFound } from "./routes/middleware/not-found.ts";
import { freshMembership } from "./routes/middleware/fresh-membership.ts";
import { operationLookup } from "./routes/middleware/operation-table.ts";
import { answerError } from "./routes/middleware/problem.ts";
import { rateLimit } from "./routes/middleware/rate-limit.ts";
import { requestIdentity } from "./routes/middleware/request-identity.ts";
import { requestMetrics } from "./routes/middleware/request-metrics.ts";
import { requestLog } from "./routes/middleware/request-log.ts";
import { mutableHeaders, secureHeaders } from "./routes/middleware/secure-headers.ts";
import { serverTiming } from "./routes/middleware/server-timing.ts";
import { staleness } from "./routes/middleware/staleness.ts";
import { refuseInvalid } from "./routes/middleware/validation.ts";
import type { App, AppEnv } from "./routes/openapi.ts";
import { registerAccountRoutes } from "./routes/accounts/register.ts";
import { registerAdminRoutes } from "./routes/admin/register.ts";
import { registerAuditRoutes } from "./routes/audit/register.ts";
import { registerAnalyticsRoutes } from "./routes/analytics/register.ts";
import { registerBlobRoutes } from "./routes/blobs/register.ts";
import { registerEventRoutes } from "./routes/events/register.ts";
import { registerExperimentRoutes } from "./routes/experiments/register.ts";
import { registerFeedRoutes } from "./routes/feed/register.ts";
import type { FeedOptions } from "./routes/feed/register.ts";
import { registerFriendRoutes } from "./routes/friends/register.ts";
import { registerImageRoutes } from "./routes/images/register.ts";
import { registerOperationRoutes } from "./routes/operations/register.ts";
import { ACCOUNT_PAGES } from "./routes/pages/account/register.ts";
import { OPS_PAGES } from "./routes/pages/ops/register.ts";
import { errorsAsPages, notFoundPage } from "./routes/pages/messages.tsx";
import { registerOrgRoutes } from "./routes/orgs/register.ts";
import { registerPageRoutes } from "./routes/pages/register.ts";
import { registerPictureRoutes } from "./routes/pictures/register.ts";
import { registerPostRoutes } from "./routes/posts/register.ts";
import { registerProductRoutes } from "./routes/products/register.ts";
import { registerSecretRoutes } from "./routes/secrets/register.ts";
import { registerSearchRoutes } from "./routes/search/register.ts";
import { registerWebhookRoutes } from "./routes/webhooks/register.ts";

/** For people: whatever goes wrong there, from the rate limit on, is said in a page. */
const PAGES = [
  "/",
  "/p/*",
  "/upload/*",
  "/feed/*",
  "/friends",
  "/u/*",
  "/posts/*",
  ...ACCOUNT_PAGES,
  ...OPS_PAGES,
];

/** Counted against the rate limits: what costs more than a file. */
const LIMITED = [...PAGES, "/ops/live", "/v1/*", "/api/*", "/metrics"];

/** From the outermost in: who asks is known before anything is read, and a body before it is used. */
function useConventions(app: App): void {
  const operationOf = operationLookup(app);
  app.use(
    requestIdentity,
    requestMetrics,
    requestLog,
    serverTiming(operationOf),
    staleness,
    secureHeaders,
    crossOrigin(app),
  );
  for (const path of PAGES) app.use(path, errorsAsPages);
  app.use(knownTenant, identify(isApiPath, operationOf));
  for (const path of LIMITED) app.use(path, rateLimit(operationOf));
  app.use(freshMembership, authorise(operationOf), guardedBody(operationOf));
  app.use(keepToken, idempotency(operationOf), sendToken, mutableHeaders);
}

/** The whole application; `app.fetch(request, deps)` with the `Deps` of one invocation. */
export function createApp(feed?: FeedOptions): App {
  const app: App = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  useConventions(app);
  registerProductRoutes(app);
  registerSearchRoutes(app);
  registerOrgRoutes(app);
  registerAccountRoutes(app);
  registerEventRoutes(app);
  registerAnalyticsRoutes(app);
  registerAdminRoutes(app);
  registerAuditRoutes(app);
  registerSecretRoutes(app);
  registerExperimentRoutes(app);
  registerBlobRoutes(app);
  registerFriendRoutes(app);
  registerPostRoutes(app);
  registerFeedRoutes(app, feed);
  registerImageRoutes(app);
  registerWebhookRoutes(app);
  registerPictureRoutes(app);
  registerPageRoutes(app);
  registerOperationRoutes(app);
  app.onError(answerError);
  app.notFound(notFound(app, notFoundPage));
  return withAdmission(app, PAGES);
}
