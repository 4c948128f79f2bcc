// Builds src/codec/image-codec.wasm from Debian's source packages: see docs/image-codec.md.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { applyChanges, CHANGES } from "./build/changes.ts";
import { Unavailable } from "./build/commands.ts";
import { LIBRARIES } from "./build/libraries.ts";
import { notices } from "./build/licences.ts";
import { buildModule } from "./build/module.ts";
import { fetchSources, pin, type SourcePackage, unpack } from "./build/sources.ts";
import { checkTools, toolPackages } from "./build/tools.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MODULE = join(ROOT, "src/codec/image-codec.wasm");
const HASH = join(ROOT, "src/codec/image-codec.sha256");
const LICENCES = join(ROOT, "codec/LICENCES.txt");

interface Pins {
  packages: SourcePackage[];
  tools: Record<string, string>;
}

interface Built {
  module: Uint8Array;
  licences: string;
}

function readPins(): Pins {
  return JSON.parse(readFileSync(join(ROOT, "codec/sources.json"), "utf8")) as Pins;
}

async function build(sources: string, folder: string): Promise<Built> {
  const pins = readPins();
  await checkTools(pins.tools);
  if (!existsSync(join(folder, "objects"))) await prepareLibraries(pins.packages, sources, folder);
  rmSync(join(folder, "src"), { recursive: true, force: true });
  cpSync(join(ROOT, "codec/src"), join(folder, "src"), { recursive: true });
  const module = readFileSync(await buildModule(folder));
  return { module, licences: notices(pins.packages, folder) };
}

async function prepareLibraries(packages: SourcePackage[], sources: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await fetchSources(packages, sources, folder);
  for (const source of packages) {
    const library = LIBRARIES[source.name];
    await unpack(source, sources, join(folder, library.folder));
    applyChanges(join(folder, library.folder), CHANGES[source.name] ?? []);
  }
  cpSync(join(ROOT, "codec/shims"), join(folder, "shims"), { recursive: true });
  symlinkSync("/usr/include/simde", join(folder, "shims/simde"));
}

/** Works in a folder of its own, which is gone afterwards. */
async function inScratch<Answer>(work: (folder: string) => Promise<Answer>): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-codec-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writePin(wanted: string, scratch: string): Promise<void> {
  const [name, version] = wanted.split("=", 2);
  const pins = readPins();
  const index = pins.packages.findIndex((one) => one.name === name);
  if (index < 0) throw new Error(`codec/sources.json has no package "${name}"`);
  pins.packages[index] = await pin(name, version, scratch);
  writeFileSync(join(ROOT, "codec/sources.json"), `${JSON.stringify(pins, null, 2)}\n`);
  console.log(`codec/sources.json: ${name} ${pins.packages[index].version}`);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function write({ module, licences }: Built): void {
  mkdirSync(join(ROOT, "src/codec"), { recursive: true });
  writeFileSync(MODULE, module);
  writeFileSync(HASH, `${sha256(module)}\n`);
  writeFileSync(LICENCES, licences);
  console.log(`src/codec/image-codec.wasm: ${module.length} bytes, SHA-256 ${sha256(module)}`);
}

function checkCommittedHash(): void {
  const found = sha256(readFileSync(MODULE));
  if (found !== readFileSync(HASH, "utf8").trim())
    throw new Error(
      `src/codec/image-codec.wasm has SHA-256 ${found}, not that of src/codec/image-codec.sha256`,
    );
}

async function check(sources: string): Promise<void> {
  checkCommittedHash();
  try {
    const { module, licences } = await inScratch((folder) => build(sources, folder));
    if (sha256(module) !== sha256(readFileSync(MODULE)))
      throw new Error(`The sources build another module (${sha256(module)}): run "npm run build:codec"`);
    if (licences !== readFileSync(LICENCES, "utf8"))
      throw new Error(`codec/LICENCES.txt is not what the sources say: run "npm run build:codec"`);
    console.log("The sources build the same module again, byte for byte");
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`Not rebuilt, only its hash is checked: ${error.message}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sources: { type: "string", default: join(ROOT, ".vitrine/codec-sources") },
      check: { type: "boolean", default: false },
      // A build folder to be kept: the next time only our own sources are compiled.
      keep: { type: "string" },
      // Writes the newest version of a source package, or "name=version", into codec/sources.json.
      pin: { type: "string" },
      // Prints what of Debian has to be installed.
      packages: { type: "boolean", default: false },
      "hash-only": { type: "boolean", default: false },
    },
  });
  const { pin: wanted } = values;
  if (values.packages) console.log(toolPackages(readPins().tools).join(" "));
  else if (wanted !== undefined) await inScratch((folder) => writePin(wanted, folder));
  else if (values["hash-only"]) checkCommittedHash();
  else if (values.check) await check(resolve(values.sources));
  else if (values.keep !== undefined) write(await build(resolve(values.sources), resolve(values.keep)));
  else write(await inScratch((folder) => build(resolve(values.sources), folder)));
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
