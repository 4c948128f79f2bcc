import { beforeEach, describe, expect, it } from "vitest";
import type { RateLimit } from "../../../src/ports/rate-limit.ts";

/** What every rate limit must do; keys are random so that a shared counter of the platform does not disturb. */
export function rateLimitContract(name: string, open: () => Promise<RateLimit> | RateLimit): void {
  describe(`rate limit: ${name}`, () => {
    let limit: RateLimit;
    const key = (): string => `test-${crypto.randomUUID()}`;
    beforeEach(async () => {
      limit = await open();
    });

    it("states its policies: reads may be more than writes, writes more than posts, posts more than sensitive requests", () => {
      const [read, write, post, sensitive] = (["read", "write", "post", "sensitive"] as const).map((of) =>
        limit.policy(of),
      );
      expect(read.limit).toBeGreaterThan(write.limit);
      expect(write.limit).toBeGreaterThan(post.limit);
      expect(post.limit).toBeGreaterThan(sensitive.limit);
      expect(read.windowSeconds).toBeGreaterThan(0);
    });

    it("lets a key do as much as its policy says and no more", async () => {
      const one = key();
      const allowed = limit.policy("sensitive").limit;
      for (let i = 0; i < allowed; i++) expect(await limit.take("sensitive", one)).toBe(true);
      expect(await limit.take("sensitive", one)).toBe(false);
    });

    it("counts keys and classes apart", async () => {
      const [one, other] = [key(), key()];
      for (let i = 0; i <= limit.policy("sensitive").limit; i++) await limit.take("sensitive", one);
      expect(await limit.take("sensitive", other)).toBe(true);
      expect(await limit.take("read", one)).toBe(true);
    });
  });
}
