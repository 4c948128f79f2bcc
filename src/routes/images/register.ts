import type { App } from "../openapi.ts";
import { registerPictures } from "./pictures.ts";

export function registerImageRoutes(app: App): void {
  registerPictures(app);
}
