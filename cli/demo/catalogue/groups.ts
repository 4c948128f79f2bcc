import type { TypeGroup } from "../product-type.ts";
import { ACCESSORIES } from "./accessories.ts";
import { APPLIANCES } from "./appliances.ts";
import { AUDIO } from "./audio.ts";
import { BEAUTY } from "./beauty.ts";
import { BOOKS } from "./books.ts";
import { BABY, TOYS } from "./children.ts";
import { COMPUTING } from "./computing.ts";
import { FASHION } from "./fashion.ts";
import { FURNITURE } from "./furniture.ts";
import { GADGETS } from "./gadgets.ts";
import { GARDEN } from "./garden.ts";
import { GROCERY } from "./grocery.ts";
import { HOME } from "./home.ts";
import { KITCHEN } from "./kitchen.ts";
import { MUSIC } from "./music.ts";
import { OFFICE } from "./office.ts";
import { OUTDOOR } from "./outdoor.ts";
import { PETS } from "./pets.ts";
import { SPORTS } from "./sports.ts";
import { TEXTILES } from "./textiles.ts";
import { TOOLS } from "./tools.ts";

export const GROUPS: readonly TypeGroup[] = [
  HOME,
  TEXTILES,
  FURNITURE,
  KITCHEN,
  APPLIANCES,
  AUDIO,
  COMPUTING,
  GADGETS,
  FASHION,
  ACCESSORIES,
  OUTDOOR,
  SPORTS,
  BOOKS,
  OFFICE,
  GARDEN,
  TOOLS,
  TOYS,
  BABY,
  PETS,
  MUSIC,
  BEAUTY,
  GROCERY,
];
