import module from "../../codec/image-codec.wasm";

/** Compiled when the Worker was uploaded. */
export function imageCodecModule(): WebAssembly.Module {
  return module;
}
