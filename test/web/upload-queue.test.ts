import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { SendFailure, UploadQueue } from "../../src/web/islands/upload-queue.ts";
import type { Hold, Sending, Upload } from "../../src/web/islands/upload-queue.ts";
import type { WireImage } from "../../src/web/upload/wire.ts";

interface Sent extends Sending {
  name: string;
  finish: (image: WireImage) => void;
  fail: (failure: unknown) => void;
}

const image = (id: string): WireImage => ({
  id,
  status: "queued",
  file_name: null,
  width: 1,
  height: 1,
  format: "png",
  bytes: 1,
  thumbhash: null,
  variants: null,
  url: { thumb: "", medium: "", large: "" },
  created_at: "2026-01-01T00:00:00Z",
});

/** A queue whose requests end when the test says so. */
function open(isOnline = true) {
  const sent: Sent[] = [];
  const holds: (Hold | null)[] = [];
  const queue = new UploadQueue({
    send: (file, sending) =>
      new Promise((finish, fail) => sent.push({ ...sending, name: file.name, finish, fail })),
    onChange: () => undefined,
    onHold: (hold) => holds.push(hold),
    isOnline: () => isOnline,
  });
  const add = async (...names: string[]): Promise<Upload[]> => {
    const uploads = queue.add(names.map((name) => new File(["x"], name)));
    await settled();
    return uploads;
  };
  return { queue, sent, holds, add };
}

const settled = (): Promise<void> => sleep(0);
const kinds = ({ uploads }: UploadQueue): string[] => uploads.map(({ state }) => state.kind);

describe("the queue of uploads", () => {
  it("sends four at once, and the next as soon as one is there", async () => {
    const { queue, sent, add } = open();
    await add("a", "b", "c", "d", "e", "f");
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    sent[2].finish(image("img_c"));
    await settled();
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c", "d", "e"]);
    expect(queue.uploads[2].state).toEqual({ kind: "taken", image: image("img_c") });
  });

  it("goes on with the others when one fails for good", async () => {
    const { queue, sent, add } = open();
    await add("a", "b");
    sent[0].fail(new SendFailure("not_an_image", "It is none"));
    sent[1].finish(image("img_b"));
    await settled();
    expect(queue.uploads[0].state).toEqual({ kind: "failed", code: "not_an_image", detail: "It is none" });
    expect(kinds(queue)).toEqual(["failed", "taken"]);
  });

  it("begins nothing while it is held, and loses nothing", async () => {
    const { queue, sent, holds, add } = open();
    await add("a", "b", "c", "d", "e");
    for (const { fail } of sent.slice(0, 2)) fail(new SendFailure("unauthorized"));
    sent[2].finish(image("img_c"));
    await settled();
    expect(kinds(queue)).toEqual(["waiting", "waiting", "taken", "sending", "waiting"]);
    expect(holds).toEqual(["signed-out"]);
    queue.resume();
    await settled();
    expect(sent.slice(4).map(({ name }) => name)).toEqual(["a", "b", "e"]);
  });

  it("waits for as long as it is asked to", async () => {
    const { queue, sent, holds, add } = open();
    await add("a");
    sent[0].fail(new SendFailure("rate_limited", "", 0.05));
    await settled();
    expect(kinds(queue)).toEqual(["waiting"]);
    await expect.poll(() => sent.length).toBe(2);
    expect(holds).toEqual(["waiting", null]);
  });

  it("is not let go by a limit's end while nobody is signed in", async () => {
    const { queue, sent, holds, add } = open();
    await add("a", "b");
    sent[0].fail(new SendFailure("rate_limited", "", 0.02));
    await settled();
    sent[1].fail(new SendFailure("unauthorized"));
    await sleep(60);
    expect(holds.at(-1)).toBe("signed-out");
    expect(kinds(queue)).toEqual(["waiting", "waiting"]);
  });

  it("takes a lost connection for a failure online, and waits offline", async () => {
    for (const [isOnline, kind] of [
      [true, "failed"],
      [false, "waiting"],
    ] as const) {
      const { queue, sent, add } = open(isOnline);
      await add("a");
      sent[0].fail(new SendFailure("network"));
      await settled();
      expect(kinds(queue)).toEqual([kind]);
    }
  });

  it("ends the request of what is cancelled, and fills its place", async () => {
    const { queue, sent, add } = open();
    const [first] = await add("a", "b", "c", "d", "e");
    queue.cancel(first);
    expect(sent[0].signal.aborted).toBe(true);
    sent[0].fail(new Error("aborted"));
    await settled();
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c", "d", "e"]);
    sent[0].onShare(0.5);
    expect(first.state).toEqual({ kind: "cancelled" });
  });

  it("sends again what was cancelled, although its request has not ended yet", async () => {
    const { queue, sent, add } = open();
    const [first] = await add("a");
    queue.cancel(first);
    queue.retry(first);
    await settled();
    sent[0].fail(new Error("aborted"));
    await settled();
    expect(first.state.kind).toBe("sending");
    sent[1].finish(image("img_a"));
    await settled();
    expect(first.state).toEqual({ kind: "taken", image: image("img_a") });
  });

  it("does not cancel what the service has", async () => {
    const { queue, sent, add } = open();
    const [first] = await add("a");
    sent[0].finish(image("img_a"));
    await settled();
    queue.cancel(first);
    expect(first.state.kind).toBe("taken");
  });
});
