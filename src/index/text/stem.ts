/** Plurals the rules below would get wrong, and words that only look like plurals. */
const IRREGULAR = new Map(
  Object.entries({
    lens: "lens",
    lenses: "lens",
    gas: "gas",
    gases: "gas",
    canvas: "canvas",
    canvases: "canvas",
    atlas: "atlas",
    christmas: "christmas",
    series: "series",
    species: "species",
    news: "news",
    buses: "bus",
    knives: "knife",
    shelves: "shelf",
    wolves: "wolf",
    scarves: "scarf",
    halves: "half",
    loaves: "loaf",
    caches: "cache",
    headaches: "headache",
    axes: "axe",
    shoes: "shoe",
    toes: "toe",
    canoes: "canoe",
    horseshoes: "horseshoe",
    snowshoes: "snowshoe",
    always: "always",
    plus: "plus",
    children: "child",
    childrens: "child",
    mice: "mouse",
    feet: "foot",
    teeth: "tooth",
  }),
);

const DROPS_ES = ["sses", "shes", "ches", "xes", "zzes", "oes"];
const KEEPS_S = ["ss", "us", "is"];
const ASCII_WORD = /^[a-z]+$/;

/**
 * The singular of a folded English word, after the S-stemmer (Harman, "How effective is suffixing?", JASIS 1991) with
 * more rules; `-ie` and `-y` become one, so that `cookie`, `cookies` and `hoody`, `hoodies` meet. Other words stay.
 */
export function stem(word: string): string {
  const length = word.length;
  if (length < 4 || !ASCII_WORD.test(word)) return word;
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.endsWith("ie")) return `${word.slice(0, -2)}y`;
  if (!word.endsWith("s")) return word;
  if (word.endsWith("ies")) return length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (DROPS_ES.some((end) => word.endsWith(end))) return word.slice(0, -2);
  return KEEPS_S.some((end) => word.endsWith(end)) ? word : word.slice(0, -1);
}
