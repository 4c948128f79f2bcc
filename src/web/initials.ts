/** Up to two capitals that stand for a person: `Ada King Lovelace` → `AL`. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  const letters = [first, last].map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? "").join("");
  return letters === "" ? "•" : letters.toLocaleUpperCase("en");
}
