import { crc32, deflateSync } from "node:zlib";
import { createRandom, type Random } from "../random.ts";

const WIDTH = 600;
const HEIGHT = 400;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

type Color = readonly [red: number, green: number, blue: number];

/** A time of day: the sky from above to the horizon, the sun's light, the hills from far to near. */
interface Light {
  sky: readonly [Color, Color];
  sun: Color;
  hills: readonly [Color, Color];
}

const LIGHTS: readonly Light[] = [
  {
    sky: [
      [38, 52, 104],
      [250, 166, 112],
    ],
    sun: [255, 226, 168],
    hills: [
      [148, 96, 112],
      [34, 28, 52],
    ],
  },
  {
    sky: [
      [92, 158, 214],
      [222, 238, 246],
    ],
    sun: [255, 252, 232],
    hills: [
      [136, 172, 178],
      [36, 84, 62],
    ],
  },
  {
    sky: [
      [20, 24, 58],
      [116, 92, 152],
    ],
    sun: [244, 240, 255],
    hills: [
      [74, 66, 118],
      [14, 14, 34],
    ],
  },
  {
    sky: [
      [236, 150, 138],
      [255, 224, 178],
    ],
    sun: [255, 244, 214],
    hills: [
      [206, 140, 126],
      [78, 48, 66],
    ],
  },
  {
    sky: [
      [150, 176, 190],
      [232, 234, 228],
    ],
    sun: [250, 246, 236],
    hills: [
      [172, 186, 188],
      [70, 92, 96],
    ],
  },
  {
    sky: [
      [60, 120, 150],
      [246, 214, 150],
    ],
    sun: [255, 236, 180],
    hills: [
      [128, 150, 120],
      [40, 62, 44],
    ],
  },
];

/** A landscape as PNG, drawn by a seed: hills under a sky, now and then with water. Same seed, same bytes. */
export function drawLandscape(seed: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed);
  const light = random.pick(LIGHTS);
  const horizon = HEIGHT * (0.42 + random.next() * 0.2);
  const sun = { x: WIDTH * (0.15 + random.next() * 0.7), y: horizon * (0.35 + random.next() * 0.6) };
  const ridges = ridgesOf(random, horizon);
  const water = random.chance(0.4) ? Math.floor(horizon + (HEIGHT - horizon) * 0.45) : HEIGHT;
  const rows = new Uint8Array(HEIGHT * (WIDTH * 3 + 1));
  for (let y = 0; y < HEIGHT; y++) {
    // Water shows what is above it, from further up the further down, a little darker.
    const shown = y < water ? y : Math.max(0, Math.floor(water - (y - water) * 1.6));
    const dim = y < water ? 1 : 0.82 - 0.04 * (y % 3);
    for (let x = 0; x < WIDTH; x++) {
      const color = colorAt(x, shown, { light, horizon, sun, ridges });
      const at = y * (WIDTH * 3 + 1) + 1 + x * 3;
      for (let i = 0; i < 3; i++) rows[at + i] = color[i] * dim;
    }
  }
  return png(rows);
}

interface Scene {
  light: Light;
  horizon: number;
  sun: { x: number; y: number };
  /** The height of each ridge at each `x`, from far to near. */
  ridges: readonly Float64Array[];
}

function ridgesOf(random: Random, horizon: number): Float64Array[] {
  return Array.from({ length: 4 }, (_, i) => {
    const base = horizon + ((HEIGHT - horizon) * i) / 4;
    const waves = Array.from({ length: 4 }, (_unused, wave) => ({
      height: (26 / (wave + 1)) * (0.5 + random.next()),
      length: WIDTH / ((wave + 1) * (1.2 + random.next() * 2.4)),
      from: random.next() * 1_000,
    }));
    return Float64Array.from({ length: WIDTH }, (_unused, x) =>
      waves.reduce((y, { height, length, from }) => y + height * triangle((x + from) / length), base),
    );
  });
}

/** A wave between -1 and 1 in exact arithmetic, rounded: sines differ between machines. */
function triangle(at: number): number {
  const part = Math.abs((at % 1) * 2 - 1) * 2 - 1;
  return part * (1.5 - 0.5 * part * part);
}

function colorAt(x: number, y: number, { light, horizon, sun, ridges }: Scene): Color {
  for (let i = ridges.length - 1; i >= 0; i--) {
    if (y > ridges[i][x]) return mixed(light.hills[0], light.hills[1], i / (ridges.length - 1));
  }
  const sky = mixed(light.sky[0], light.sky[1], Math.min(1, y / horizon));
  const distance = Math.sqrt((x - sun.x) ** 2 + (y - sun.y) ** 2);
  return mixed(sky, light.sun, distance < 26 ? 1 : 0.6 * Math.max(0, 1 - distance / 300) ** 2);
}

function mixed(one: Color, other: Color, share: number): Color {
  return [
    one[0] + (other[0] - one[0]) * share,
    one[1] + (other[1] - one[1]) * share,
    one[2] + (other[2] - one[2]) * share,
  ];
}

/** RGB rows, each behind a byte for no filter. */
function png(rows: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, WIDTH);
  header.setUint32(4, HEIGHT);
  header.setUint32(8, 0x08_02_00_00);
  const chunks = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(rows, { level: 4 })),
    chunk("IEND", new Uint8Array()),
  ];
  return Uint8Array.from(Buffer.concat(chunks));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "ascii");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}
