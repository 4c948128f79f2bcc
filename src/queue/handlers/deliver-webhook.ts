import { AppError } from "../../domain/errors.ts";
import { deliver } from "../../services/webhooks/deliver.ts";
import type { JobHandler } from "../handler.ts";

export const deliverWebhook: JobHandler = async (ctx, { id, payload }) => {
  const { delivery } = payload;
  if (typeof delivery !== "string") throw new AppError("invalid_input", `The job "${id}" names no delivery`);
  await deliver(ctx, delivery);
};
