/** The address, where it is one of the web or of this site; null for any other scheme. Checked when stored, and here once more. */
export function pictureAddress(address: string | null): string | null {
  return address !== null && /^(?:https?:\/\/|\/)/i.test(address) ? address : null;
}
