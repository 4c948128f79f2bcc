import { announce } from "./announce.ts";

interface Told {
  redriven: number;
  has_more: boolean;
}

/** Sends the forms of dead letters in place, those of many step by step, and says how far it is. */
export function listenToRedrives(refresh: () => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/ops/dead-letters")) return;
    event.preventDefault();
    form.closest<HTMLElement>("[popover]")?.hidePopover();
    void redrive(form).finally(refresh);
  });
}

async function redrive(form: HTMLFormElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.set(name, String(value));
  const buttons = [...document.querySelectorAll<HTMLButtonElement>("#ops-letters button")];
  for (const button of buttons) button.disabled = true;
  let done = 0;
  try {
    for (let hasMore = true; hasMore;) {
      const told = await send(form.action, fields);
      done += told.redriven;
      // Nothing moved: somebody else was quicker, or the rest is kept back.
      hasMore = told.has_more && told.redriven > 0;
      progress(hasMore ? `Redriven ${done} so far …` : wordsOf(done));
    }
    announce(wordsOf(done));
  } catch {
    progress(`${wordsOf(done)} Then there was no answer: the others wait still.`);
  } finally {
    for (const button of buttons) button.disabled = false;
    // What was pressed goes away with its letter.
    document.getElementById("ops-progress")?.focus({ preventScroll: true });
  }
}

async function send(action: string, fields: URLSearchParams): Promise<Told> {
  const response = await fetch(action, {
    method: "POST",
    body: fields,
    headers: { Accept: "application/json" },
  });
  if (!response.ok) throw new Error(`The answer is ${response.status}`);
  return (await response.json()) as Told; // Our own deployment's.
}

function wordsOf(count: number): string {
  if (count === 0) return "None of them waits any more.";
  return count === 1 ? "1 dead letter is on its way again." : `${count} dead letters are on their way again.`;
}

function progress(text: string): void {
  const place = document.getElementById("ops-progress");
  if (place === null) return;
  place.textContent = text;
  place.className = "notice";
}
