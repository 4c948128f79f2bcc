import { Hidden } from "../components/confirm.tsx";

export interface ActButtonProps {
  label: string;
  /** Whom the button is about, for those who do not see where it stands. */
  about: string;
  fields: Readonly<Record<string, string>>;
  isPrimary?: boolean;
}

/** A form of one button, sent to the page that it stands on. */
export function ActButton({ label, about, fields, isPrimary = false }: ActButtonProps) {
  return (
    <form method="post">
      <Hidden fields={fields} />
      <button class={`button button-small${isPrimary ? " button-primary" : ""}`} type="submit">
        {label}
        <span class="visually-hidden"> {about}</span>
      </button>
    </form>
  );
}
