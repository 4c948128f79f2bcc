import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCatalogue, type FakeCatalogue } from "./catalogue.ts";
import { vitrine, type Ran } from "./command-line.ts";

let folder: string;
let service: FakeCatalogue;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  service = await startCatalogue();
});

afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function importing(file: string): Promise<Ran> {
  return vitrine(["import", file, "--url", service.url, "--key", "vk_test"]);
}

function rejectedLines(path: string): unknown[] {
  const lines = readFileSync(`${path}.rejected.ndjson`, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as unknown);
}

describe("a broken file is imported as far as it can be told, and nothing of it is lost in silence:", () => {
  it.each([
    ["goes on after its end", '3,"12"" pan" x\n', ""],
    ["is never closed", '3,"12 pan\n', ""],
    ["is closed by that of another row", '3,"12 pan\n', '7,"Seven"\n'],
    ["holds more than a record may", `3,"${"x".repeat(5_000_000)}`, '"\n'],
  ])("a quote of CSV that %s: no row after it is lost in silence", async (_, bad, after) => {
    const csv = `id,title\n1,One\n2,Two\n${bad}4,Four\n5,Five\n6,Six\n${after}8,Eight\n`;
    const ran = await importing(write("a.csv", csv));
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining("2 accepted, 0 rejected") });
    expect(ran.err).toContain("The CSV cannot be followed after line 3");
    expect([...service.products.keys()]).toEqual(["1", "2"]);
  });

  it("a quote within a field of CSV that has none around it: the row is refused by itself", async () => {
    const file = write("a.csv", 'id,title\n1,One\n2,12" pan\n3,Three\n');
    expect(await importing(file)).toMatchObject({ code: 3 });
    expect([...service.products.keys()]).toEqual(["1", "3"]);
    expect(rejectedLines(file)).toMatchObject([{ line: 3, code: "bad_csv" }]);
  });

  it("an element nested for the stack's sake is refused by itself", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const file = write(
      "a.json",
      `[{"id":"1","title":"One"},${deep},{"id":"2","title":"Two","attributes":${deep}}]`,
    );
    expect(await importing(file)).toMatchObject({ code: 3 });
    expect([...service.products.keys()]).toEqual(["1"]);
    expect(rejectedLines(file)).toMatchObject([
      { line: 2, code: "too_deep" },
      { line: 3, code: "too_deep" },
    ]);
  });

  it("attributes nested for the stack's sake in a cell of CSV are refused with their row", async () => {
    const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    const file = write("a.csv", `id,title,attributes\n1,One,\n2,Two,"${deep.replaceAll('"', '""')}"\n`);
    expect(await importing(file)).toMatchObject({ code: 3 });
    expect(rejectedLines(file)).toMatchObject([{ line: 3, code: "bad_value" }]);
  });

  it.each([["[]"], ["x"], ['\n[{"id":"2","title":"Two"}]\n']])(
    "%j after a JSON array is an error",
    async (more) => {
      const ran = await importing(write("a.json", `[{"id":"1","title":"One"}]\n \n${more}`));
      expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("but the file goes on") });
      expect([...service.products.keys()]).toEqual(["1"]);
    },
  );
});
