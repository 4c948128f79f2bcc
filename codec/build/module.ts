import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { inParallel, run } from "./commands.ts";
import { LIBRARIES, OWN_FLAGS } from "./libraries.ts";

const TARGET = ["--target=wasm32-wasi", "--sysroot=/usr"];
const FEATURES = ["-msimd128", "-mbulk-memory", "-msign-ext", "-mnontrapping-fptoint"];
const COMPILE = ["-O3", "-DNDEBUG", "-fno-exceptions", "-std=gnu11"];

// Within the 128 MB of an isolate something has to be left for JavaScript.
const MAX_MEMORY = 96 * 1024 * 1024;
// Where each finished row of a lossless WebP passes: codec/src/webp_frame.c takes it from there.
const WRAPPED = "VP8LConvertFromBGRA";
const STACK = 128 * 1024;

const WASM_OPT = [
  "-O4",
  "--enable-simd",
  "--enable-bulk-memory",
  "--enable-sign-ext",
  "--enable-nontrapping-float-to-int",
  "--strip-debug",
  "--strip-producers",
];

interface Unit {
  source: string;
  flags: readonly string[];
}

/** Compiles what lies in `folder` and links it; answers the path of the module. */
export async function buildModule(folder: string): Promise<string> {
  mkdirSync(join(folder, "objects"), { recursive: true });
  const objects = await inParallel(units(folder), availableParallelism(), (unit) => compile(folder, unit));
  await run("clang-19", [...linkFlags(), ...objects.toSorted(), "-lm", "-o", "linked.wasm"], { cwd: folder });
  await run("wasm-opt", [...WASM_OPT, "linked.wasm", "-o", "image-codec.wasm"], { cwd: folder });
  const path = join(folder, "image-codec.wasm");
  checkImports(readFileSync(path));
  return path;
}

function checkImports(bytes: Uint8Array<ArrayBuffer>): void {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(
    ({ module, name }) => `${module}.${name}`,
  );
  if (imports.join() !== "env.fail")
    throw new Error(`The module imports ${imports.join(", ")}, not only env.fail`);
}

function units(folder: string): Unit[] {
  const own = readdirSync(join(folder, "src")).filter((file) => file.endsWith(".c"));
  const libraries = Object.values(LIBRARIES).flatMap(({ folder: at, files, flags }) =>
    files.map((file) => ({ source: `${at}/${file}`, flags: [...flags, "-w"] })),
  );
  return [...libraries, ...own.map((file) => ({ source: `src/${file}`, flags: OWN_FLAGS }))];
}

/** A library's object that is already there is taken: its folder is named by everything that goes into it. */
async function compile(folder: string, { source, flags }: Unit): Promise<string> {
  const object = `objects/${source.replaceAll("/", "_").replace(/\.c$/, ".o")}`;
  if (existsSync(join(folder, object)) && !source.startsWith("src/")) return object;
  const args = [...TARGET, ...COMPILE, ...FEATURES, ...flags, `-ffile-prefix-map=${folder}=.`];
  await run("clang-19", [...args, "-c", source, "-o", object], { cwd: folder });
  return object;
}

function linkFlags(): string[] {
  const limits = [`--max-memory=${MAX_MEMORY}`, "-z", `stack-size=${STACK}`];
  const options = ["--no-entry", "--gc-sections", "--strip-all", `--wrap=${WRAPPED}`, ...limits];
  return [...TARGET, "-nostartfiles", ...options.map((option) => `-Wl,${option}`)];
}
