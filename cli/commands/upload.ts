import { merchantApi, wholeNumber, type Command, type Invocation } from "../command.ts";
import { EXIT, UsageError } from "../errors.ts";
import { findFiles, type FoundFile } from "../upload/find-files.ts";
import { knownImages } from "../upload/known-images.ts";
import type { Outcome } from "../upload/outcome.ts";
import { UploadProgress } from "../upload/progress.ts";
import { printFailures, printFiles, printOutcome, printReport } from "../upload/report.ts";
import { runUpload } from "../upload/run-upload.ts";

export const uploadImages: Command = {
  name: "upload",
  summary: "Upload images, and folders of them, and wait for their pictures",
  usage: "PATH… [options]",
  help: [
    ["PATH", "Files and folders; whether a file is an image is for the service to say"],
    ["--org ORG", "Of which organisation (else VITRINE_ORG); an API key has its own, else one's own"],
    ["--concurrency N", "Requests at once; 4 by default"],
    ["--no-recursive", "Only the files of a folder, not of the folders in it"],
    ["--no-wait", "Return once everything is uploaded: pictures are made after that"],
    ["--dry-run", "Say which files would be sent, and send none"],
    ["--quiet", "No progress"],
  ],
  options: {
    org: { type: "string" },
    concurrency: { type: "string" },
    recursive: { type: "boolean" },
    "no-recursive": { type: "boolean" },
    wait: { type: "boolean" },
    "no-wait": { type: "boolean" },
    "dry-run": { type: "boolean" },
    quiet: { type: "boolean" },
  },
  words: [1, Infinity],
  async run(invocation) {
    const files = findFiles(invocation.words, !invocation.flag("no-recursive"));
    if (files.length === 0) throw new UsageError(`There are no files in "${invocation.words.join('", "')}"`);
    if (invocation.flag("dry-run")) {
      printFiles(invocation, files);
      return EXIT.ok;
    }
    return send(invocation, files);
  },
};

async function send(invocation: Invocation, files: readonly FoundFile[]): Promise<number> {
  const api = merchantApi(invocation);
  const org = invocation.text("org") ?? invocation.environment.VITRINE_ORG;
  const concurrency = wholeNumber(invocation, "concurrency", 4, [1, 16]);
  const known = await knownImages(api, org, files.length);
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const [waits, quiet] = [!invocation.flag("no-wait"), invocation.flag("quiet")];
  const progress = new UploadProgress(invocation, { files: files.length, totalBytes, waits, quiet });
  const outcomes: Outcome[] = [];
  await runUpload({
    api,
    org,
    files,
    concurrency,
    waits,
    known,
    signal: invocation.signal,
    onRetry: progress.line.onRetry,
    onBytes: (bytes) => progress.sent(bytes),
    onOutcome: (outcome) => {
      outcomes.push(outcome);
      if (outcome.isKnown) progress.skipped(outcome.file.bytes);
      progress.settled(outcome.status);
      if (invocation.flag("json")) printOutcome(invocation, outcome);
    },
  })
    .catch((error: unknown) => {
      progress.line.clear();
      printFailures(invocation, outcomes);
      invocation.err(
        `${outcomes.length} of ${files.length} files were done. Call again: it goes on from there.\n`,
      );
      throw error;
    })
    .finally(() => progress.line.clear());
  const { sentBytes } = progress;
  if (invocation.flag("json")) printFailures(invocation, outcomes);
  else printReport(invocation, outcomes, { seconds: progress.line.seconds, sentBytes });
  return outcomes.some(({ status }) => status === "failed") ? EXIT.failed : EXIT.ok;
}
