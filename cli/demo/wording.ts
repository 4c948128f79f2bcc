const SMALL = new Set(["and", "of", "in", "on", "by", "for", "the", "with"]);

/** "sea salt and smoke" as a title has it: "Sea Salt and Smoke". */
export function titleCase(text: string): string {
  return text
    .split(" ")
    .map((word, i) => (i > 0 && SMALL.has(word) ? word : capitalised(word)))
    .join(" ");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * `template` with its `{slots}` filled. A slot whose name begins with a capital is in title case in a title, and begins
 * with a capital in a sentence. Throws where a slot has no value, which is a mistake in the catalogue.
 */
export function fill(
  template: string,
  slots: ReadonlyMap<string, string>,
  style: "title" | "sentence",
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const own = slots.get(name);
    if (own !== undefined) return own;
    const lower = slots.get(name.charAt(0).toLowerCase() + name.slice(1));
    if (lower === undefined) throw new Error(`Cannot fill "${template}": there is no slot "${name}"`);
    return style === "title" ? titleCase(lower) : capitalised(lower);
  });
}
