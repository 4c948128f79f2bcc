import type { ImageFormat, ImageState, PictureFormat, Variant } from "../../domain/image.ts";

/** A variant as the API tells of it. */
export interface WireVariant {
  width: number;
  height: number;
  bytes: number;
  format: PictureFormat;
  url: string;
  alternatives: readonly { format: PictureFormat; bytes: number }[];
}

/** What the pages show of an image as the API answers it. */
export interface WireImage {
  id: string;
  status: ImageState;
  error?: { code: string; detail: string } | undefined;
  file_name: string | null;
  width: number;
  height: number;
  format: ImageFormat;
  bytes: number;
  thumbhash: string | null;
  variants: Readonly<Record<Variant, WireVariant>> | null;
  url: Readonly<Record<Variant, string>>;
  created_at: string;
}

/** Whether nothing more will happen to it by itself. */
export function isSettled({ status }: Pick<WireImage, "status">): boolean {
  return status === "ready" || status === "failed";
}
