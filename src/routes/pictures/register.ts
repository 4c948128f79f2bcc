import type { App } from "../openapi.ts";
import { registerDrawPicture } from "./draw-picture.ts";

export function registerPictureRoutes(app: App): void {
  registerDrawPicture(app);
}
