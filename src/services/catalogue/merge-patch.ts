import { isObject } from "./field-reader.ts";

/** A product nests no deeper; what lies below is refused anyway, so a patch nested for the stack's sake meets no recursion. */
const MAX_DEPTH = 3;

/** JSON merge patch (RFC 7396), to three levels of objects. The result's keys are its own, `__proto__` among them. */
export function mergePatch(target: unknown, patch: unknown, depth = MAX_DEPTH): unknown {
  if (!isObject(patch) || depth === 0) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value, depth - 1));
  }
  return Object.fromEntries(merged);
}
