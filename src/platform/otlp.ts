import { otlpRequest } from "../domain/traces/otlp.ts";
import type { Span, SpanAttributes } from "../domain/traces/span.ts";
import type { TraceExporter } from "../ports/trace-exporter.ts";
import { SettingsError, text, type Variables } from "./variables.ts";

export interface TraceSettings {
  /** Where spans are posted to. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Of traces that begin here, from 0 to 1. */
  ratio: number;
  /** Whether who sends a `traceparent` decides for its own. */
  obeysCallers: boolean;
  service: string;
}

const TIMEOUT_MS = 5_000;
const WAIT_MS = 1_000;

/** By the variables that OpenTelemetry's SDKs read; `null` where no collector is set. Throws `SettingsError`. */
export function readTraceSettings(variables: Variables): TraceSettings | null {
  const endpoint = text(variables, "OTEL_EXPORTER_OTLP_ENDPOINT");
  if (endpoint === null) return null;
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint))
    throw new SettingsError(`OTEL_EXPORTER_OTLP_ENDPOINT is not a URL of http: "${endpoint}"`);
  const ratio = text(variables, "OTEL_TRACES_SAMPLER_ARG") ?? "1";
  if (!/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(ratio))
    throw new SettingsError(`OTEL_TRACES_SAMPLER_ARG is "${ratio}", not a number from 0 to 1`);
  return {
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers: readHeaders(text(variables, "OTEL_EXPORTER_OTLP_HEADERS")),
    ratio: Number(ratio),
    obeysCallers: readSampler(text(variables, "OTEL_TRACES_SAMPLER")),
    service: text(variables, "OTEL_SERVICE_NAME") ?? "vitrine",
  };
}

function readSampler(name: string | null): boolean {
  if (name === null || name === "parentbased_traceidratio") return true;
  if (name === "traceidratio") return false;
  throw new SettingsError(
    `OTEL_TRACES_SAMPLER is "${name}", neither "parentbased_traceidratio" nor "traceidratio"`,
  );
}

/** `name=value,name=value`, values percent-encoded as in W3C Baggage. */
function readHeaders(value: string | null): Record<string, string> {
  const pairs = (value ?? "").split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      // What is wrong is not quoted: it is likely to be a credential.
      if (at < 1)
        throw new SettingsError("OTEL_EXPORTER_OTLP_HEADERS is not of the form name=value,name=value");
      return [pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())];
    }),
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** OTLP over HTTP in JSON. */
export class OtlpExporter implements TraceExporter {
  readonly waitMs: number;
  readonly #settings: TraceSettings;
  readonly #resource: SpanAttributes;

  constructor(settings: TraceSettings, environment: string, waitMs = WAIT_MS) {
    this.waitMs = waitMs;
    this.#settings = settings;
    this.#resource = { "service.name": settings.service, "deployment.environment.name": environment };
  }

  async send(spans: readonly Span[]): Promise<void> {
    const { url, headers } = this.#settings;
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(otlpRequest(spans, this.#resource)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The collector answers ${response.status}`);
  }
}
