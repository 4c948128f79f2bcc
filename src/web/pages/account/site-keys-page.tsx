import { ALLOWED } from "../../../domain/access.ts";
import { Confirm } from "../../components/confirm.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { Desk } from "../../components/desk.tsx";
import type { OrgOfPage } from "../../components/desk.tsx";
import { Field, TextAreaField } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { More } from "../../components/more.tsx";
import { Problem } from "../../components/notice.tsx";

export interface PageSiteKey {
  id: string;
  name: string;
  origins: readonly string[];
  revokedAt: number | null;
}

interface Props {
  org: OrgOfPage;
  keys: readonly PageSiteKey[];
  more: string | null;
  /** Of this deployment: where the script is served. */
  origin: string;
  state: FormState;
  done?: string | undefined;
}

export function SiteKeysPage({ org, keys, more, origin, state, done }: Props) {
  const writes = ALLOWED[org.role].includes("keys:write");
  return (
    <Desk
      title="Site keys"
      lead="Count the page views of your own site. No cookies are set, and nobody is followed from one day to the next."
      org={org}
      section="site-keys"
      failed={Object.keys(state.errors).length > 0}
      done={done}
    >
      <Problem text={state.errors.form} />
      <div class={writes ? "desk-columns" : undefined}>
        <section class="records-box" aria-labelledby="keys-title">
          <h2 id="keys-title" class="visually-hidden">
            Keys
          </h2>
          {keys.length === 0 ? <NoSiteKeys /> : null}
          <ul class="site-keys">
            {keys.map((key, index) => (
              <SiteKey siteKey={key} index={index} origin={origin} writes={writes} />
            ))}
          </ul>
          <More href={more} />
        </section>
        {writes ? <NewSiteKeyForm state={state} /> : null}
      </div>
    </Desk>
  );
}

function NoSiteKeys() {
  return (
    <div class="desk-empty">
      <Icon name="window" />
      <p>No site keys yet. Create one, and paste its line into the pages you want to count.</p>
    </div>
  );
}

function NewSiteKeyForm({ state }: { state: FormState }) {
  return (
    <section class="panel" aria-labelledby="create-title">
      <h2 id="create-title">Create a site key</h2>
      <p>It is public, and may only send events, from pages of the origins you name.</p>
      <form class="form" method="post">
        <input type="hidden" name="do" value="create" />
        <Field
          name="name"
          label="Name"
          state={state}
          attributes={{ required: true, maxlength: 200, autocomplete: "off" }}
        />
        <TextAreaField
          name="origins"
          label="Origins"
          state={state}
          hint="One a line: scheme and host, for example https://shop.example"
          attributes={{ required: true, rows: 3, spellcheck: "false", autocapitalize: "off" }}
        />
        <div class="form-actions">
          <button class="button button-primary" type="submit">
            Create site key
          </button>
        </div>
      </form>
    </section>
  );
}

interface SiteKeyProps {
  siteKey: PageSiteKey;
  index: number;
  origin: string;
  writes: boolean;
}

function SiteKey({ siteKey, index, origin, writes }: SiteKeyProps) {
  const { id, name, origins, revokedAt } = siteKey;
  return (
    <li class="site-key">
      <div class="site-key-head">
        <h3>
          {name}
          {revokedAt === null ? null : <span class="tag tag-off">Revoked</span>}
        </h3>
        {revokedAt !== null || !writes ? null : (
          <Confirm
            id={`revoke-${index}`}
            label="Revoke"
            about={name}
            title={`Revoke “${name}”?`}
            text="Pages that carry this key are no longer counted. What was counted stays."
            action="Revoke"
            fields={{ do: "revoke", key: id }}
          />
        )}
      </div>
      <ul class="tags" aria-label="Origins">
        {origins.map((one) => (
          <li class="tag code">{one}</li>
        ))}
      </ul>
      {revokedAt === null ? (
        <Copyable
          id={`tag-${index}`}
          label={`The line to paste for ${name}`}
          value={`<script async src="${origin}/b.js" data-site="${id}"></script>`}
        />
      ) : null}
    </li>
  );
}
