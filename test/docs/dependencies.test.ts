import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
/** A second version of a package has a name of its own here: `npm:typescript@7.0.2`. */
const ALIAS = /^npm:[\w@/-]+@/;
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const LICENCES = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT OR Apache-2.0",
  "MPL-2.0",
  "Unlicense",
]);
const GROUPS = ["dependencies", "devDependencies", "optionalDependencies"] as const;

type Manifest = Partial<Record<(typeof GROUPS)[number], Record<string, string>>> & {
  allowScripts?: Record<string, boolean>;
};

interface Locked {
  link?: boolean;
  version: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}

interface Bill {
  bomFormat: string;
  components: {
    name: string;
    version: string;
    purl: string;
    licenses?: { license?: { id?: string }; expression?: string }[];
  }[];
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(ROOT, file), "utf8")) as T;
}

const manifest = read<Manifest>("package.json");
const locked = Object.entries(read<{ packages: Record<string, Locked> }>("package-lock.json").packages);
const installed = locked.filter(([path, { link }]) => path.includes("node_modules/") && link !== true);

describe.each(["package.json", "cli/package.json", "client/package.json", "bench/package.json"])(
  "%s",
  (file) => {
    test("names exact versions alone", () => {
      const one = read<Manifest>(file);
      const versions = GROUPS.flatMap((group) => Object.entries(one[group] ?? {}));
      expect(versions.filter(([, version]) => !EXACT.test(version.replace(ALIAS, "")))).toEqual([]);
    });
  },
);

describe("the lock file", () => {
  test("has a digest of each package, and no place of its own to get it from", () => {
    expect(installed.length).toBeGreaterThan(100);
    const without = installed.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true);
    expect(without.map(([path]) => path)).toEqual([]);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test("has what the manifest names, in that version", () => {
    const direct = GROUPS.flatMap((group) => Object.entries(manifest[group] ?? {}));
    const found = new Map(installed.map(([path, { version }]) => [path, version]));
    expect(
      direct.filter(([name, version]) => found.get(`node_modules/${name}`) !== version.replace(ALIAS, "")),
    ).toEqual([]);
  });

  test("has no package whose install script runs", () => {
    const names = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => manifest.allowScripts?.[name] !== false)).toEqual([]);
  });
});

describe("the bill of materials", () => {
  const text = execFileSync("npm", ["run", "--silent", "sbom"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: "pipe",
  });
  const { bomFormat, components } = JSON.parse(text) as Bill;

  test("lists what runs, by version", () => {
    expect(bomFormat).toBe("CycloneDX");
    const listed = new Map(components.map(({ purl }) => [decodeURIComponent(purl), true]));
    const direct = Object.entries(manifest.dependencies ?? {}).map(
      ([name, version]) => `pkg:npm/${name}@${version}`,
    );
    expect(direct.filter((purl) => !listed.has(purl))).toEqual([]);
  });

  test("has licences of the known list", () => {
    const others = components.flatMap(({ name, licenses = [] }) => {
      const ids = licenses.map(({ license, expression }) => license?.id ?? expression ?? "none");
      return ids.length > 0 && ids.every((id) => LICENCES.has(id)) ? [] : [`${name}: ${ids.join(", ")}`];
    });
    expect(others).toEqual([]);
  });
});
