import { Confirm } from "../../components/confirm.tsx";
import { Day } from "../../components/day.tsx";
import { Desk } from "../../components/desk.tsx";
import type { FormState } from "../../components/field.tsx";
import { More } from "../../components/more.tsx";
import { Problem } from "../../components/notice.tsx";
import { deviceOf } from "../../device.ts";

export interface PageSession {
  id: string;
  userAgent: string | null;
  createdAt: number;
  current: boolean;
}

interface Props {
  name: string;
  email: string;
  emailVerified: boolean;
  sessions: readonly PageSession[];
  more: string | null;
  state: FormState;
  done?: string | undefined;
}

export function AccountPage({ name, email, emailVerified, sessions, more, state, done }: Props) {
  return (
    <Desk title="Your account" failed={Object.keys(state.errors).length > 0} done={done} narrow>
      <Problem text={state.errors.form} />
      <section class="panel" aria-labelledby="who-title">
        <h2 id="who-title">About you</h2>
        <dl class="facts">
          <dt>Name</dt>
          <dd>{name}</dd>
          <dt>E-mail</dt>
          <dd>
            {email}
            <span class={emailVerified ? "tag tag-strong" : "tag tag-wait"}>
              {emailVerified ? "Confirmed" : "Not confirmed"}
            </span>
          </dd>
          <dt>Password</dt>
          <dd>
            <a href="/forgot-password">Choose a new one by mail</a>
          </dd>
          <dt>Pictures</dt>
          <dd>
            <a href="/upload">Upload and see your pictures</a>
          </dd>
        </dl>
      </section>
      <section class="panel" aria-labelledby="sessions-title">
        <h2 id="sessions-title">Where you are signed in</h2>
        <Sessions sessions={sessions} />
        <More href={more} />
        <form class="form form-actions" method="post" action="/sign-out">
          <button class="button" type="submit">
            Sign out here
          </button>
        </form>
      </section>
    </Desk>
  );
}

function Sessions({ sessions }: { sessions: readonly PageSession[] }) {
  return (
    <ul class="sessions">
      {sessions.map((session, index) => (
        <li>
          <span class="session-text">
            <span class="record-name">{deviceOf(session.userAgent)}</span>
            <span class="muted small">
              Since <Day at={session.createdAt} />
            </span>
          </span>
          {session.current ? (
            <span class="tag tag-strong">This one</span>
          ) : (
            <Confirm
              id={`end-${index}`}
              label="Sign out there"
              about={`(${deviceOf(session.userAgent)})`}
              title="Sign out there?"
              text={`${deviceOf(session.userAgent)} has to sign in again, within a minute.`}
              action="Sign out"
              fields={{ session: session.id }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
