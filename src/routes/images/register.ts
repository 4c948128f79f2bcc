import type { App } from "../openapi.ts";
import { registerDeleteImage } from "./delete-image.ts";
import { registerGetImage } from "./get-image.ts";
import { registerListImages } from "./list-images.ts";
import { registerPictures } from "./pictures.ts";
import { registerPostImage } from "./post-image.ts";
import { registerWatchImages } from "./watch-images.ts";

export function registerImageRoutes(app: App): void {
  registerPostImage(app);
  registerListImages(app);
  registerWatchImages(app);
  registerGetImage(app);
  registerDeleteImage(app);
  registerPictures(app);
}
