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

/** What stands around a control: label, hint, and what is wrong. */
function Framed({ field, children }: { field: FieldProps; children?: Child }) {
  const { label, hint } = field;
  const { id, error } = fieldIds(field);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}

/** What ties a control to its label, hint and error. */
function controlAttributes(field: FieldProps) {
  const { id, error, describedBy } = fieldIds(field);
  return {
    id,
    name: field.name,
    "aria-describedby": describedBy,
    "aria-invalid": error === undefined ? undefined : ("true" as const),
    autofocus: isFirstWrong(field),
  };
}

/** A line of text; a password has a button to show it, where script runs. What was sent stands there again, but no password. */
export function Field(props: InputProps) {
  const { name, state, type = "text", value = "", attributes = {} } = props;
  const secret = type === "password";
  return (
    <Framed field={props}>
      <div class="input-row">
        <input
          class="input"
          {...controlAttributes(props)}
          type={type}
          value={secret ? undefined : (state.values[name] ?? value)}
          {...attributes}
        />
        {secret ? <Reveal /> : null}
      </div>
    </Framed>
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
  return (
    <Framed field={props}>
      <select class="input" {...controlAttributes(props)}>
        {props.children}
      </select>
    </Framed>
  );
}

/** Several lines of text. */
export function TextAreaField(props: FieldProps & { attributes?: InputProps["attributes"] }) {
  const { name, state, attributes = {} } = props;
  return (
    <Framed field={props}>
      <textarea class="input input-code" {...controlAttributes(props)} {...attributes}>
        {state.values[name] ?? ""}
      </textarea>
    </Framed>
  );
}
