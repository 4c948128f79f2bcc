/** Forms of one choice show their button once another is chosen. */
export function quietUnchanged(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-dirty]")) {
    const select = form.querySelector("select");
    const button = form.querySelector("button");
    if (select === null || button === null) continue;
    const update = (): void => {
      button.hidden = [...select.options].every(
        ({ selected, defaultSelected }) => selected === defaultSelected,
      );
    };
    select.addEventListener("change", update);
    // Browsers put a choice back after a reload or a step back in history.
    addEventListener("pageshow", update);
    update();
  }
}
