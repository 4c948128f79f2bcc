/** What a database over this index cannot do, or was asked wrongly. `code` is Orama's own where it has one. */
export class OramaIndexError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "OramaIndexError";
    this.code = code;
  }
}
