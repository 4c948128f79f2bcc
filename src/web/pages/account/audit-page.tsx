import { AUDIT_ACTIONS, AUDIT_DAYS } from "../../../domain/audit.ts";
import type { AuditAction } from "../../../domain/audit.ts";
import { Desk } from "../../components/desk.tsx";
import type { OrgOfPage } from "../../components/desk.tsx";
import { BLANK, SelectField } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Moment } from "../../components/moment.tsx";
import { More } from "../../components/more.tsx";
import { orgHref } from "../../components/org-nav.tsx";
import { actionWords, actorWords, factWords } from "./audit-words.ts";

export interface PageAuditLine {
  id: string;
  at: number;
  actor: string;
  action: AuditAction;
  target: string | null;
  facts: Readonly<Record<string, unknown>> | null;
}

export interface AuditChoice {
  action: AuditAction | null;
  actor: string | null;
}

interface Props {
  org: OrgOfPage;
  lines: readonly PageAuditLine[];
  /** Names by the log's word for a person. */
  names: ReadonlyMap<string, string>;
  choice: AuditChoice;
  more: string | null;
}

/** Who did what to an organisation, the newest first, with what may be chosen of it. */
export function AuditPage({ org, lines, names, choice, more }: Props) {
  return (
    <Desk
      title="Audit log"
      lead={`Who did what to this organisation, for ${AUDIT_DAYS} days. No line can be changed.`}
      org={org}
      section="audit"
    >
      <Chooser org={org} names={names} choice={choice} />
      <section class="records-box" aria-labelledby="lines-title">
        <h2 id="lines-title" class="visually-hidden">
          Lines
        </h2>
        {lines.length === 0 ? <NoLines org={org} choice={choice} /> : <Lines lines={lines} names={names} />}
        <More href={more} />
      </section>
    </Desk>
  );
}

export function choiceParams({ action, actor }: AuditChoice): URLSearchParams {
  const params = new URLSearchParams();
  if (action !== null) params.set("action", action);
  if (actor !== null) params.set("actor", actor);
  return params;
}

function exportHref(org: OrgOfPage, choice: AuditChoice): string {
  const query = choiceParams(choice).toString();
  return `/v1/orgs/${encodeURIComponent(org.slug)}/audit.ndjson${query === "" ? "" : `?${query}`}`;
}

function Chooser({ org, names, choice }: Pick<Props, "org" | "names" | "choice">) {
  const people = [...names].map(([value, label]) => ({ value, label }));
  const others = ["operator", "system", ...(choice.actor === null ? [] : [choice.actor])].filter(
    (actor, index, all) => !names.has(actor) && all.indexOf(actor) === index,
  );
  const actors = [...people, ...others.map((value) => ({ value, label: actorWords(value) ?? value }))];
  const actions = AUDIT_ACTIONS.map((value) => ({ value, label: actionWords(value) }));
  return (
    <form class="audit-chooser" method="get" action={orgHref(org.slug, "/audit")}>
      <SelectField name="action" label="What" state={BLANK}>
        <Options first="Everything" options={actions} chosen={choice.action} />
      </SelectField>
      <SelectField name="actor" label="Who" state={BLANK}>
        <Options first="Everybody" options={actors} chosen={choice.actor} />
      </SelectField>
      <button class="button button-primary" type="submit">
        Show
      </button>
      <a class="button" href={exportHref(org, choice)} download={`${org.slug}-audit.ndjson`}>
        Export as NDJSON
      </a>
    </form>
  );
}

interface OptionsProps {
  first: string;
  options: readonly { value: string; label: string }[];
  chosen: string | null;
}

function Options({ first, options, chosen }: OptionsProps) {
  return (
    <>
      <option value="">{first}</option>
      {options.map(({ value, label }) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </>
  );
}

function Lines({ lines, names }: Pick<Props, "lines" | "names">) {
  return (
    <table class="records audit-lines">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">To what</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <td data-label="When">
              <Moment at={line.at} />
            </td>
            <td data-label="Who">
              <Actor actor={line.actor} names={names} />
            </td>
            <td data-label="What">
              <span class="audit-what">
                <span class="record-name">{actionWords(line.action)}</span>
                <span class="muted">{factWords(line.facts)}</span>
              </span>
            </td>
            <td data-label="To what">
              {line.target === null ? null : (
                <span class="code audit-target">{names.get(`user:${line.target}`) ?? line.target}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Actor({ actor, names }: { actor: string; names: Props["names"] }) {
  const name = names.get(actor) ?? actorWords(actor);
  if (name !== null) return <span>{name}</span>;
  const [kind, id] = actor.split(":");
  return (
    <span class="audit-what">
      <span>{kind === "key" ? "An API key" : "Someone who has left"}</span>
      <span class="code audit-target">{id}</span>
    </span>
  );
}

function NoLines({ org, choice }: Pick<Props, "org" | "choice">) {
  const isChosen = choice.action !== null || choice.actor !== null;
  return (
    <div class="desk-empty">
      <Icon name="window" />
      <h2>{isChosen ? "Nothing of this kind" : "Nothing yet"}</h2>
      {isChosen ? (
        <p>
          No line is of what you chose. <a href={orgHref(org.slug, "/audit")}>Show everything</a>
        </p>
      ) : (
        <p>What members and the operator do to this organisation from now on is written down here.</p>
      )}
    </div>
  );
}
