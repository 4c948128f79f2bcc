/** The element that the server's page holds a part in. */
export function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}"`);
  return element;
}

/** Gives the focus back to what had it, where a drawing took it away. */
export function keepFocus(id: string): void {
  if (id === "" || document.activeElement?.id === id) return;
  if (document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
}

/** Whether a click means what a link says here: no other tab, window or download. */
export function isPlain(event: MouseEvent): boolean {
  const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.button === 0 && !isModified && !event.defaultPrevented;
}
