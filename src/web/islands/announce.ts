const QUIET_MS = 600;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says `text` in the polite live region once the changes have come to rest. */
export function announce(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const region = document.getElementById("announcer");
    if (region !== null) region.textContent = text;
  }, QUIET_MS);
}
