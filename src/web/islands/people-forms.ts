import { announce } from "./announce.ts";
import { tidyAddress } from "./tidy-address.ts";

const BROKEN = "That did not work. Nothing is lost: try again in a moment.";
const BUSY = "That was a lot in a short time. Wait a minute, then try again.";
const SIGNED_OUT = "You are signed out. Sign in again in another tab, then send it once more.";

/**
 * Sends the forms of the page's content without leaving it, so that one's place in a long list stays. `look` is given what
 * is shown anew.
 */
export function sendInPlace(main: HTMLElement, look: (content: HTMLElement) => void): void {
  let isSending = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || !main.contains(form)) return;
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    void send(main, form, event.submitter).finally(() => {
      look(main);
      isSending = false;
    });
  });
}

async function send(main: HTMLElement, form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const place = placeOf(main, form);
  const fields = [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)]);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) }).catch(
    () => null,
  );
  const isOwn = new URL(form.action).pathname === location.pathname;
  if (answer === null || answer.status >= 500) return tell(form, BROKEN);
  if (answer.status === 429 && !isOwn) return tell(form, BUSY);
  const { pathname } = new URL(answer.url);
  if (pathname === "/sign-in") return tell(form, SIGNED_OUT);
  if (answer.redirected && pathname !== location.pathname) return location.assign(answer.url);
  const isShown = show(main, await answer.text());
  if (!isShown) return location.assign(answer.redirected ? answer.url : location.href);
  if (answer.redirected) history.replaceState(null, "", answer.url);
  tidyAddress();
  goOn(main, place);
}

/** Which of the page's buttons the form was sent by, or the one that opened its question. */
function placeOf(main: HTMLElement, form: HTMLFormElement): number {
  const question = form.closest("[popover]");
  const button =
    question === null
      ? form.querySelector("button")
      : main.querySelector(`[popovertarget="${CSS.escape(question.id)}"]`);
  return buttonsOf(main).findIndex((one) => one === button);
}

function buttonsOf(main: HTMLElement): HTMLElement[] {
  return [...main.querySelectorAll<HTMLElement>("button")].filter((one) => one.closest("[popover]") === null);
}

function show(main: HTMLElement, html: string): boolean {
  const page = new DOMParser().parseFromString(html, "text/html");
  const content = page.getElementById("main");
  if (content === null) return false;
  main.replaceChildren(...content.childNodes);
  document.title = page.title;
  return true;
}

/** Says what came of it, and goes to what is wrong, else to where one was: in a list, the next of its rows. */
function goOn(main: HTMLElement, place: number): void {
  const said = main.querySelector(".notice p")?.textContent ?? "";
  const wrong = main.querySelector<HTMLElement>("[autofocus]:not([popover] *)");
  if (wrong !== null) return wrong.focus();
  if (said !== "") announce(said);
  const buttons = buttonsOf(main);
  const next = buttons[Math.min(place, buttons.length - 1)];
  (next ?? main).focus({ preventScroll: true });
}

/** Beside the form, which keeps what was typed. */
function tell(form: HTMLFormElement, text: string): void {
  form.parentElement?.querySelector(":scope > [data-told]")?.remove();
  const told = document.createElement("p");
  told.className = "people-told";
  told.dataset.told = "";
  told.setAttribute("role", "alert");
  told.textContent = text;
  form.after(told);
}
