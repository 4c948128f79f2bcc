import { ALLOWED } from "../../../domain/access.ts";
import { SCOPES } from "../../../domain/actor.ts";
import type { Scope } from "../../../domain/actor.ts";
import { Confirm } from "../../components/confirm.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { Day } from "../../components/day.tsx";
import { Desk } from "../../components/desk.tsx";
import type { OrgOfPage } from "../../components/desk.tsx";
import { Field, FieldError } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { More } from "../../components/more.tsx";
import { Problem } from "../../components/notice.tsx";

export interface PageKey {
  id: string;
  name: string;
  prefix: string;
  scopes: readonly Scope[];
  createdAt: number;
  revokedAt: number | null;
  lastUsedAt: number | null;
}

interface Props {
  org: OrgOfPage;
  keys: readonly PageKey[];
  more: string | null;
  state: FormState;
  /** Ticked in the form: those that were sent, or none. */
  ticked: readonly string[];
  /** The key that was just created: shown now and never again. */
  created?: { name: string; secret: string } | undefined;
  done?: string | undefined;
}

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  "catalogue:write": "Add, change and delete products",
  "events:write": "Send logins, page views and activities",
  "stats:read": "Read the dashboard's numbers and people",
  "images:write": "Upload images",
};

export function KeysPage({ org, keys, more, state, ticked, created, done }: Props) {
  const writes = ALLOWED[org.role].includes("keys:write");
  return (
    <Desk
      title="API keys"
      lead="For servers that talk to the API in the organisation's name."
      org={org}
      section="keys"
      failed={Object.keys(state.errors).length > 0}
      done={done}
    >
      {created === undefined ? null : <NewSecret created={created} />}
      <Problem text={state.errors.form} />
      <div class={writes ? "desk-columns" : undefined}>
        <section class="records-box" aria-labelledby="keys-title">
          <h2 id="keys-title" class="visually-hidden">
            Keys
          </h2>
          {keys.length === 0 ? <NoKeys /> : <KeyTable keys={keys} writes={writes} />}
          <More href={more} />
        </section>
        {writes ? <NewKeyForm org={org} state={state} ticked={ticked} /> : null}
      </div>
    </Desk>
  );
}

function NewSecret({ created }: { created: { name: string; secret: string } }) {
  return (
    <section class="secret" aria-labelledby="secret-title" tabindex={-1} autofocus>
      <h2 id="secret-title">Copy “{created.name}” now</h2>
      <p>This is the only time the key is shown: we keep but a hash of it.</p>
      <Copyable id="secret" label="API key" value={created.secret} />
    </section>
  );
}

function NewKeyForm({ org, state, ticked }: Pick<Props, "org" | "state" | "ticked">) {
  const error = state.errors.scopes;
  return (
    <section class="panel" aria-labelledby="create-title">
      <h2 id="create-title">Create a key</h2>
      <form class="form" method="post">
        <input type="hidden" name="do" value="create" />
        <Field
          name="name"
          label="Name"
          state={state}
          hint="Where the key is used, for example “Nightly import”."
          attributes={{ required: true, maxlength: 200, autocomplete: "off" }}
        />
        <fieldset class="field" aria-describedby={error === undefined ? undefined : "scopes-error"}>
          <legend>It may</legend>
          <div class="checks">
            {SCOPES.filter((scope) => ALLOWED[org.role].includes(scope)).map((scope, index) => (
              <label class="checkbox">
                <input
                  type="checkbox"
                  name="scopes"
                  value={scope}
                  checked={ticked.includes(scope)}
                  autofocus={error !== undefined && index === 0 && Object.keys(state.errors)[0] === "scopes"}
                />
                <span>
                  {SCOPE_WORDS[scope]} <small class="code">{scope}</small>
                </span>
              </label>
            ))}
          </div>
          <FieldError id="scopes" error={error} />
        </fieldset>
        <div class="form-actions">
          <button class="button button-primary" type="submit">
            Create key
          </button>
        </div>
      </form>
    </section>
  );
}

function NoKeys() {
  return (
    <div class="desk-empty">
      <Icon name="key" />
      <p>No keys yet. A key lets a server import products or send events without a person signed in.</p>
    </div>
  );
}

function KeyTable({ keys, writes }: { keys: readonly PageKey[]; writes: boolean }) {
  return (
    <table class="records">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Scopes</th>
          <th scope="col">Created</th>
          <th scope="col">Last used</th>
          <th scope="col">
            <span class="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key, index) => (
          <KeyRow apiKey={key} index={index} writes={writes} />
        ))}
      </tbody>
    </table>
  );
}

function KeyRow({ apiKey, index, writes }: { apiKey: PageKey; index: number; writes: boolean }) {
  const { id, name, prefix, scopes, createdAt, revokedAt, lastUsedAt } = apiKey;
  return (
    <tr class={revokedAt === null ? undefined : "record-off"}>
      <td>
        <div class="person">
          <span>
            <span class="record-name">{name}</span>
            <span class="code muted">{prefix}…</span>
          </span>
        </div>
      </td>
      <td data-label="Scopes">
        <span class="tags">
          {scopes.map((scope) => (
            <span class="tag code">{scope}</span>
          ))}
        </span>
      </td>
      <td data-label="Created">
        <Day at={createdAt} />
      </td>
      <td data-label="Last used">
        {lastUsedAt === null ? <span class="muted">Never</span> : <Day at={lastUsedAt} />}
      </td>
      <td>
        <div class="record-actions">
          {revokedAt !== null ? <span class="tag tag-off">Revoked</span> : null}
          {revokedAt !== null || !writes ? null : (
            <Confirm
              id={`revoke-${index}`}
              label="Revoke"
              about={name}
              title={`Revoke “${name}”?`}
              text="Whatever uses this key is refused everywhere within 30 seconds. This cannot be undone."
              action="Revoke"
              fields={{ do: "revoke", key: id }}
            />
          )}
        </div>
      </td>
    </tr>
  );
}
