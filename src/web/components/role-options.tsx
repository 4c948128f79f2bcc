import { ROLES } from "../../domain/actor.ts";
import type { Role } from "../../domain/actor.ts";

export const ROLE_WORDS: Readonly<Record<Role, { label: string; may: string }>> = {
  owner: { label: "Owner", may: "everything, and makes other owners" },
  admin: { label: "Admin", may: "everything but making owners" },
  analyst: { label: "Analyst", may: "sees the dashboard and its people" },
  member: { label: "Member", may: "works on the catalogue" },
};

/** The roles that a person of the role `giver` may give: only an owner makes owners. */
export function rolesToGive(giver: Role): readonly Role[] {
  return giver === "owner" ? ROLES : ROLES.filter((role) => role !== "owner");
}

export function RoleOptions({ giver, chosen }: { giver: Role; chosen: string }) {
  return (
    <>
      {rolesToGive(giver).map((role) => (
        <option value={role} selected={role === chosen}>
          {ROLE_WORDS[role].label}
        </option>
      ))}
    </>
  );
}
