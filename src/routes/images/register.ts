import type { App } from "../openapi.ts";
import { registerPictures } from "./pictures.ts";
import { registerPostImage } from "./post-image.ts";

export function registerImageRoutes(app: App): void {
  registerPostImage(app);
  registerPictures(app);
}
