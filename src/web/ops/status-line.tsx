import type { Contact } from "./view.ts";
import { moment, span } from "./words.ts";

const WORDS = {
  live: "Live",
  late: "The last answer is late",
  lost: "No contact: trying again",
  paused: "Paused while the page is hidden",
} as const satisfies Record<Contact["state"], string>;

/** How old what is shown is, and whether newer is on its way; without script, when it was read. */
export function StatusLine({ now, contact }: { now: number; contact: Contact | null }) {
  const read = <time datetime={new Date(now).toISOString()}>{moment(now)}</time>;
  if (contact === null)
    return <p class="status-line">As of {read}. Load the page again for newer numbers.</p>;
  return (
    <p class={`status-line ops-contact ops-contact-${contact.state}`}>
      <span class="ops-dot" aria-hidden="true" />
      {WORDS[contact.state]}
      {contact.state === "live" ? null : `, shown as of ${span(contact.ageMs)} ago`}
      <span class="muted"> · {read}</span>
    </p>
  );
}
