import { availableParallelism } from "node:os";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const node = {
  test: {
    name: "node",
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/workers/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

const workers = {
  plugins: [
    cloudflareTest(({ inject }) => ({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          ENVIRONMENT: "test",
          TURSO_DATABASE_URL: inject("tursoUrl"),
          VITRINE_SECRET: "a secret of the tests, long enough to sign",
          OPERATOR_KEY: "operator-key-of-the-tests-0123456789",
        },
        analyticsEngineDatasets: { ANALYTICS: { dataset: "vitrine" } },
      },
    })),
  ],
  test: {
    name: "workers",
    include: ["test/workers/**/*.test.ts"],
    globalSetup: "./test/workers/global-setup.ts",
    testTimeout: 60_000,
  },
};

// Two at a time on two cores, where one would be the default: much of a test is waiting.
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({ test: { projects: [node, workers], silent: "passed-only", maxWorkers } });
