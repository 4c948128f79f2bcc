/** One instance of the module. */
export class CodecInstance {
  readonly memory = new WebAssembly.Memory({ initial: 0 });
}
