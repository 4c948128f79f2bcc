import { Hidden } from "../components/confirm.tsx";

interface Props {
  /** Unique on the page. */
  id: string;
  label: string;
  /** What the button is about, for those who do not see where it stands. */
  about: string;
  title: string;
  text: string;
  action: string;
  /** Where the form goes. */
  to: string;
  fields: Readonly<Record<string, string>>;
}

/** A quiet button that asks in a popover before it does: opens and closes without script. */
export function Ask({ id, label, about, title, text, action, to, fields }: Props) {
  return (
    <>
      <button class="quiet-button" type="button" popovertarget={id}>
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
        <form class="form-actions" method="post" action={to}>
          <Hidden fields={fields} />
          <button class="button" type="button" popovertarget={id} popovertargetaction="hide" autofocus>
            Keep it
          </button>
          <button class="button button-danger" type="submit">
            {action}
          </button>
        </form>
      </div>
    </>
  );
}
