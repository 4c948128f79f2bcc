import type { PlantedBug } from "./bug.ts";

export const IMAGE_BUGS: readonly PlantedBug[] = [
  {
    name: "ready-before-stored",
    job: "images",
    about: "an image is ready before its pictures are stored, and the store fails or the isolate ends",
    edits: [
      { file: "services/images/resize.ts", from: "  await putPictures(ctx.blobs, blobs);\n", to: "" },
      {
        file: "services/images/resize.ts",
        from: "  await sendWritten(ctx, unsent);\n  const stored",
        to: "  await putPictures(ctx.blobs, blobs);\n  await sendWritten(ctx, unsent);\n  const stored",
      },
    ],
  },
  {
    name: "upload-undone",
    job: "images",
    about: "an upload whose answer the database lost is undone, though it was noted",
    edits: [
      {
        file: "services/images/upload.ts",
        from: "if (!(await isKnownContent(ctx.db, sha256))) await ctx.blobs.delete([key]);",
        to: "await ctx.blobs.delete([key]);",
      },
    ],
  },
  {
    name: "shared-pictures-dropped",
    job: "images",
    about: "the pictures of a content that is gone go with it, though another content has the same",
    edits: [
      {
        file: "services/images/stored-pictures.ts",
        from: "const keys = await unnamedPictures(ctx.db, unknown);",
        to: "const keys = unknown;",
      },
    ],
  },
  {
    name: "webhook-once",
    job: "images",
    about: "a message to a receiver is noted as delivered before it is sent",
    edits: [
      {
        file: "db/queries/webhook-attempts.ts",
        from: "+ 1`, dueAt: leaseUntil })",
        to: '+ 1`, dueAt: leaseUntil, state: "delivered", endedAt: leaseUntil })',
      },
    ],
  },
  {
    name: "webhook-id-of-attempt",
    job: "images",
    about: "each attempt has an id of its own, so that a receiver cannot tell a repetition",
    edits: [
      {
        file: "services/webhooks/deliver.ts",
        from: "async function send(deps: DeliverDeps, { id, payload, webhook }: ClaimedDelivery): Promise<Answer> {",
        to: "async function send(deps: DeliverDeps, { attempt, id: of, payload, webhook }: ClaimedDelivery): Promise<Answer> {\n  const id = attempt === 1 ? of : `${of}-${attempt}`;",
      },
    ],
  },
];
