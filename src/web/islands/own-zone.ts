/** Offers the time zone of this browser where the list holds it and another is chosen. */
export function offerOwnZone(): void {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-own-zone]")) {
    const select = document.getElementById(button.dataset.ownZone ?? "");
    if (!(select instanceof HTMLSelectElement)) continue;
    const known = [...select.options].some(({ value }) => value === own);
    const update = (): void => {
      button.hidden = !known || select.value === own;
    };
    button.textContent = `Use this device's zone (${own.replaceAll("_", " ")})`;
    button.addEventListener("click", () => {
      select.value = own;
      select.focus();
      update();
    });
    select.addEventListener("change", update);
    update();
  }
}
