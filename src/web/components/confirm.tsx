import type { Child } from "hono/jsx";

export interface ConfirmProps {
  /** Unique on the page. */
  id: string;
  /** On the button that asks, for example `Remove`. */
  label: string;
  /** What the button is about, for those who do not see where it stands. */
  about: string;
  title: string;
  text: string;
  /** On the button that does it. */
  action: string;
  /** Hidden fields of the form that does it. */
  fields: Readonly<Record<string, string>>;
  /** Where that form goes; to the page's own address by default. */
  to?: string;
  /** On the button that leaves all as it is. */
  keep?: string;
  /** Of the button that asks. */
  look?: string;
}

/** A button that asks before it does: the question is a popover, so it opens, traps nothing and closes without script. */
export function Confirm(props: ConfirmProps) {
  const { id, label, about, title, text, action, fields, to, keep = "Cancel" } = props;
  return (
    <>
      <button class={props.look ?? "button button-small"} type="button" popovertarget={id}>
        {label}
        <span class="visually-hidden"> {about}</span>
      </button>
      <div
        id={id}
        class="confirm"
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
      >
        <h2 id={`${id}-title`}>{title}</h2>
        <p id={`${id}-text`}>{text}</p>
        <form class="form-actions" method="post" {...(to === undefined ? {} : { action: to })}>
          <Hidden fields={fields} />
          <button class="button" type="button" popovertarget={id} popovertargetaction="hide" autofocus>
            {keep}
          </button>
          <button class="button button-danger" type="submit">
            {action}
          </button>
        </form>
      </div>
    </>
  );
}

export function Hidden({ fields }: { fields: Readonly<Record<string, string>> }): Child {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
