import { z } from "@hono/zod-openapi";
import { ROLES } from "../../domain/actor.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { Member } from "../../services/orgs/members.ts";

const role = z.enum(ROLES).openapi({ example: "analyst" });

export const userParam = z
  .string()
  .min(1)
  .max(254)
  .openapi({ description: "The id of a member, or the address of an invitation" });

export const MemberSchema = z
  .object({
    user_id: z.string().nullable().openapi({ description: "Null for who is invited" }),
    name: z.string().nullable(),
    email: z.string(),
    role,
    created_at: z.iso.datetime().openapi({ description: "When they became a member, or were invited" }),
    status: z.enum(["member", "invited"]),
  })
  .openapi("Member");

export const NewMemberSchema = z
  .strictObject({ email: z.string().min(3).max(254).openapi({ example: "ada@example.com" }), role })
  .openapi("NewMember");

export const MemberChangeSchema = z.strictObject({ role }).openapi("MemberChange");

export function memberWire(member: Member) {
  return {
    user_id: member.userId,
    name: member.name,
    email: member.email,
    role: member.role,
    created_at: toRfc3339(member.createdAt),
    status: member.status,
  };
}
