/**
 * What was done is said once: `?done=` leaves the address, so that a reload does not say it again. A page that answered a
 * form becomes one that a reload asks for anew instead of sending the form twice.
 */
export function tidyAddress(): void {
  const url = new URL(location.href);
  url.searchParams.delete("done");
  history.replaceState(history.state, "", url);
}
