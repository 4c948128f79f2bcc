import type { Child } from "hono/jsx";
import { Icon } from "./icon.tsx";

/** What was sent and what is wrong with it, by the name of the field; `form` is for the form as a whole. */
export interface FormState {
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

export const BLANK: FormState = { values: {}, errors: {} };

interface FieldProps {
  name: string;
  label: string;
  state: FormState;
  hint?: Child;
  /** Tells forms of one page apart. */
  idPrefix?: string;
}

interface InputProps extends FieldProps {
  type?: "text" | "email" | "password" | "number";
  /** What stands there at first; `state` goes before it. */
  value?: string;
  attributes?: Readonly<Record<string, string | number | boolean>>;
}

function fieldIds({ name, idPrefix = "", state, hint }: FieldProps) {
  const id = `${idPrefix}${name}`;
  const error = state.errors[name];
  const described = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`];
  return { id, error, describedBy: described.filter((one) => one !== "").join(" ") || undefined };
}

// The first wrong field takes the focus, with or without script: its error is its description, so it is read out.
function isFirstWrong({ name, state }: FieldProps): boolean {
  return Object.keys(state.errors).find((field) => field !== "form") === name;
}

/** A line of text; a password has a button to show it, where script runs. What was sent stands there again, but no password. */
export function Field(props: InputProps) {
  const { name, label, state, hint, type = "text", value = "", attributes = {} } = props;
  const { id, error, describedBy } = fieldIds(props);
  const secret = type === "password";
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class="input-row">
        <input
          class="input"
          id={id}
          name={name}
          type={type}
          value={secret ? undefined : (state.values[name] ?? value)}
          aria-describedby={describedBy}
          aria-invalid={error === undefined ? undefined : "true"}
          autofocus={isFirstWrong(props)}
          {...attributes}
        />
        {secret ? <Reveal /> : null}
      </div>
      <FieldError id={id} error={error} />
    </div>
  );
}

function Reveal() {
  return (
    <button
      class="reveal"
      type="button"
      data-reveal=""
      aria-pressed="false"
      aria-label="Show password"
      hidden
    >
      <Icon name="eye" />
    </button>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="warning" />
      <span>
        <span class="visually-hidden">Error: </span>
        {error}
      </span>
    </p>
  );
}

interface SelectProps extends FieldProps {
  value?: string;
  children?: Child;
}

/** The options say themselves which is chosen. */
export function SelectField(props: SelectProps) {
  const { name, label, hint, children } = props;
  const { id, error, describedBy } = fieldIds(props);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        class="input"
        id={id}
        name={name}
        aria-describedby={describedBy}
        aria-invalid={error === undefined ? undefined : "true"}
        autofocus={isFirstWrong(props)}
      >
        {children}
      </select>
      <FieldError id={id} error={error} />
    </div>
  );
}

/** Several lines of text. */
export function TextAreaField(props: FieldProps & { attributes?: InputProps["attributes"] }) {
  const { name, label, hint, state, attributes = {} } = props;
  const { id, error, describedBy } = fieldIds(props);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        class="input input-code"
        id={id}
        name={name}
        aria-describedby={describedBy}
        aria-invalid={error === undefined ? undefined : "true"}
        autofocus={isFirstWrong(props)}
        {...attributes}
      >
        {state.values[name] ?? ""}
      </textarea>
      <FieldError id={id} error={error} />
    </div>
  );
}
