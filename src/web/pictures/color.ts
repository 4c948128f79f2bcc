const INK = "#1b1728";

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** The colour `share` of the way from `from` to `to`; both and the result are `#rrggbb`. */
export function mix(from: string, to: string, share: number): string {
  const target = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + ((target[i] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

export function light(color: string, share: number): string {
  return mix(color, "#ffffff", share);
}

/** Towards a warm ink instead of black, which would look dirty on pale colours. */
export function dark(color: string, share: number): string {
  return mix(color, INK, share);
}

/** Perceived lightness from 0 (black) to 1 (white), by the luma weights of Rec. 601. */
export function lightness(color: string): number {
  const [red, green, blue] = channels(color);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
