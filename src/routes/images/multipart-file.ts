import { AppError } from "../../domain/errors.ts";
import { streamOf } from "../../services/images/stream-of.ts";
import { DelimitedBytes } from "./delimited-bytes.ts";
import { partOf } from "./part-header.ts";
import type { Part } from "./part-header.ts";

/** What is not the file: other fields, the parts' headers, preamble and epilogue. */
export const MAX_OVERHEAD_BYTES = 65_536;
const MAX_HEADER_BYTES = 8_192;
const END_OF_HEADERS = "\r\n\r\n";

export interface MultipartFile {
  /** As its sender has it, bounded by the length of its header alone. */
  fileName: string;
  /** Fails with an `AppError` where what follows the file is not as it should be. */
  bytes: ReadableStream<Uint8Array>;
}

/**
 * The one file of a `multipart/form-data` body (RFC 7578), as a stream: parsers at hand hold each part as a whole. Other
 * fields are passed over. Throws `invalid_input` for no file (and by the stream for a second one), `bad_request` for what
 * is not multipart, `body_incomplete` where the closing delimiter is missing, `body_too_large` for too much besides.
 */
export async function openMultipartFile(
  body: ReadableStream<Uint8Array>,
  contentType: string,
): Promise<MultipartFile> {
  const form = new Form(body, boundaryOf(contentType));
  try {
    const file = await form.nextFile();
    if (file === null) throw wrongFiles("file", "The form has no file", "Expected one file");
    return { fileName: file.fileName, bytes: streamOf(form.content(file)) };
  } catch (error) {
    form.cancel();
    throw error;
  }
}

function boundaryOf(contentType: string): string {
  const [, quoted, token] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? token ?? "";
  if (/^[\x20-\x7e]{1,70}$/.test(boundary)) return boundary;
  throw new AppError("bad_request", "The Content-Type of a form needs its boundary");
}

function wrongFiles(path: string, detail: string, message: string): AppError {
  return new AppError("invalid_input", { detail, errors: [{ path, message }] });
}

type FilePart = Part & { fileName: string };

class Form {
  readonly #bytes: DelimitedBytes;
  readonly #delimiter: string;
  #overhead = 0;
  #begun = false;

  constructor(body: ReadableStream<Uint8Array>, boundary: string) {
    this.#bytes = new DelimitedBytes(body);
    this.#delimiter = `\r\n--${boundary}`;
  }

  /** The next part with a file, from its first byte on; `null` at the end of the form. */
  async nextFile(): Promise<FilePart | null> {
    for (;;) {
      await this.#pass(this.#begun ? this.#delimiter : this.#delimiter.slice(2));
      this.#begun = true;
      const rest = await this.#line();
      if (rest.startsWith("--")) return null;
      const header = rest.trim() === "" ? await this.#text(END_OF_HEADERS, "\r\n") : null;
      if (header === null)
        throw new AppError("bad_request", "The form's delimiters are not as they should be");
      const part = partOf(header);
      // A form's empty file field comes as a file without a name.
      if (part.fileName !== null && part.fileName !== "") return { ...part, fileName: part.fileName };
    }
  }

  /** The bytes of `file`, then a look at what follows it. */
  async *content(file: FilePart): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#bytes.until(this.#delimiter);
      this.#bytes.unread(this.#delimiter);
      const second = await this.nextFile();
      if (second === null) return;
      const detail = `The form has several files: "${file.name}" and "${second.name}" are two`;
      throw wrongFiles(second.name, detail, "Expected no other file");
    } finally {
      this.cancel();
    }
  }

  cancel(): void {
    this.#bytes.cancel();
  }

  async #pass(delimiter: string): Promise<void> {
    for await (const chunk of this.#bytes.until(delimiter)) this.#spend(chunk.length);
  }

  /** What stands behind a delimiter: `--` ends the form, whatever follows it. */
  async #line(): Promise<string> {
    const two = await this.#bytes.peek(2);
    return two === "--" ? two : this.#text("\r\n");
  }

  /** The text before `end`; with `before`, as if that stood before it. */
  async #text(end: string, before = ""): Promise<string> {
    if (before !== "") this.#bytes.unread(before);
    const decoder = new TextDecoder();
    let text = "";
    let length = 0;
    for await (const chunk of this.#bytes.until(end)) {
      text += decoder.decode(chunk, { stream: true });
      length += chunk.length;
      this.#spend(chunk.length);
      if (length > MAX_HEADER_BYTES) {
        throw new AppError("bad_request", `A part's header has more than ${MAX_HEADER_BYTES} bytes`);
      }
    }
    return text + decoder.decode();
  }

  #spend(bytes: number): void {
    this.#overhead += bytes;
    if (this.#overhead <= MAX_OVERHEAD_BYTES) return;
    throw new AppError(
      "body_too_large",
      `The form has more than ${MAX_OVERHEAD_BYTES} bytes besides its file`,
    );
  }
}
