/** Unit words after a number, and the one name each is indexed under: `12 inches`, `12-in` and `12"` are all `12inch`. */
const SPELLINGS: Readonly<Record<string, string>> = {
  inch: "in inch inches",
  ft: "ft foot feet",
  yd: "yd yard yards",
  mm: "mm millimeter millimeters millimetre millimetres",
  cm: "cm centimeter centimeters centimetre centimetres",
  m: "m meter meters metre metres",
  km: "km kilometer kilometers kilometre kilometres",
  mg: "mg milligram milligrams",
  g: "g gram grams gr",
  kg: "kg kgs kilogram kilograms",
  lb: "lb lbs pound pounds",
  oz: "oz ounce ounces",
  ml: "ml milliliter milliliters millilitre millilitres",
  cl: "cl",
  l: "l liter liters litre litres",
  gal: "gal gallon gallons",
  pt: "pt pint pints",
  qt: "qt quart quarts",
  kb: "kb kilobyte kilobytes",
  mb: "mb megabyte megabytes",
  gb: "gb gigabyte gigabytes",
  tb: "tb terabyte terabytes",
  hz: "hz hertz",
  khz: "khz",
  mhz: "mhz megahertz",
  ghz: "ghz gigahertz",
  w: "w watt watts",
  kw: "kw kilowatt kilowatts",
  v: "v volt volts",
  va: "va",
  kva: "kva",
  mah: "mah",
  ah: "ah",
  amp: "amp amps ampere amperes",
  mp: "mp megapixel megapixels",
  px: "px pixel pixels",
  dpi: "dpi",
  rpm: "rpm",
  fps: "fps",
  db: "db decibel decibels",
  pc: "pc pcs piece pieces",
  pack: "pack packs",
  ply: "ply",
};

const UNITS = new Map(
  Object.entries(SPELLINGS).flatMap(([unit, words]) =>
    words.split(" ").map((word): [string, string] => [word, unit]),
  ),
);

/** The canonical name of a unit word, if it is one. */
export function unitOf(word: string): string | undefined {
  return UNITS.get(word);
}
