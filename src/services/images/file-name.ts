const MAX_LENGTH = 255;
// Control characters, line ends, what takes no room, and what turns the direction of a text and so hides a name's ending;
// but not the joiners (U+200C, U+200D), by which some scripts are written.
const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A sender's name for a file as it can be shown: its last part, without what cannot be seen, at most 255 characters. */
export function cleanFileName(name: string | null): string | null {
  const [last = ""] = (name ?? "").toWellFormed().split(/[/\\]/).slice(-1);
  const clean = [...last.replace(HIDDEN, "").trim()].slice(0, MAX_LENGTH).join("");
  return clean === "" ? null : clean;
}
