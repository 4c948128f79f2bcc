import { thumbHashToRGBA } from "thumbhash";

/** Draws the blurred colours of an image while its picture loads; on a canvas, as no address has to be allowed for it. */
export function drawPlaceholder(canvas: HTMLCanvasElement, thumbhash: string): void {
  try {
    const { w, h, rgba } = thumbHashToRGBA(Uint8Array.from(atob(thumbhash), (sign) => sign.charCodeAt(0)));
    canvas.width = w;
    canvas.height = h;
    canvas.getContext("2d")?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
  } catch {
    // Without it the tile is plain until its picture is there.
  }
}
