/** Lets a password be seen while it is typed; hidden again before it is sent, so that browsers offer to save it. */
export function offerReveal(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-reveal]")) {
    const input = button.previousElementSibling;
    if (!(input instanceof HTMLInputElement)) continue;
    const show = (shown: boolean): void => {
      input.type = shown ? "text" : "password";
      button.ariaPressed = String(shown);
    };
    button.hidden = false;
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
  }
}
