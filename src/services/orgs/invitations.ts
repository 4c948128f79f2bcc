import type { Ctx, Deps } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import type { Role } from "../../domain/actor.ts";
import { AppError } from "../../domain/errors.ts";
import { acceptInvitations as acceptRows } from "../../db/queries/invitations.ts";
import { seat } from "../../db/queries/seats.ts";
import type { SeatStanding } from "../../db/queries/seats.ts";
import type { Asker } from "../../db/queries/standing.ts";
import { auditLine } from "../audit/line.ts";
import { limitAddress } from "../accounts/limit-address.ts";
import { sendLater } from "../accounts/mails.ts";
import { forgetUser } from "../accounts/session-cache.ts";
import { askerOf, requireOwnerRole, requireStanding } from "./asker.ts";
import { requireEmail } from "./email.ts";
import { invitationMail, membershipMail } from "./invitation-mail.ts";
import { INVITATION_MS, MAX_MEMBERS, MAX_ORGS_OF_PERSON } from "./limits.ts";
import type { Member } from "./members.ts";

type InviteCtx = Ctx<
  "db" | "clock" | "isolate" | "config" | "mailer" | "lifetime" | "log" | "rateLimit" | "receipt"
>;

export interface Invite {
  /** Id or slug. */
  org: string;
  email: string;
  role: Role;
  /** Where this deployment is reached, for the link of the mail. */
  origin: string;
}

/**
 * Makes the account of an address a member at once, if its owner has confirmed the address (or the deployment asks for no
 * confirmation), and tells them by mail; else keeps a seat for 14 days and sends a mail. Inviting again renews role, days and
 * mail; both stand where no mail goes out. Throws `not_found`, `forbidden`, `invalid_input`, `rate_limited` (an address
 * counts, whoever invites it), and `conflict`: a member already, or no room.
 */
export async function inviteMember(ctx: InviteCtx, input: Invite): Promise<Member> {
  const org = requirePermission(ctx.actor, "members:write", input.org);
  const email = requireEmail(input.email);
  await limitAddress(ctx, email);
  const asker = askerOf(ctx.actor, "members:write");
  const now = ctx.clock.now();
  const { role } = input;
  const origin = ctx.config.publicOrigin ?? input.origin;
  const { before, member, isInvited } = await seat(ctx.db, {
    org,
    email,
    role,
    now,
    expiresAt: now + INVITATION_MS,
    asker,
    unconfirmed: !ctx.config.emailConfirmation,
    maxMembers: MAX_MEMBERS,
    maxOrgs: MAX_ORGS_OF_PERSON,
    audit: {
      added: auditLine(ctx, "member.added", { facts: { role } }),
      invited: auditLine(ctx, "member.invited", { facts: { role } }),
    },
  });
  if (member !== null) {
    forgetUser(ctx.isolate.cache, member.userId);
    const joined = { id: before?.id ?? input.org, name: before?.name ?? input.org };
    sendLater(ctx, membershipMail({ email, org: joined, role, origin }));
    return { ...member, role, createdAt: now, status: "member" };
  }
  if (!isInvited) throw refusal(asker, before, input);
  sendLater(ctx, invitationMail({ email, orgName: before?.name ?? input.org, origin }));
  return { userId: null, name: null, email, role, createdAt: now, status: "invited" };
}

/** The reason why nobody was seated. */
function refusal(asker: Asker, before: SeatStanding | undefined, { org, email, role }: Invite): AppError {
  const standing = requireStanding(asker, before, org);
  if (role === "owner" || standing.invitedAs === "owner") requireOwnerRole(asker, standing);
  if (standing.isMember) return new AppError("conflict", `"${email}" is a member already`);
  if (standing.seats >= MAX_MEMBERS)
    return new AppError("conflict", `The organisation has ${MAX_MEMBERS} members and invitations: no more`);
  return new AppError("conflict", `"${email}" belongs to as many organisations as may be`);
}

/**
 * Makes a person a member wherever their address was invited; the number of organisations joined. Call it where `email`
 * is known to be theirs: who confirms an address takes the seats that were kept for it.
 */
export async function acceptInvitations(
  { db, clock, isolate }: Pick<Deps, "db" | "clock" | "isolate">,
  { userId, email }: { userId: string; email: string },
): Promise<number> {
  const now = clock.now();
  // The credential of this request is no session of theirs yet: they act by having confirmed the address.
  const actor = { kind: "user", userId, name: "", email, sessionId: null, memberships: [] } as const;
  const audit = auditLine({ clock, actor }, "member.joined", { target: userId });
  const acceptance = { userId, email: email.toLowerCase(), now, maxOrgs: MAX_ORGS_OF_PERSON, audit };
  const joined = await acceptRows(db, acceptance);
  if (joined > 0) forgetUser(isolate.cache, userId);
  return joined;
}
