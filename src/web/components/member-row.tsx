import { ALLOWED } from "../../domain/access.ts";
import type { Role } from "../../domain/actor.ts";
import { initialsOf } from "../viewer.ts";
import { Confirm } from "./confirm.tsx";
import { Day } from "./day.tsx";
import type { OrgOfPage } from "./desk.tsx";
import { ROLE_WORDS, RoleOptions } from "./role-options.tsx";

export interface PageMember {
  /** `null` for who is invited and has not come yet. */
  userId: string | null;
  name: string | null;
  email: string;
  role: Role;
  createdAt: number;
  status: "member" | "invited";
}

interface Props {
  member: PageMember;
  index: number;
  org: OrgOfPage;
  isSelf: boolean;
  isLastOwner: boolean;
}

export function MemberRow(props: Props) {
  const { member, isSelf } = props;
  const { name, email, status } = member;
  return (
    <tr>
      <td>
        <div class="person">
          <span class="avatar" aria-hidden="true">
            {initialsOf(name ?? email)}
          </span>
          <span>
            <span class="record-name">
              {name ?? email}
              {isSelf ? <span class="muted"> (you)</span> : null}
            </span>
            {name === null ? null : <span class="muted">{email}</span>}
          </span>
        </div>
      </td>
      <td data-label="Role">
        <RoleCell {...props} />
      </td>
      <td data-label={status === "invited" ? "Invited" : "Since"}>
        <Day at={member.createdAt} />
      </td>
      <td>
        <div class="record-actions">
          <Leaving {...props} />
        </div>
      </td>
    </tr>
  );
}

// Only an owner makes or unmakes owners, so to an admin an owner's row is fixed.
function mayChange({ org, member }: Props): boolean {
  return ALLOWED[org.role].includes("members:write") && (member.role !== "owner" || org.role === "owner");
}

function RoleCell(props: Props) {
  const { member, index, org, isLastOwner } = props;
  const { label } = ROLE_WORDS[member.role];
  if (member.status === "invited") {
    return (
      <span class="tags">
        <span class="tag">{label}</span>
        <span class="tag tag-wait">Invited</span>
      </span>
    );
  }
  if (isLastOwner) {
    return (
      <span class="role-fixed">
        <span class="tag tag-strong">{label}</span>
        <span class="muted small">The last owner stays: make another member an owner first.</span>
      </span>
    );
  }
  if (!mayChange(props) || member.userId === null) {
    return <span class={member.role === "owner" ? "tag tag-strong" : "tag"}>{label}</span>;
  }
  return (
    <form class="inline-form" method="post" data-dirty="">
      <input type="hidden" name="do" value="role" />
      <input type="hidden" name="user" value={member.userId} />
      <label class="visually-hidden" for={`role-${index}`}>
        Role of {member.name ?? member.email}
      </label>
      <select class="input" id={`role-${index}`} name="role">
        <RoleOptions giver={org.role} chosen={member.role} />
      </select>
      <button class="button button-small" type="submit">
        Save<span class="visually-hidden"> the role of {member.name ?? member.email}</span>
      </button>
    </form>
  );
}

function Leaving(props: Props) {
  const { member, index, org, isSelf, isLastOwner } = props;
  const who = member.name ?? member.email;
  if (isLastOwner) return null;
  if (isSelf) {
    return (
      <Confirm
        id={`leave-${index}`}
        label="Leave"
        about={org.name}
        title={`Leave ${org.name}?`}
        text="You lose access at once. Someone there has to invite you to come back."
        action="Leave"
        fields={{ do: "leave" }}
      />
    );
  }
  if (!mayChange(props)) return null;
  if (member.userId === null) {
    return (
      <Confirm
        id={`withdraw-${index}`}
        label="Withdraw"
        about={`the invitation of ${member.email}`}
        title="Withdraw the invitation?"
        text={`${member.email} can then no longer join ${org.name} with it.`}
        action="Withdraw"
        fields={{ do: "remove", user: member.email }}
      />
    );
  }
  return (
    <Confirm
      id={`remove-${index}`}
      label="Remove"
      about={who}
      title={`Remove ${who}?`}
      text={`${member.email} loses access to ${org.name} within a minute. What they made stays.`}
      action="Remove"
      fields={{ do: "remove", user: member.userId }}
    />
  );
}
