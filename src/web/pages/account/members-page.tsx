import { ALLOWED } from "../../../domain/access.ts";
import type { Role } from "../../../domain/actor.ts";
import { Desk } from "../../components/desk.tsx";
import type { OrgOfPage } from "../../components/desk.tsx";
import { Field, SelectField } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { MemberRow } from "../../components/member-row.tsx";
import type { PageMember } from "../../components/member-row.tsx";
import { More } from "../../components/more.tsx";
import { Problem } from "../../components/notice.tsx";
import { RoleOptions, ROLE_WORDS, rolesToGive } from "../../components/role-options.tsx";

interface Props {
  org: OrgOfPage;
  userId: string;
  members: readonly PageMember[];
  /** Whether there are members that this page does not show. */
  partial: boolean;
  more: string | null;
  state: FormState;
  done?: string | undefined;
}

/** Who belongs to an organisation; for owners and admins with what they may change. */
export function MembersPage({ org, userId, members, partial, more, state, done }: Props) {
  const manages = ALLOWED[org.role].includes("members:write");
  const owners = members.filter(({ role, status }) => role === "owner" && status === "member");
  const lastOwner = partial || owners.length !== 1 ? null : (owners[0]?.userId ?? null);
  return (
    <Desk
      title="Members"
      org={org}
      section="members"
      failed={Object.keys(state.errors).length > 0}
      done={done}
    >
      <Problem text={state.errors.form} />
      <div class={manages ? "desk-columns" : undefined}>
        <Team org={org} userId={userId} members={members} lastOwner={lastOwner} more={more} />
        {manages ? <Invite org={org} state={state} /> : null}
      </div>
    </Desk>
  );
}

interface TeamProps extends Pick<Props, "org" | "userId" | "members" | "more"> {
  lastOwner: string | null;
}

function Team({ org, userId, members, lastOwner, more }: TeamProps) {
  return (
    <section class="records-box" aria-labelledby="team-title">
      <h2 id="team-title" class="visually-hidden">
        Team
      </h2>
      <table class="records">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Since</th>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member, index) => (
            <MemberRow
              member={member}
              index={index}
              org={org}
              isSelf={member.userId === userId}
              isLastOwner={member.userId !== null && member.userId === lastOwner}
            />
          ))}
        </tbody>
      </table>
      <More href={more} />
    </section>
  );
}

function Invite({ org, state }: { org: OrgOfPage; state: FormState }) {
  return (
    <section class="panel" aria-labelledby="invite-title">
      <h2 id="invite-title">Invite someone</h2>
      <p>They get a mail, and belong to {org.name} once they have signed in with that address.</p>
      <form class="form" method="post">
        <input type="hidden" name="do" value="invite" />
        <Field
          name="email"
          label="E-mail"
          type="email"
          state={state}
          attributes={{ required: true, maxlength: 254, autocomplete: "off", spellcheck: "false" }}
        />
        <SelectField name="role" label="Role" state={state}>
          <RoleOptions giver={org.role} chosen={state.values.role ?? "member"} />
        </SelectField>
        <RoleLegend giver={org.role} />
        <div class="form-actions">
          <button class="button button-primary" type="submit">
            Invite
          </button>
        </div>
      </form>
    </section>
  );
}

function RoleLegend({ giver }: { giver: Role }) {
  return (
    <details class="legend">
      <summary>What the roles may do</summary>
      <dl class="facts">
        {rolesToGive(giver).map((role) => (
          <>
            <dt>{ROLE_WORDS[role].label}</dt>
            <dd>{ROLE_WORDS[role].may}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}
