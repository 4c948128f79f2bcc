import type { Contender } from "./contender.ts";
import { photonCascade } from "./photon.ts";
import { sharpCascade, sharpCascadeBoth, sharpCascadeWebp, sharpDocumented } from "./sharp.ts";
import { vitrine, vitrineJpeg } from "./vitrine.ts";

/** By the name a child process is told. */
export const CONTENDERS: Readonly<Record<string, Contender>> = {
  "vitrine-jpeg": vitrineJpeg,
  vitrine,
  photon: photonCascade,
  "sharp-documented": sharpDocumented,
  "sharp-cascade": sharpCascade,
  "sharp-cascade-both": sharpCascadeBoth,
  "sharp-cascade-webp": sharpCascadeWebp,
};
