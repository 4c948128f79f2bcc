import { describe, expect, it } from "vitest";
import { readTraceSettings } from "../../src/platform/otlp.ts";
import { SettingsError } from "../../src/platform/settings.ts";

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: "https://collector.example/" };

describe("settings of traces", () => {
  it("are none without a collector", () => {
    expect(readTraceSettings({ OTEL_TRACES_SAMPLER_ARG: "0.5" })).toBeNull();
  });

  it("have defaults: all traces, callers decide for their own", () => {
    expect(readTraceSettings(ENDPOINT)).toEqual({
      url: "https://collector.example/v1/traces",
      headers: {},
      ratio: 1,
      obeysCallers: true,
      service: "vitrine",
    });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }, /OTEL_EXPORTER_OTLP_ENDPOINT is not a URL/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "file:///etc/passwd" }, /not a URL of http/],
    [{ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: "1.5" }, /"1.5", not a number from 0 to 1/],
    [{ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: "half" }, /"half", not a number/],
    [{ ...ENDPOINT, OTEL_TRACES_SAMPLER: "always_on" }, /"always_on", neither/],
  ])("name what is wrong: %j", (variables, message) => {
    expect(() => readTraceSettings(variables)).toThrow(message);
  });

  it("never tell a credential in what is wrong", () => {
    const variables = { ...ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: "s3cret-token" };
    expect(() => readTraceSettings(variables)).toThrow(SettingsError);
    expect(() => readTraceSettings(variables)).not.toThrow(/s3cret/);
  });
});
