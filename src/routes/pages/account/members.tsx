import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ROLES } from "../../../domain/actor.ts";
import type { Role } from "../../../domain/actor.ts";
import { AppError } from "../../../domain/errors.ts";
import { inviteMember } from "../../../services/orgs/invitations.ts";
import { changeRole, listMembers, removeMember } from "../../../services/orgs/members.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { MembersPage } from "../../../web/pages/account/members-page.tsx";
import { countForm } from "../../middleware/rate-limit.ts";
import { type App, type AppEnv, ctxOf } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneHref, doneOf, nextHref } from "./addresses.ts";
import { attempt, readForm, textOf } from "./form.ts";
import { orgOfPage, personOf } from "./guard.ts";

const PAGE_SIZE = 100;

const DONE = {
  invite: "The invitation is on its way. Who has an account already is a member at once.",
  role: "The role is saved.",
  remove: "They no longer belong to the organisation.",
} as const;

async function show(c: Context<AppEnv>, state: FormState, status = 200): Promise<Response> {
  const cursor = c.req.query("cursor") ?? null;
  const [org, { items, nextCursor }] = await Promise.all([
    orgOfPage(c, "members:read"),
    listMembers(ctxOf(c), c.req.param("org") ?? "", { cursor, limit: PAGE_SIZE }),
  ]);
  const page = (
    <MembersPage
      org={org}
      userId={personOf(c).userId}
      members={items}
      partial={cursor !== null || nextCursor !== null}
      more={nextHref(c, nextCursor)}
      state={state}
      done={doneOf(c, DONE)}
    />
  );
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

function roleOf(form: URLSearchParams): Role {
  const role = ROLES.find((one) => one === form.get("role"));
  if (role !== undefined) return role;
  const errors = [{ path: "role", message: "Choose a role." }];
  throw new AppError("invalid_input", { detail: "There is no such role", errors });
}

async function act(c: Context<AppEnv>, form: URLSearchParams, org: string): Promise<unknown> {
  const ctx = ctxOf(c);
  const user = textOf(form, "user");
  switch (form.get("do")) {
    case "invite": {
      await countForm(c, "sensitive");
      const { origin } = new URL(c.req.url);
      return inviteMember(ctx, { org, email: textOf(form, "email"), role: roleOf(form), origin });
    }
    case "role":
      return changeRole(ctx, { org, user, role: roleOf(form) });
    case "remove":
      return removeMember(ctx, { org, user });
    case "leave":
      return removeMember(ctx, { org, user: personOf(c).userId });
    default:
      throw new AppError("invalid_input", "The form asks for nothing that is known");
  }
}

/** `/orgs/{org}/members`: who belongs to it, and for those who may: inviting, roles, removal. */
export function registerMembersPage(app: App): void {
  app.get("/orgs/:org/members", (c) => show(c, BLANK));
  app.post("/orgs/:org/members", async (c) => {
    const form = await readForm(c);
    const { id } = await orgOfPage(c, "members:read");
    const doing = textOf(form, "do");
    const fields = doing === "invite" ? ["email", "role"] : [];
    const refusal = await attempt(form, fields, () => act(c, form, id));
    // What was typed into another form of the page is no value of the invitation.
    if (refusal !== null) {
      const values = doing === "invite" ? refusal.state.values : {};
      return show(c, { ...refusal.state, values }, refusal.status);
    }
    const isGone = doing === "leave" || (doing === "remove" && form.get("user") === personOf(c).userId);
    return c.redirect(isGone ? "/orgs" : doneHref(c, doing), 303);
  });
}
