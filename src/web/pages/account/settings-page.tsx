import { Desk } from "../../components/desk.tsx";
import type { OrgOfPage } from "../../components/desk.tsx";
import { Field, SelectField } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Problem } from "../../components/notice.tsx";
import { ZoneOptions } from "../../components/zone-options.tsx";

interface Props {
  org: OrgOfPage;
  timeZone: string;
  retentionDays: number;
  retentionLimits: { min: number; max: number };
  /** Of the form that was sent; the other one shows what stands. */
  sent: "name" | "analytics" | null;
  state: FormState;
  done?: string | undefined;
}

const BLANK: FormState = { values: {}, errors: {} };

export function SettingsPage(props: Props) {
  const { org, sent, state, done } = props;
  return (
    <Desk
      title="Settings"
      org={org}
      section="settings"
      failed={Object.keys(state.errors).length > 0}
      done={done}
      narrow
    >
      <Problem text={state.errors.form} />
      <section class="panel" aria-labelledby="name-title">
        <h2 id="name-title">Organisation</h2>
        <form class="form" method="post">
          <input type="hidden" name="do" value="name" />
          <Field
            name="name"
            label="Name"
            value={org.name}
            state={sent === "name" ? state : BLANK}
            attributes={{ required: true, maxlength: 200, autocomplete: "organization" }}
          />
          <div class="form-actions">
            <button class="button button-primary" type="submit">
              Save name
            </button>
          </div>
        </form>
      </section>
      <Analytics {...props} state={sent === "analytics" ? state : BLANK} />
    </Desk>
  );
}

function Analytics({ timeZone, retentionDays, retentionLimits, state }: Props) {
  const { min, max } = retentionLimits;
  return (
    <section class="panel" aria-labelledby="analytics-title">
      <h2 id="analytics-title">Dashboard</h2>
      <form class="form" method="post">
        <input type="hidden" name="do" value="analytics" />
        <div class="field">
          <SelectField
            name="time_zone"
            label="Time zone"
            state={state}
            hint="Where a day begins for the dashboard. It counts anew in any zone, so this can be changed at any time."
          >
            <ZoneOptions chosen={state.values.time_zone ?? timeZone} />
          </SelectField>
          <p>
            <button class="link-button small" type="button" data-own-zone="time_zone" hidden />
          </p>
        </div>
        <Field
          name="retention_days"
          label="Days to keep events"
          type="number"
          value={String(retentionDays)}
          state={state}
          hint="Single events are forgotten after that; the numbers they were counted into stay."
          attributes={{ required: true, min, max, step: 1, inputmode: "numeric" }}
        />
        <div class="form-actions">
          <button class="button button-primary" type="submit">
            Save
          </button>
        </div>
      </form>
    </section>
  );
}
