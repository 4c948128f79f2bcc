import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/domain/digest.ts";
import { scene } from "../codec/pixels.ts";
import { pngFile } from "../codec/png-files.ts";
import { startApp, type RunningApp } from "./app.ts";
import type { Ran } from "./command-line.ts";

let folder: string;
let app: RunningApp;
let key: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  app = await startApp();
  await app.operator("orgs", "create", "acme");
  const { out } = await app.operator("keys", "create", "acme", "--scope", "images:write", "--json");
  key = (JSON.parse(out) as { key: string }).key;
});

afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A picture of one colour, and another for each number. */
function picture(number: number): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(24 * 16 * 4).fill(255);
  for (let at = 0; at < rgba.length; at += 4) rgba[at] = number;
  return pngFile({ width: 24, height: 16, rgba });
}

function write(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const upload = (...args: string[]): Promise<Ran> => app.withKey(key, "upload", ...args);

function linesOf({ out }: Ran): Record<string, unknown>[] {
  const lines = out.trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("vitrine upload", () => {
  it("sends a folder with all in it but what is hidden, whatever the files are called", async () => {
    write("b.png", picture(1));
    write("deep/er/no-extension", picture(2));
    write("deep/a.txt", picture(3));
    write(".DS_Store", "hidden");
    write(".git/c.png", picture(4));
    expect(await upload(folder)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^3 ready, 0 failed: /),
      err: "",
    });
    const listed = await app.platform.client.execute("SELECT file_name FROM images ORDER BY file_name");
    expect(listed.rows.map((row) => row.file_name)).toEqual(["a.txt", "b.png", "no-extension"]);
  });

  it("leaves out folders within with --no-recursive", async () => {
    write("a.png", picture(1));
    write("deep/b.png", picture(2));
    expect((await upload(folder, "--no-recursive")).out).toMatch(/^1 ready/);
  });

  it("takes a hidden file that is named, and each file once", async () => {
    const path = write(".hidden.png", picture(1));
    expect((await upload(path, path)).out).toMatch(/^1 ready/);
  });

  it("says at the end which files failed and why, and loses no other by it", async () => {
    write("a.png", picture(1));
    write("b.jpg", "<html>");
    write("c.png", pngFile(scene(90, 60)).subarray(0, 6_000));
    write("d.png", "");
    const ran = await upload(folder);
    expect(ran).toMatchObject({ code: 1, out: expect.stringMatching(/^1 ready, 3 failed: /) });
    expect(ran.err).toMatch(/^not_an_image +.*b\.jpg: /m);
    expect(ran.err).toMatch(/^image_truncated +.*c\.png: /m);
    expect(ran.err).toMatch(/^not_an_image +.*d\.png: /m);
  });

  it("prints a line of JSON a file, with where its pictures are", async () => {
    const bytes = picture(7);
    const path = write("a.png", bytes);
    const [line] = linesOf(await upload(path, "--json"));
    expect(line).toMatchObject({ file: path, status: "ready", known: false, width: 24, height: 16 });
    expect(line.sha256).toBe(await sha256Hex(bytes));
    const { large } = line.url as { large: string };
    expect((await fetch(app.url + large)).status).toBe(200);
  });

  it("does not send again what is there", async () => {
    for (let number = 0; number < 24; number++) write(`${number}.png`, picture(number));
    expect((await upload(folder)).out).toMatch(/^24 ready, 0 failed: /);
    write("new.png", picture(99));
    const again = await upload(folder);
    expect(again.out).toMatch(/^25 ready, 0 failed, 24 of them there before: 0\.0 MB/);
    const { rows } = await app.platform.client.execute("SELECT count(*) AS count FROM images");
    expect(rows[0].count).toBe(25);
  });

  it("returns before the pictures are made with --no-wait", async () => {
    const path = write("a.png", picture(1));
    expect(linesOf(await upload(path, "--no-wait", "--json"))).toMatchObject([{ status: "queued" }]);
    expect((await upload(path, "--no-wait")).out).toMatch(/^1 ready/);
  });

  it("sends nothing with --dry-run", async () => {
    const path = write("a.png", picture(1));
    expect(await upload(folder, "--dry-run")).toMatchObject({ code: 0, out: `${path}\n` });
    expect(linesOf(await upload(folder, "--dry-run", "--json"))).toMatchObject([{ file: path }]);
    const { rows } = await app.platform.client.execute("SELECT count(*) AS count FROM images");
    expect(rows[0].count).toBe(0);
  });

  it("uploads as who signed in, for themselves or an organisation", async () => {
    const home = { HOME: folder };
    const path = write("a.png", picture(1));
    const password = "a quiet harbour at noon";
    const body = JSON.stringify({ name: "Ada", email: "ada@acme.example", password });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body };
    expect((await fetch(`${app.url}/api/auth/sign-up/email`, init)).status).toBe(200);
    await app.operator("members", "add", "ada@acme.example", "--org", "acme", "--role", "member");
    const signIn = ["sign-in", "--email", "ada@acme.example"];
    expect((await app.run(signIn, { environment: home, answers: [password] })).code).toBe(0);
    expect((await app.run(["upload", path], { environment: home })).code).toBe(0);
    expect((await app.run(["upload", path, "--org", "acme"], { environment: home })).code).toBe(0);
    const { rows } = await app.platform.client.execute("SELECT org_id FROM images ORDER BY org_id");
    expect(rows.map((row) => row.org_id === null)).toEqual([true, false]);
  });

  it("stops at once where the credential will not do", async () => {
    write("a.png", picture(1));
    write("b.png", picture(2));
    const { out } = await app.operator("keys", "create", "acme", "--scope", "catalogue:write", "--json");
    const ran = await app.withKey((JSON.parse(out) as { key: string }).key, "upload", folder);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("images:write") });
    expect(ran.err).toContain("0 of 2 files were done");
  });

  it("says what is wrong with its arguments", async () => {
    expect(await upload(join(folder, "nowhere"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("There is no file or folder"),
    });
    expect(await upload(folder)).toMatchObject({ code: 2, err: expect.stringContaining("no files") });
    write("a.png", picture(1));
    expect((await upload(folder, "--concurrency", "99")).code).toBe(2);
  });
});
