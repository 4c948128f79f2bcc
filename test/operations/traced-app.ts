import { InvocationTrace } from "../../src/domain/traces/invocation-trace.ts";
import { type MemoryDeps, openMemoryDeps } from "../../src/platform/memory/open.ts";
import { OtlpExporter, readTraceSettings, type TraceSettings } from "../../src/platform/otlp.ts";
import { openTracing } from "../../src/platform/tracing.ts";
import { consume } from "../../src/queue/consumer.ts";
import { openApp, ORIGIN, type TestApp } from "../http/open-app.ts";

/** The real application, whose spans go to the collector that `variables` name. */
export class TracedApp {
  readonly t: TestApp;
  readonly #settings: TraceSettings | null;

  private constructor(t: TestApp, settings: TraceSettings | null) {
    this.t = t;
    this.#settings = settings;
  }

  static async open(variables: Record<string, string>): Promise<TracedApp> {
    return new TracedApp(await openApp(), readTraceSettings(variables));
  }

  deps(): MemoryDeps {
    const { platform } = this.t;
    const settings = this.#settings;
    if (settings === null) return openMemoryDeps(platform, { trace: new InvocationTrace(null) });
    const { trace } = openTracing(platform.isolate, settings, "test");
    return openMemoryDeps(platform, { trace, traceExporter: new OtlpExporter(settings, "test", 0) });
  }

  /** The answer, with what is still to be done after it. */
  async ask(
    path: string,
    init?: RequestInit,
  ): Promise<{ response: Response; after: MemoryDeps["lifetime"] }> {
    const deps = this.deps();
    const response = await this.t.app.fetch(new Request(new URL(path, ORIGIN), init), deps);
    return { response, after: deps.lifetime };
  }

  async call(path: string, init?: RequestInit): Promise<Response> {
    const { response, after } = await this.ask(path, init);
    await after.settle();
    return response;
  }

  /** Runs the jobs that wait, and those that they leave. */
  async runJobs(): Promise<void> {
    await this.t.platform.jobs.drain(async (messages) => {
      const deps = this.deps();
      await consume(deps, messages);
      await deps.lifetime.settle();
    });
  }

  linesOf(event: string): Record<string, unknown>[] {
    return this.t.platform.log.lines.filter((line) => line.event === event);
  }
}
