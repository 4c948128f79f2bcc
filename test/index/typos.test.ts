import { describe, expect, it } from "vitest";
import { found, titles } from "./fixtures.ts";

const MICE = Array.from({ length: 20 }, (_, i) => `Mouse ${i}`);

describe("what may be a typo", () => {
  it("takes letters that hardly a word begins with for a frequent neighbour too", () => {
    const answer = found(titles(...MICE, "Museum"), "muse");
    expect(answer).toHaveLength(20);
    expect(answer).toContain("Mouse 3");
    expect(found(titles("Mouse", "Museum"), "muse")).toEqual(["Museum"]);
  });

  it("leaves a word alone that is not being typed any more and exists", () => {
    expect(found(titles(...MICE, "Muse", "Muse poster", "Muse pen"), "muse ")).toHaveLength(3);
  });

  it("adds a lost letter to three, and changes none", () => {
    expect(found(titles("Desk", "Disk", "Den"), "dsk")).toEqual(["Desk", "Disk"]);
    expect(found(titles("Dock", "Den"), "dak")).toEqual([]);
  });

  it("prefers a whole word to the beginning of one", () => {
    expect(found(titles("Cooler", "Cooler box", "Cooler bag", "Google"), "goole")[0]).toBe("Google");
  });

  it("takes a word for its neighbour where the words as typed never meet", () => {
    const catalogue = ["Memory card", "CAD handbook", "Memory foam"];
    expect(found(titles(...catalogue), "memory cad ")[0]).toBe("Memory card");
    expect(found(titles(...catalogue, "Memory CAD"), "memory cad ")[0]).toBe("Memory CAD");
  });

  it("changes nothing where neighbours do not meet either", () => {
    expect(found(titles("Camera", "Toaster", "Toasted bread"), "camera toaster ")).toEqual([
      "Camera",
      "Toaster",
    ]);
  });
});
