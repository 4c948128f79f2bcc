import { readFile } from "node:fs/promises";
import type { ModuleSource } from "../../codec/image-codec.ts";

const FILE = new URL("../../codec/image-codec.wasm", import.meta.url);

/** Reads and compiles the module at the first image; a process may share the promise, which an isolate may not. */
export function imageCodecFile(): ModuleSource {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return () => (compiled ??= readFile(FILE).then((bytes) => WebAssembly.compile(bytes)));
}
