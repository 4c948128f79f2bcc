import { describe, expect, it } from "vitest";
import { RATE_LIMIT_POLICIES } from "../../src/platform/memory/rate-limit.ts";
import { readConfig, readDatabase } from "../../src/platform/settings.ts";
import { readFileSync } from "node:fs";

const GOOD = { VITRINE_SECRET: "s".repeat(32) };

describe("settings", () => {
  it("have safe defaults: production, no operator, limits on", () => {
    expect(readConfig(GOOD)).toEqual({
      environment: "production",
      secret: GOOD.VITRINE_SECRET,
      previousSecrets: [],
      operatorKey: null,
      nextOperatorKey: null,
      corsOrigins: ["*"],
      rateLimits: true,
      admission: true,
      publicOrigin: null,
      emailConfirmation: true,
      imageLimits: {
        person: { images: 2_000, bytes: 2_000_000_000 },
        organisation: { images: 20_000, bytes: 20_000_000_000 },
      },
      jwtIssuers: [],
    });
  });

  it.each([
    [{}, /VITRINE_SECRET is not set/],
    [{ VITRINE_SECRET: "short" }, /has 5 characters, at least 32/],
    [{ ...GOOD, OPERATOR_KEY: "short" }, /OPERATOR_KEY has 5 characters/],
    [{ ...GOOD, ENVIRONMENT: "prod" }, /"prod", not one of production/],
    [{ ...GOOD, RATE_LIMITS: "maybe" }, /neither "on" nor "off"/],
    [{ ...GOOD, ORG_MAX_IMAGES: "0" }, /ORG_MAX_IMAGES is "0", not a whole number/],
    [{ ...GOOD, PERSON_MAX_IMAGE_GB: "1.5" }, /PERSON_MAX_IMAGE_GB is "1.5"/],
  ])("name what is wrong: %j", (variables, message) => {
    expect(() => readConfig(variables)).toThrow(message);
  });

  it("take lists and switches", () => {
    const config = readConfig({
      ...GOOD,
      CORS_ORIGINS: "https://a.example, https://b.example",
      RATE_LIMITS: "off",
    });
    expect(config).toMatchObject({
      corsOrigins: ["https://a.example", "https://b.example"],
      rateLimits: false,
    });
  });

  it("take limits of images", () => {
    const config = readConfig({ ...GOOD, ORG_MAX_IMAGES: "5", ORG_MAX_IMAGE_GB: "7" });
    expect(config.imageLimits.organisation).toEqual({ images: 5, bytes: 7_000_000_000 });
  });

  it("say where the database is missing", () => {
    expect(() => readDatabase({})).toThrow(/TURSO_DATABASE_URL is not set/);
    expect(() => readDatabase({ TURSO_DATABASE_URL: "not a url" })).toThrow(/not a URL/);
    expect(readDatabase({ TURSO_DATABASE_URL: "libsql://x.turso.io", TURSO_AUTH_TOKEN: "t" })).toEqual({
      url: "libsql://x.turso.io",
      authToken: "t",
    });
  });
});

describe("wrangler.toml", () => {
  it("has the rate limits that the API states", () => {
    const text = readFileSync(new URL("../../wrangler.toml", import.meta.url), "utf8");
    const simple = [
      ...text.matchAll(/name = "RATE_(\w+)"[^[]*?simple = \{ limit = (\d+), period = (\d+) \}/g),
    ];
    const stated = Object.fromEntries(
      simple.map(([, name, limit, period]) => [
        name.toLowerCase(),
        { limit: Number(limit), windowSeconds: Number(period) },
      ]),
    );
    expect(stated).toEqual(RATE_LIMIT_POLICIES);
  });
});
