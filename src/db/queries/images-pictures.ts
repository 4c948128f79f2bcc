import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { imageContents, imagePictures } from "../schema/images.ts";

/** For the batch that writes a content's `variants`, after it: the pictures are those of the row as it then is. */
export function namePicturesStatements(db: Database, sha256: string) {
  return [db.orm.run(forgetPictures(sha256)), db.orm.run(namePictures(sha256))] as const;
}

const ENCODINGS = sql`json_each(content.variants) AS variant, json_each(variant.value, '$.encodings') AS encoding`;

export function forgetPictures(sha256: string): SQL {
  return sql`DELETE FROM ${imagePictures} WHERE content = ${sha256}`;
}

export function namePictures(sha256: string): SQL {
  return sql`INSERT INTO ${imagePictures} (picture, content)
    SELECT encoding.value ->> 'sha256', content.sha256
    FROM ${imageContents} AS content, ${ENCODINGS} WHERE content.sha256 = ${sha256} ON CONFLICT DO NOTHING`;
}
