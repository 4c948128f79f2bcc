import { AppError } from "../../domain/errors.ts";

export interface Part {
  name: string;
  /** `null` for a field that is no file. */
  fileName: string | null;
}

/** Of a form's part, from its header's lines. Throws `bad_request` where it has no name. */
export function partOf(header: string): Part {
  const disposition = /(?:^|\r\n)content-disposition:[ \t]*form-data[ \t]*(;[^\r\n]*)/i.exec(header)?.[1];
  const name = disposition === undefined ? undefined : parameter(disposition, "name");
  if (disposition === undefined || name === undefined) {
    throw new AppError("bad_request", "A part of the form has no Content-Disposition with a name");
  }
  const fileName = extended(disposition) ?? parameter(disposition, "filename");
  return { name: name.slice(0, 100), fileName: fileName ?? null };
}

/** Browsers write a quotation mark and line ends in percent encoding, and nothing else; other clients with a backslash. */
function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;[ \\t]*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, "i").exec(disposition);
  const [, quoted, token] = found ?? [];
  if (quoted === undefined) return token;
  return quoted
    .replace(/\\(["\\])/g, "$1")
    .replace(/%(22|0D|0A)/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** `filename*=UTF-8''…` (RFC 8187), which RFC 7578 forbids and some clients send. */
function extended(disposition: string): string | undefined {
  const [, encoded] = /;[ \t]*filename\*=utf-8'[^']*'([^\s;"]+)/i.exec(disposition) ?? [];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
