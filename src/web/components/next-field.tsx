/** Carries where to go on to through a form. */
export function NextField({ next }: { next: string }) {
  return next === "/" ? null : <input type="hidden" name="next" value={next} />;
}

export function withNext(path: string, next: string): string {
  return next === "/" ? path : `${path}?${new URLSearchParams({ next })}`;
}
