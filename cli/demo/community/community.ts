import type { Circles } from "./circles.ts";
import type { Goods } from "./goods.ts";
import type { Member } from "./members.ts";

export interface Community {
  members: readonly Member[];
  circles: Circles;
  goods: Goods;
}
