import { Icon } from "./icon.tsx";

interface Props {
  id: string;
  label: string;
  value: string;
}

/** A line to copy: by a button where script runs, else it is selected by hand. */
export function Copyable({ id, label, value }: Props) {
  return (
    <div class="copyable">
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <input class="input input-code" id={id} value={value} readonly spellcheck={false} autocomplete="off" />
      <button class="button" type="button" data-copy={id} hidden>
        <Icon name="copy" />
        <span data-word="">Copy</span>
        <span class="visually-hidden"> {label}</span>
      </button>
    </div>
  );
}
