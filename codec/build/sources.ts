import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, Unavailable } from "./commands.ts";

/** A Debian source package, in `codec/sources.json`: the SHA-256 of each of its files by name. */
export interface SourcePackage {
  name: string;
  version: string;
  files: Record<string, string>;
}

/**
 * Sees to it that all files of the packages lie in `folder`, taken by `apt-get source` where they do not, and that
 * each has its pinned SHA-256. Fails with `Unavailable` where a version can no longer be had.
 */
export async function fetchSources(
  packages: readonly SourcePackage[],
  folder: string,
  scratch: string,
): Promise<void> {
  const missing = packages.filter(({ files }) =>
    Object.keys(files).some((file) => !existsSync(join(folder, file))),
  );
  if (missing.length > 0) await download(missing, folder, scratch);
  for (const { files } of packages)
    for (const [file, hash] of Object.entries(files)) checkHash(join(folder, file), hash);
}

/** Unpacks a package, Debian's patches applied, into `target`. */
export async function unpack(
  { name, version, files }: SourcePackage,
  folder: string,
  target: string,
): Promise<void> {
  const description = Object.keys(files).find((file) => file.endsWith(".dsc"));
  if (description === undefined) throw new Error(`"${name}" ${version} has no .dsc in codec/sources.json`);
  // The hashes above are stricter than the signature, whose keys may not be installed.
  await run("dpkg-source", ["--no-check", "-x", join(folder, description), target]);
}

function hash(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function checkHash(path: string, expected: string): void {
  const found = hash(path);
  if (found !== expected) throw new Error(`"${path}" has SHA-256 ${found}, not ${expected}`);
}

/** The newest version of a package that the machine's sources have, or the given one, with its hashes. */
export async function pin(
  name: string,
  version: string | undefined,
  scratch: string,
): Promise<SourcePackage> {
  const folder = join(scratch, "download");
  await aptSource([version === undefined ? name : `${name}=${version}`], scratch);
  const names = readdirSync(folder).sort();
  const description = names.find((file) => file.endsWith(".dsc"));
  if (description === undefined) throw new Error(`apt-get source gave no .dsc of "${name}"`);
  const found = /^Version: (.+)$/m.exec(readFileSync(join(folder, description), "utf8"))?.[1];
  if (found === undefined) throw new Error(`"${description}" says no version`);
  return {
    name,
    version: found,
    files: Object.fromEntries(names.map((file) => [file, hash(join(folder, file))])),
  };
}

async function download(packages: readonly SourcePackage[], folder: string, scratch: string): Promise<void> {
  await aptSource(
    packages.map(({ name, version }) => `${name}=${version}`),
    scratch,
  );
  mkdirSync(folder, { recursive: true });
  for (const { files } of packages)
    for (const file of Object.keys(files)) copyFileSync(join(scratch, "download", file), join(folder, file));
}

/** Gets the files of source packages into the folder `download` of `scratch`. */
async function aptSource(wanted: readonly string[], scratch: string): Promise<void> {
  const options = aptOptions(join(scratch, "apt"));
  const folder = join(scratch, "download");
  mkdirSync(folder, { recursive: true });
  await run("apt-get", [...options, "update"]).catch(unavailable);
  for (const one of wanted)
    await run("apt-get", [...options, "source", "--download-only", one], { cwd: folder }).catch(unavailable);
}

function unavailable(error: unknown): never {
  throw new Unavailable(`The pinned source packages cannot be had here: ${(error as Error).message}`, {
    cause: error,
  });
}

/** The machine's own sources, of source packages too, with all state in `folder`: so it needs no root. */
function aptOptions(folder: string): string[] {
  for (const part of ["sources.list.d", "lists/partial", "cache/archives/partial"])
    mkdirSync(join(folder, part), { recursive: true });
  for (const [name, text] of machineSources())
    writeFileSync(join(folder, "sources.list.d", name), withSources(text));
  const settings = {
    "Dir::Etc::SourceList": "/dev/null",
    "Dir::Etc::SourceParts": join(folder, "sources.list.d"),
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::Cache": join(folder, "cache"),
    "APT::Sandbox::User": "",
  };
  return Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
}

function machineSources(): [string, string][] {
  const folder = "/etc/apt/sources.list.d";
  const parts = existsSync(folder) ? readdirSync(folder).map((name) => [name, join(folder, name)]) : [];
  return [["main.list", "/etc/apt/sources.list"], ...parts]
    .filter(([name, path]) => /\.(list|sources)$/.test(name) && existsSync(path))
    .map(([name, path]) => [name, readFileSync(path, "utf8")]);
}

function withSources(text: string): string {
  return text.replace(/^Types:.*$/gm, "Types: deb-src").replace(/^deb(?=\s)/gm, "deb-src");
}
