import type { Role } from "../../../domain/actor.ts";
import { Desk } from "../../components/desk.tsx";
import { Field } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Problem } from "../../components/notice.tsx";
import { orgHref } from "../../components/org-nav.tsx";
import { initialsOf } from "../../viewer.ts";

export interface OwnOrg {
  slug: string;
  name: string;
  role: Role;
}

interface Props {
  orgs: readonly OwnOrg[];
  state: FormState;
  more: string | null;
}

/** The organisations of the person who asks, and a form that creates one. */
export function OrgsPage({ orgs, state, more }: Props) {
  const none = orgs.length === 0;
  return (
    <Desk title="Organisations" failed={Object.keys(state.errors).length > 0}>
      {none ? null : (
        <ul class="org-cards">
          {orgs.map((org) => (
            <OrgCard org={org} />
          ))}
        </ul>
      )}
      {more === null ? null : (
        <p class="more">
          <a class="button" rel="next" href={more}>
            Show more
          </a>
        </p>
      )}
      {none ? <FirstOrg /> : null}
      <section class="panel" aria-labelledby="create-title">
        <h2 id="create-title">{none ? "Create your first organisation" : "Create an organisation"}</h2>
        <p>You become its owner, and can invite others.</p>
        <Problem text={state.errors.form} />
        <NewOrgForm state={state} />
      </section>
    </Desk>
  );
}

function OrgCard({ org }: { org: OwnOrg }) {
  // Not every role may see the dashboard.
  const path = org.role === "member" ? "/members" : "";
  return (
    <li>
      <a class="org-card" href={orgHref(org.slug, path)}>
        <span class="avatar" aria-hidden="true">
          {initialsOf(org.name)}
        </span>
        <span class="org-card-text">
          <strong>{org.name}</strong>
          <span class="muted">{org.slug}</span>
        </span>
        <span class="tag">{org.role}</span>
      </a>
    </li>
  );
}

function FirstOrg() {
  return (
    <div class="desk-empty">
      <Icon name="window" />
      <h2>No organisation yet</h2>
      <p>
        An organisation holds a catalogue, its team and its dashboard. Create one below, or ask a colleague to
        invite you.
      </p>
    </div>
  );
}

function NewOrgForm({ state }: { state: FormState }) {
  return (
    <form class="form" method="post" action="/orgs">
      <div class="columns">
        <Field
          name="name"
          label="Name"
          state={state}
          attributes={{ required: true, maxlength: 200, autocomplete: "organization" }}
        />
        <Field
          name="slug"
          label="Short name in addresses"
          state={state}
          attributes={{
            maxlength: 63,
            pattern: "[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?",
            title: "Small letters, digits and inner hyphens",
            autocomplete: "off",
            autocapitalize: "off",
            spellcheck: "false",
            placeholder: "acme",
          }}
          hint={undefined}
        />
      </div>
      <p class="field-hint">
        The short name stands in addresses such as /orgs/acme: small letters, digits and inner hyphens. Left
        empty, it is made of the name.
      </p>
      <div class="form-actions">
        <button class="button button-primary" type="submit">
          Create organisation
        </button>
      </div>
    </form>
  );
}
