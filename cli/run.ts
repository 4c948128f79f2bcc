import { invoke, type Command, type Terminal } from "./command.ts";
import { backup, verify } from "./commands/backup.ts";
import { drill } from "./commands/drill.ts";
import { exportProducts } from "./commands/export.ts";
import { importCommunity } from "./commands/import-community.ts";
import { importEvents } from "./commands/import-events.ts";
import { importProducts } from "./commands/import.ts";
import { listDeadLetters, redriveDeadLetters, showDeadLetter } from "./commands/dead-letters.ts";
import { endExperiment, listExperiments, showExperiment, startExperiment } from "./commands/experiments.ts";
import { createKey, listKeys, revokeKey, rotateKey } from "./commands/keys.ts";
import { createOrg, listOrgs } from "./commands/orgs.ts";
import { profileRoute } from "./commands/profile.ts";
import { resealSecrets, showSecrets } from "./commands/secrets.ts";
import { rebuildIndex, showIndex } from "./commands/search-index.ts";
import { addMember, listMembers, removeMember, setRole } from "./commands/members.ts";
import { restore } from "./commands/restore.ts";
import { seed } from "./commands/seed.ts";
import { signIn, signOut } from "./commands/sign-in.ts";
import { createSite, listSites, revokeSite } from "./commands/sites.ts";
import { uploadImages } from "./commands/upload.ts";
import { eraseUser, exportUsers, importUsers, listUsers } from "./commands/users.ts";
import { addWebhook, listDeliveries, listWebhooks, removeWebhook, testWebhook } from "./commands/webhooks.ts";
import { describeError, EXIT, UsageError } from "./errors.ts";

const COMMANDS: readonly Command[] = [
  importProducts,
  exportProducts,
  uploadImages,
  importEvents,
  importCommunity,
  importUsers,
  listUsers,
  exportUsers,
  eraseUser,
  seed,
  signIn,
  signOut,
  createOrg,
  listOrgs,
  createKey,
  listKeys,
  rotateKey,
  revokeKey,
  listMembers,
  addMember,
  setRole,
  removeMember,
  listSites,
  createSite,
  revokeSite,
  listWebhooks,
  addWebhook,
  removeWebhook,
  testWebhook,
  listDeliveries,
  showIndex,
  rebuildIndex,
  listDeadLetters,
  showDeadLetter,
  redriveDeadLetters,
  listExperiments,
  showExperiment,
  startExperiment,
  endExperiment,
  profileRoute,
  backup,
  verify,
  restore,
  drill,
  showSecrets,
  resealSecrets,
];

const COMMON_HELP = [
  ["--url URL", "The deployment; else VITRINE_URL, else http://127.0.0.1:8787"],
  [
    "--key KEY",
    "An API key (else VITRINE_KEY), or the operator's (else OPERATOR_KEY);\nwithout one, who signed in by vitrine sign-in",
  ],
  ["--json", "Answers as JSON"],
  ["-h, --help", "This help"],
] as const;

/** Runs one command line and answers its exit code. Never throws. */
export async function run(args: readonly string[], version: string, terminal: Terminal): Promise<number> {
  try {
    if (args[0] === "--version" || args[0] === "-v") {
      terminal.out(`${version}\n`);
      return EXIT.ok;
    }
    const found = findCommand(args);
    if (found === null) return overview(args, terminal);
    const invocation = invoke(found.command, found.rest, terminal);
    if (invocation.flag("help")) {
      terminal.out(helpOf(found.command));
      return EXIT.ok;
    }
    return await found.command.run(invocation);
  } catch (error) {
    if (terminal.signal.aborted) {
      terminal.err("Interrupted\n");
      return EXIT.interrupted;
    }
    terminal.err(`${describeError(error)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

/** The command of the first words; options may stand anywhere after them. */
function findCommand(args: readonly string[]): { command: Command; rest: readonly string[] } | null {
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(" ");
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: args.slice(length) };
  }
  return null;
}

function overview(args: readonly string[], terminal: Terminal): number {
  const asked = args.length === 0 || args.includes("--help") || args.includes("-h") || args[0] === "help";
  const group = COMMANDS.filter((command) => command.name.startsWith(`${args[0]} `));
  const shown = group.length > 0 ? group : COMMANDS;
  const text = `Usage: vitrine COMMAND [options]\n\n${table(shown.map(({ name, summary }) => [name, summary]))}
Options of every command:
${table(COMMON_HELP)}
vitrine COMMAND --help says more; vitrine --version says which this is.\n`;
  if (asked) {
    terminal.out(text);
    return EXIT.ok;
  }
  const known = group.length > 0 ? "" : `There is no command "${args.join(" ")}".\n\n`;
  terminal.err(`${known}${text}`);
  return EXIT.usage;
}

function helpOf({ name, summary, usage, help }: Command): string {
  return `${summary}\n\nUsage: vitrine ${name} ${usage}\n\n${table([...help, ...COMMON_HELP])}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  const pad = `\n${" ".repeat(width + 4)}`;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right.replaceAll("\n", pad)}\n`).join("");
}
