import { imageUrlOf, type Product } from "../../domain/product.ts";
import { ByteWriter } from "./bytes.ts";
import { encodeCesu8 } from "./cesu8.ts";
import { trainSymbols } from "./symbols.ts";

export interface Records {
  records: Uint8Array<ArrayBuffer>;
  recordOffsets: Uint32Array<ArrayBuffer>;
  idSymbols: Uint8Array<ArrayBuffer>;
  titleSymbols: Uint8Array<ArrayBuffer>;
  imageSymbols: Uint8Array<ArrayBuffer>;
}

/** Strings of one kind, end to end, in the order they were added. */
class Arena {
  readonly bytes = new ByteWriter();
  readonly starts: number[] = [0];

  add(text: string): void {
    this.bytes.append(encodeCesu8(text));
    this.starts.push(this.bytes.length);
  }
}

/** Gathers id, title and image URL of each document and compresses them into one record a document. */
export class RecordsWriter {
  readonly #ids = new Arena();
  readonly #titles = new Arena();
  readonly #images = new Arena();

  add(product: Product): void {
    this.#ids.add(product.id);
    this.#titles.add(product.title);
    // An empty URL and none differ: the first byte of one that exists is a mark.
    const imageUrl = imageUrlOf(product);
    this.#images.add(imageUrl === null ? "" : `\u0001${imageUrl}`);
  }

  /** A record is: compressed length of the id, id, compressed length of the title, title, image. */
  finish(order: Uint32Array): Records {
    const arenas = [this.#ids, this.#titles, this.#images];
    const tables = arenas.map((arena) => trainSymbols(arena.bytes.view(), Uint32Array.from(arena.starts)));
    const records = new ByteWriter(order.length * 64);
    const recordOffsets = new Uint32Array(order.length + 1);
    const encoded = new ByteWriter();
    for (let doc = 0; doc < order.length; doc++) {
      arenas.forEach(({ bytes, starts }, kind) => {
        encoded.length = 0;
        tables[kind].encode(bytes.bytes, starts[order[doc]], starts[order[doc] + 1], encoded);
        if (kind < 2) records.varint(encoded.length);
        records.append(encoded.view());
      });
      recordOffsets[doc + 1] = records.length;
    }
    for (const { bytes } of arenas) bytes.release();
    const [idSymbols, titleSymbols, imageSymbols] = tables.map((table) => table.serialize());
    return { records: records.view(), recordOffsets, idSymbols, titleSymbols, imageSymbols };
  }
}
