interface DenoRuntime {
  cron(
    name: string,
    schedule: string,
    options: { signal: AbortSignal },
    run: () => Promise<void>,
  ): Promise<void>;
}

/** The one place that names the runtime's own object; its types are Deno's, not this project's. */
export function denoRuntime(): DenoRuntime {
  return Reflect.get(globalThis, "Deno") as DenoRuntime;
}
