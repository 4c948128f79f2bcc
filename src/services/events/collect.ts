import type { Deps } from "../../deps.ts";
import { AppError, isAway } from "../../domain/errors.ts";
import type { AnalyticsEvent, BotReason } from "../../domain/event.ts";
import { botReasonOf } from "./bots.ts";
import { EventFault, kindOf, MAX_USER_ID, readOptional, readRequired, readUserId } from "./event-fields.ts";
import { readProperties } from "./event-properties.ts";
import { journalEvents } from "./journal.ts";
import type { JournalDeps } from "./journal.ts";
import { readPath, readReferrer } from "./page-address.ts";
import { MAX_ID } from "./parse-event.ts";
import { recordEvents } from "./record.ts";
import { requireSiteKey } from "./site-key-cache.ts";
import { visitorId } from "./visitor.ts";

/** What a page's message came with. */
export interface Sender {
  /** As the browser wrote it in `Origin`. */
  origin: string | undefined;
  userAgent: string;
  /** The network address, as rate limits know it. */
  address: string;
  /** The page was loaded before anyone asked for it. */
  isPrefetch: boolean;
  /** By `DNT` or `Sec-GPC`. */
  wantsNoTracking: boolean;
}

/**
 * Records what a page of an organisation's site sends: one page view or activity, now. Throws `not_found` for a key that is
 * unknown or revoked, `forbidden` for a page that is not of the key's origins, `invalid_input` for a bad message. Answers whether it
 * waits in the journal, as the database is away.
 */
export async function collect(
  deps: JournalDeps & Pick<Deps, "config" | "edgeCache" | "kv" | "receipt">,
  message: unknown,
  sender: Sender,
): Promise<{ isDeferred: boolean }> {
  const fields = fieldsOf(message);
  const key = await requireSiteKey(deps, fields.site);
  if (sender.origin === undefined || !key.origins.includes(sender.origin)) {
    throw new AppError("forbidden", "The site key is not for pages of this origin");
  }
  if (sender.wantsNoTracking) return { isDeferred: false };
  const event = readMessage(fields, sender, deps.clock.now());
  const { userAgent, address } = sender;
  const visitor = () => visitorId(deps.config.secret, { site: key.id, address, userAgent, at: event.at });
  const events = [{ ...event, userId: event.userId ?? visitor() }];
  try {
    await recordEvents(deps, key.orgId, events);
    return { isDeferred: false };
  } catch (error) {
    if (!isAway(error)) throw error;
    await journalEvents(deps, { orgId: key.orgId, keyId: "", events });
    return { isDeferred: true };
  }
}

type Message = Readonly<Record<string, unknown>>;

function fieldsOf(message: unknown): Message {
  if (typeof message === "object" && message !== null && !Array.isArray(message)) return { ...message };
  throw new AppError("invalid_input", `Expected a message as an object, not ${kindOf(message)}`);
}

function readMessage(
  fields: Message,
  sender: Sender,
  at: number,
): Omit<AnalyticsEvent, "userId"> & { userId: string | null } {
  try {
    const userId = readName(fields.user_id);
    return {
      id: readRequired(fields.id, "id", MAX_ID, "invalid_id"),
      type: readType(fields.type),
      userId,
      userName: null,
      isAnonymous: userId === null,
      at,
      path: readPath(fields.path),
      referrer: foreignHost(readReferrer(fields.referrer), sender),
      properties: readProperties(fields.properties),
      bot: reasonOf(fields.bot, sender),
    };
  } catch (error) {
    if (!(error instanceof EventFault)) throw error;
    throw new AppError("invalid_input", `The message is not valid (${error.code}): ${error.message}`, error);
  }
}

/** Who the page says it is shown to; `null` for who it does not know. */
function readName(value: unknown): string | null {
  const given = readOptional(value, "user_id", MAX_USER_ID, "invalid_user");
  return given === null ? null : readUserId(given, "user_id", "invalid_user");
}

/** A page cannot tell that somebody signed in. */
function readType(value: unknown): "page_view" | "activity" {
  if (value === "page_view" || value === "activity") return value;
  throw new EventFault("unknown_type", `Expected page_view or activity, not ${kindOf(value)}`);
}

function reasonOf(claimed: unknown, { isPrefetch, userAgent }: Sender): BotReason | null {
  return (
    (claimed === "webdriver" ? claimed : null) ?? botReasonOf(userAgent) ?? (isPrefetch ? "prefetch" : null)
  );
}

/** Going from page to page of one site is no referral. */
function foreignHost(host: string | null, { origin }: Sender): string | null {
  return host !== null && origin !== undefined && host === new URL(origin).hostname ? null : host;
}
