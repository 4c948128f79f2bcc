const MAX_LENGTH = 255;
// Control characters, and those that turn the direction of a text and so hide a name's ending.
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A sender's name for a file as it can be shown: its last part, without what cannot be seen, at most 255 characters. */
export function cleanFileName(name: string | null): string | null {
  const [last = ""] = (name ?? "").toWellFormed().split(/[/\\]/).slice(-1);
  const clean = [...last.replace(HIDDEN, "").trim()].slice(0, MAX_LENGTH).join("");
  return clean === "" ? null : clean;
}
