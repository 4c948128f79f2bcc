import type { App } from "../../openapi.ts";
import { registerOpsDeadLetters } from "./dead-letters.ts";
import { registerOpsExperiments } from "./experiments.ts";
import { registerOpsPage } from "./page.tsx";
import { registerOpsSignIn, registerOpsSignOut } from "./sign-in.tsx";

/** The addresses whose errors are told as pages; `/ops/live` answers a program. */
export const OPS_PAGES = [
  "/ops",
  "/ops/sign-in",
  "/ops/sign-out",
  "/ops/dead-letters",
  "/ops/experiments",
] as const;

export function registerOpsPages(app: App): void {
  registerOpsSignIn(app);
  registerOpsSignOut(app);
  registerOpsPage(app);
  registerOpsDeadLetters(app);
  registerOpsExperiments(app);
}
