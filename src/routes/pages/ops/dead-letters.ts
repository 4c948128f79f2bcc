import type { Context } from "hono";
import { AppError } from "../../../domain/errors.ts";
import { redriveDeadLetter } from "../../../services/dead-letters.ts";
import { redriveWaiting } from "../../../services/operations/redrive-waiting.ts";
import type { App, AppEnv } from "../../openapi.ts";
import { readForm, textOf } from "../account/form.ts";
import { operatorCtx, operatorOnly } from "./guard.ts";

type Done = "redriven" | "gone" | "redriven-all" | "redriven-some";

/** `/ops/dead-letters`: redrives one, or those of a kind, as a form of the page or its island asks. */
export function registerOpsDeadLetters(app: App): void {
  app.use("/ops/dead-letters", operatorOnly);
  app.post("/ops/dead-letters", async (c) => {
    const form = await readForm(c);
    const asked = textOf(form, "do");
    if (asked === "redrive") return redriveOne(c, textOf(form, "letter"));
    if (asked === "redrive-all") return redriveAll(c, form);
    throw new AppError("invalid_input", `The form does not say what to do: "${asked}"`);
  });
}

async function redriveOne(c: Context<AppEnv>, id: string): Promise<Response> {
  try {
    await redriveDeadLetter(operatorCtx(c), id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    return answer(c, "gone", { redriven: 0, has_more: false });
  }
  return answer(c, "redriven", { redriven: 1, has_more: false });
}

async function redriveAll(c: Context<AppEnv>, form: URLSearchParams): Promise<Response> {
  const kind = textOf(form, "kind");
  const until = Number(textOf(form, "until"));
  if (!Number.isSafeInteger(until) || until <= 0)
    throw new AppError("invalid_input", `Expected a time in milliseconds, got "${textOf(form, "until")}"`);
  const { redriven, hasMore } = await redriveWaiting(operatorCtx(c), {
    kind: kind === "" ? null : kind,
    until,
  });
  return answer(c, hasMore ? "redriven-some" : "redriven-all", { redriven, has_more: hasMore });
}

function answer(c: Context<AppEnv>, done: Done, told: { redriven: number; has_more: boolean }): Response {
  if (c.req.header("accept") === "application/json") return c.json(told);
  return c.redirect(`/ops?done=${done}#told`, 303);
}
