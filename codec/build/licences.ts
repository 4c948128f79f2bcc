import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LIBRARIES } from "./libraries.ts";
import type { SourcePackage } from "./sources.ts";

/** What is linked from the toolchain's packages, by where Debian keeps the texts. */
const TOOLCHAIN = ["wasi-libc", "libsimde-dev", "libclang-rt-19-dev-wasm32"];

/** The licence notices of everything that is linked into the module. */
export function notices(packages: readonly SourcePackage[], folder: string): string {
  const libraries = packages.flatMap(({ name, version }) => {
    const { folder: at, licence } = LIBRARIES[name];
    const text = licence.map((file) => readFileSync(join(folder, at, file), "utf8").trim()).join("\n\n");
    return section(`${name} ${version}`, text);
  });
  const toolchain = TOOLCHAIN.flatMap((name) =>
    section(name, readFileSync(join("/usr/share/doc", name, "copyright"), "utf8").trim()),
  );
  return ["Licences of what src/codec/image-codec.wasm is linked from.", ...libraries, ...toolchain, ""].join(
    "\n",
  );
}

function section(title: string, text: string): string[] {
  const rule = "=".repeat(80);
  return ["", rule, title, rule, "", text.replaceAll(/\r/g, "").replaceAll(/[ \t]+$/gm, "")];
}
