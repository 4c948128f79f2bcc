import type { Role } from "../../../domain/actor.ts";
import { Desk } from "../../components/desk.tsx";
import { Field } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { More } from "../../components/more.tsx";
import { Problem } from "../../components/notice.tsx";
import { orgHref } from "../../components/org-nav.tsx";
import { ROLE_WORDS } from "../../components/role-options.tsx";
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
      <div class="desk-columns">
        <div>
          {none ? <FirstOrg /> : <OrgCards orgs={orgs} />}
          <More href={more} />
        </div>
        <section class="panel" aria-labelledby="create-title">
          <h2 id="create-title">{none ? "Create your first organisation" : "Create an organisation"}</h2>
          <p>You become its owner, and can invite others.</p>
          <Problem text={state.errors.form} />
          <NewOrgForm state={state} />
        </section>
      </div>
    </Desk>
  );
}

function OrgCards({ orgs }: { orgs: readonly OwnOrg[] }) {
  return (
    <ul class="org-cards">
      {orgs.map((org) => (
        <OrgCard org={org} />
      ))}
    </ul>
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
        <span class="tag">{ROLE_WORDS[org.role].label}</span>
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
        An organisation holds a catalogue, its team and its dashboard. Create one, or ask a colleague to
        invite you.
      </p>
    </div>
  );
}

function NewOrgForm({ state }: { state: FormState }) {
  return (
    <form class="form" method="post" action="/orgs">
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
        hint="Small letters, digits and inner hyphens, as in /orgs/acme. Left empty, it is made of the name."
      />
      <div class="form-actions">
        <button class="button button-primary" type="submit">
          Create organisation
        </button>
      </div>
    </form>
  );
}
