import { orgHref } from "../components/org-nav.tsx";
import { overviewParams, usersParams } from "../dashboard/query.ts";
import { dateIn } from "../dashboard/local-time.ts";
import { zoneOf } from "../dashboard/view.ts";
import type { DashboardView, PartFailure } from "../dashboard/view.ts";
import type { Live, Overview, UserPage } from "../dashboard/wire.ts";

/** Why an answer did not come. */
export class Refusal extends Error {
  readonly failure: PartFailure;
  /** 0 where there was no answer at all. */
  readonly status: number;

  constructor(status: number, failure: PartFailure) {
    super(failure.message);
    this.status = status;
    this.failure = failure;
  }
}

interface Problem {
  detail?: string;
  errors?: readonly { path: string; message: string }[];
}

// The answers are our own API's, of the same deployment: they are taken as they are documented.

/** Rejects with `Refusal`, or with the signal's reason when aborted; so do all here. */
export function fetchOverview(view: DashboardView, signal: AbortSignal): Promise<Overview> {
  const params = overviewParams(view.query, dateIn(zoneOf(view), view.now));
  return fetchJson<Overview>(`${apiHref(view)}/overview?${params}`, signal);
}

export function fetchUsers(view: DashboardView, signal: AbortSignal): Promise<UserPage> {
  const params = usersParams(view.query, zoneOf(view), view.now);
  return fetchJson<UserPage>(`${apiHref(view)}/users?${params}`, signal);
}

export function fetchLive(view: DashboardView, signal: AbortSignal): Promise<Live> {
  return fetchJson<Live>(`${apiHref(view)}/live`, signal);
}

function apiHref({ org }: DashboardView): string {
  return `/v1${orgHref(org)}`;
}

async function fetchJson<T>(href: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      const message = navigator.onLine ? "There was no answer." : "You are offline.";
      throw new Refusal(0, { message, isPassing: true });
    },
  );
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as T;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const { status } = response;
  if (status === 400 || status === 422) {
    const problem = (await response.json().catch(() => ({}))) as Problem;
    const message = problem.errors?.[0]?.message ?? problem.detail ?? "The address cannot be read.";
    return new Refusal(status, { message, isPassing: false });
  }
  if (status === 401 || status === 403 || status === 404)
    return new Refusal(status, { message: "You may no longer see this. Sign in again.", isPassing: true });
  const message =
    status === 429 ? "There were many requests in a short time." : "That is our fault, not yours.";
  return new Refusal(status, { message: `${message} Try again in a moment.`, isPassing: true });
}
