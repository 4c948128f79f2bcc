import type { Client } from "@libsql/client";
import type { ImageState, StoredVariants } from "../../../src/domain/image.ts";

export interface NewContent {
  sha256: string;
  state?: ImageState;
  errorCode?: string | null;
  format?: string;
  variants?: StoredVariants | null;
  width?: number;
  height?: number;
}

/** A content as an upload leaves it, unless said otherwise. */
export async function addContent(client: Client, content: NewContent): Promise<void> {
  const { sha256, state = "queued", errorCode = null, format = "jpeg", variants = null } = content;
  const { width = 1600, height = 1200 } = content;
  await client.execute({
    sql: `INSERT INTO image_contents
      (sha256, format, bytes, width, height, state, error_code, variants, thumbhash, has_alpha, created_at, changed_at)
      VALUES (?, ?, 1000, ?, ?, ?, ?, ?, NULL, 0, 1, 1)`,
    args: [
      sha256,
      format,
      width,
      height,
      state,
      errorCode,
      variants === null ? null : JSON.stringify(variants),
    ],
  });
  await namePictures(client, sha256, variants);
}

/** As the work on a content does where it notes them. */
export async function namePictures(
  client: Client,
  sha256: string,
  variants: StoredVariants | null,
): Promise<void> {
  for (const { encodings } of Object.values(variants ?? {})) {
    for (const { sha256: picture } of encodings) {
      const sql = "INSERT OR IGNORE INTO image_pictures (picture, content) VALUES (?, ?)";
      await client.execute({ sql, args: [picture, sha256] });
    }
  }
}

/** An image of an organisation, or of the person where there is none. */
export async function addImage(
  client: Client,
  image: { id: string; sha256: string; orgId?: string; userId?: string },
): Promise<void> {
  const { id, sha256, orgId = null, userId = null } = image;
  await client.execute({
    sql: "INSERT INTO images (id, sha256, org_id, user_id, file_name, created_at) VALUES (?, ?, ?, ?, 'a.jpg', 1)",
    args: [id, sha256, orgId, userId],
  });
}

/** 64 hexadecimal digits, of a small number. */
export function shaOf(number: number): string {
  return number.toString(16).padStart(64, "0");
}

/** Sides of the large and the medium variant, and how many bytes their pictures have. */
export function variantsOf(sizes: { large: number; medium: number }): StoredVariants {
  const variant = (side: number, from: number) => ({
    width: side,
    height: side / 2,
    encodings: [
      { format: "jpeg" as const, bytes: 10, sha256: shaOf(from) },
      { format: "webp" as const, bytes: 8, sha256: shaOf(from + 1) },
    ],
  });
  return { large: variant(sizes.large, 1), medium: variant(sizes.medium, 3), thumb: variant(100, 5) };
}
