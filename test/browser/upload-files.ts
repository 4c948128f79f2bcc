import type { Locator, Page } from "playwright-core";

/** A file as it is chosen or dropped. */
export interface GivenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

interface Drawing {
  width?: number;
  height?: number;
  type?: "image/jpeg" | "image/png" | "image/webp";
  hue?: number;
}

/** A picture that the browser itself draws and encodes. */
export async function drawnFile(page: Page, name: string, drawing: Drawing = {}): Promise<GivenFile> {
  const { width = 640, height = 480, type = "image/jpeg", hue = 150 } = drawing;
  const base64 = await page.evaluate(drawBase64, { width, height, type, hue });
  return { name, mimeType: type, buffer: Buffer.from(base64, "base64") };
}

/** Runs in the page. */
async function drawBase64({ width, height, type, hue }: Required<Drawing>): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 55% 82%)`);
  sky.addColorStop(1, `hsl(${hue + 50} 70% 58%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = `hsl(${hue + 190} 85% 74%)`;
  pen.beginPath();
  pen.arc(width * 0.68, height * 0.34, height * 0.13, 0, 7);
  pen.fill();
  for (const [at, share] of [0.62, 0.74, 0.86].entries()) {
    pen.fillStyle = `hsl(${hue + 30} ${42 - at * 6}% ${44 - at * 13}%)`;
    pen.beginPath();
    pen.moveTo(0, height);
    for (let x = 0; x <= 60; x++)
      pen.lineTo((x / 60) * width, height * (share + 0.07 * Math.sin(x / (5 + at * 2) + hue + at * 2)));
    pen.lineTo(width, height);
    pen.fill();
  }
  const blob = await canvas.convertToBlob({ type, quality: 0.9 });
  const signs = Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte));
  return btoa(signs.join(""));
}

export function heicFile(name: string): GivenFile {
  const buffer = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic"), Buffer.alloc(2_000)]);
  return { name, mimeType: "image/heic", buffer };
}

export function textFile(name: string, text = "<script>window.pwned = 1</script>"): GivenFile {
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(text) };
}

/** Drops files anywhere in the window. */
export async function drop(page: Page, files: readonly GivenFile[]): Promise<void> {
  const given = files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString("base64") }));
  const transfer = await page.evaluateHandle((all) => {
    const made = new DataTransfer();
    for (const { name, mimeType, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      made.items.add(new File([bytes], name, { type: mimeType }));
    }
    return made;
  }, given);
  for (const kind of ["dragenter", "dragover", "drop"])
    await page.dispatchEvent("body", kind, { dataTransfer: transfer });
}

export function tileOf(page: Page, name: string): Locator {
  return page.locator(".tile", { has: page.getByRole("heading", { name, exact: true }) });
}

/** Waits until the tile is there in this state. */
export async function untilState(page: Page, name: string, state: string): Promise<Locator> {
  const tile = tileOf(page, name);
  await tile.and(page.locator(`[data-state="${state}"]`)).waitFor();
  return tile;
}
