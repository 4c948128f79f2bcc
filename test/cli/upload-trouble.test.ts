import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { vitrine, type Ran } from "./command-line.ts";

interface Received {
  name: string;
  bytes: number;
  chunks: number;
  sha256: string;
  headers: IncomingMessage["headers"];
}

let folder: string;
let server: Server;
let url: string;
let received: Received[];
/** Answers an upload in the service's place, where it does. */
let meet: (name: string, request: IncomingMessage, response: ServerResponse) => boolean;
let events: (ids: readonly string[], response: ServerResponse) => void;

const image = (id: string, status: string) => ({ id, status, sha256: id, url: {}, width: 1, height: 1 });
const event = (id: string, status: string) => `event: status\ndata: ${JSON.stringify(image(id, status))}\n\n`;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  received = [];
  meet = () => false;
  events = (ids, response) => void response.end(ids.map((id) => event(id, "ready")).join(""));
  server = createServer((request, response) => void answer(request, response));
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function say(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", url);
  if (pathname === "/v1/images/events") return events((searchParams.get("ids") ?? "").split(","), response);
  if (request.method === "GET") return say(response, 200, image(pathname.slice(11), "ready"));
  const name = searchParams.get("file_name") ?? "";
  if (meet(name, request, response)) return;
  const hash = createHash("sha256");
  let [bytes, chunks] = [0, 0];
  for await (const chunk of request) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    chunks++;
  }
  received.push({ name, bytes, chunks, sha256: hash.digest("hex"), headers: request.headers });
  say(response, 202, image(`img_${name}`, "queued"));
}

function write(name: string, bytes: number): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.alloc(bytes, name));
  return path;
}

function upload(...args: string[]): Promise<Ran> {
  return vitrine(["upload", ...args, "--url", url, "--key", "vk_test"]);
}

describe("vitrine upload, in trouble,", () => {
  it("sends a file in pieces as it is read, with its length and digest", async () => {
    const path = write("large.jpg", 20_000_000);
    expect((await upload(path)).code).toBe(0);
    const [{ bytes, chunks, sha256, headers }] = received;
    expect(bytes).toBe(20_000_000);
    expect(chunks).toBeGreaterThan(20);
    expect(headers["content-length"]).toBe("20000000");
    expect(headers["content-digest"]).toBe(`sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`);
  });

  it("holds a part of a file at a time, however large", async () => {
    const path = write("huge.jpg", 0);
    truncateSync(path, 400_000_000);
    let most = 0;
    meet = (_, request) => {
      request.on("data", () => (most = Math.max(most, process.memoryUsage().arrayBuffers)));
      return false;
    };
    const before = process.memoryUsage().arrayBuffers;
    expect((await upload(path)).code).toBe(0);
    expect(received[0].bytes).toBe(400_000_000);
    expect((most - before) / 1e6).toBeLessThan(200);
  });

  it.each([
    [429, "rate_limited"],
    [503, "unavailable"],
  ])("waits as %s asks, and tries again", async (status, code) => {
    let refusals = 0;
    meet = (_, request, response) => {
      if (refusals++ > 0) return false;
      request.resume();
      say(response, status, { code, title: "Wait" }, { "Retry-After": "0" });
      return true;
    };
    const ran = await upload(write("a.jpg", 100));
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining("trying again in") });
    expect(received.map(({ name }) => name)).toEqual(["a.jpg"]);
  });

  it("sends a file anew whose connection was lost in the middle", async () => {
    let losses = 0;
    meet = (name, request) => {
      if (name !== "b.jpg" || losses++ > 0) return false;
      request.once("data", () => request.socket.destroy());
      return true;
    };
    write("a.jpg", 500);
    write("b.jpg", 3_000_000);
    expect(await upload(folder)).toMatchObject({ code: 0, out: expect.stringMatching(/^2 ready.*3\.0 MB/) });
    expect(received.map(({ name, bytes }) => [name, bytes]).toSorted()).toEqual([
      ["a.jpg", 500],
      ["b.jpg", 3_000_000],
    ]);
  });

  it("sees why a file is refused although it is not read to its end", async () => {
    meet = (_, request, response) => {
      request.once("data", () => {
        say(response, 422, { code: "not_an_image", title: "No image", detail: "It is none" });
        request.resume();
      });
      return true;
    };
    const ran = await upload(write("a.jpg", 10_000_000));
    expect(ran).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^not_an_image {2}.*a\.jpg: It is none/),
    });
  });

  it("asks for each image where events end early or do not get through", async () => {
    let streams = 0;
    events = (_, response) => {
      if (streams++ === 0) response.end(": nothing\n\n");
      else response.writeHead(502).end();
    };
    expect(await upload(write("a.jpg", 10), write("b.jpg", 20))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^2 ready/),
    });
  });

  it("tells of failed and deleted images by their events", async () => {
    events = (_, response) => {
      const bad = { ...image("img_a.jpg", "failed"), error: { code: "image_corrupt", detail: "Broken" } };
      response.write(`event: status\r\ndata: ${JSON.stringify(bad)}\r\n\r\n`);
      response.end('event: gone\ndata: {"id":"img_b.jpg"}\n\n');
    };
    const ran = await upload(write("a.jpg", 10), write("b.jpg", 20));
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/image_corrupt +.*a\.jpg: Broken/);
    expect(ran.err).toMatch(/not_found +.*b\.jpg: It was deleted meanwhile/);
  });

  it("tells of two files that are one image", async () => {
    meet = (name, request, response) => {
      request.resume();
      request.once("end", () => say(response, 202, image("img_same", name === "x" ? "ready" : "queued")));
      return true;
    };
    expect((await upload(write("a.jpg", 10), write("b.jpg", 10))).out).toMatch(/^2 ready/);
  });

  it("stops when it is interrupted", async () => {
    const stop = new AbortController();
    meet = () => {
      stop.abort(new Error("Interrupted"));
      return true;
    };
    const args = ["upload", write("a.jpg", 10), "--url", url, "--key", "vk_test"];
    const ran = await vitrine(args, { signal: stop.signal });
    expect(ran).toMatchObject({ code: 130, err: expect.stringContaining("it goes on from there") });
  });

  it("draws its progress over itself for a person", async () => {
    for (let at = 0; at < 6; at++) write(`${at}.jpg`, 2_000_000);
    events = (ids, response) =>
      setTimeout(() => response.end(ids.map((id) => event(id, "ready")).join("")), 250);
    const ran = await vitrine(["upload", folder, "--url", url, "--key", "k"], { interactive: true });
    expect(ran.err).toMatch(/\r\S+ \d+ % {2}\d\/6 files {2}[\d.]+ MB\/s {2}\d ready {2}0 failed {2}.* left/);
  });
});
