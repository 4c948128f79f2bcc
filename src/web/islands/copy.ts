import { announce } from "./announce.ts";

const SHOWN_MS = 2_000;

/** Buttons that copy the text of the field they name; without script the field is selected by hand. */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy ?? "");
    if (!(field instanceof HTMLInputElement)) continue;
    const word = button.querySelector("[data-word]");
    const first = word?.textContent ?? "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (text: string): void => {
      if (word !== null) word.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(() => word !== null && (word.textContent = first), SHOWN_MS);
      announce(text);
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      void copy(field).then(say);
    });
    field.addEventListener("focus", () => field.select());
  }
}

async function copy(field: HTMLInputElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(field.value);
    return "Copied";
  } catch {
    field.focus();
    field.select();
    return "Press Ctrl+C";
  }
}
