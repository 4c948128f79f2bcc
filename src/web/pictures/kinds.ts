import { backpack, handbag, suitcase, sunglasses, watch } from "./kinds/bags.ts";
import { dress, hat, jacket, sweater, trousers, tShirt } from "./kinds/clothing.ts";
import { boot, sneaker } from "./kinds/shoes.ts";
import { campStool, cooler, headlamp, lantern, sleepingBag, tent, waterBottle } from "./kinds/outdoors.ts";
import { ball, bicycle, dumbbell, helmet, kettlebell, racket, skateboard, yogaMat } from "./kinds/sports.ts";
import { airFryer, blender, espressoMachine, toaster } from "./kinds/appliances.ts";
import { earbuds, headphones, soundbar, speaker } from "./kinds/audio.ts";
import { keyboard, laptop, monitor, mouse, phone, router, tablet } from "./kinds/computing.ts";
import { chefKnife, coffeeMaker, fryingPan, kettle, mug, saucepan, storageJar } from "./kinds/cookware.ts";
import { cable, camera, charger, powerBank, smartWatch, usbDrive } from "./kinds/gadgets.ts";
import { candle, vase, wallClock } from "./kinds/decor.ts";
import { floorLamp, pendantLamp, tableLamp } from "./kinds/lighting.ts";
import { armchair, diningChair, officeChair, sofa } from "./kinds/seating.ts";
import { bookshelf, desk } from "./kinds/tables.ts";
import { cushion, rug, throwBlanket, towel } from "./kinds/textiles.ts";
import type { Drawer } from "./sketch.ts";

/** Every drawer by the name its pictures' addresses carry. */
export const KINDS: ReadonlyMap<string, Drawer> = new Map([
  ["table-lamp", tableLamp],
  ["floor-lamp", floorLamp],
  ["pendant-lamp", pendantLamp],
  ["armchair", armchair],
  ["sofa", sofa],
  ["dining-chair", diningChair],
  ["office-chair", officeChair],
  ["desk", desk],
  ["bookshelf", bookshelf],
  ["rug", rug],
  ["cushion", cushion],
  ["towel", towel],
  ["throw", throwBlanket],
  ["candle", candle],
  ["vase", vase],
  ["wall-clock", wallClock],
  ["frying-pan", fryingPan],
  ["saucepan", saucepan],
  ["kettle", kettle],
  ["chef-knife", chefKnife],
  ["mug", mug],
  ["coffee-maker", coffeeMaker],
  ["storage-jar", storageJar],
  ["blender", blender],
  ["toaster", toaster],
  ["air-fryer", airFryer],
  ["espresso-machine", espressoMachine],
  ["headphones", headphones],
  ["earbuds", earbuds],
  ["speaker", speaker],
  ["soundbar", soundbar],
  ["laptop", laptop],
  ["phone", phone],
  ["tablet", tablet],
  ["monitor", monitor],
  ["keyboard", keyboard],
  ["mouse", mouse],
  ["router", router],
  ["camera", camera],
  ["smart-watch", smartWatch],
  ["charger", charger],
  ["cable", cable],
  ["power-bank", powerBank],
  ["usb-drive", usbDrive],
  ["backpack", backpack],
  ["handbag", handbag],
  ["suitcase", suitcase],
  ["sunglasses", sunglasses],
  ["watch", watch],
  ["dress", dress],
  ["hat", hat],
  ["jacket", jacket],
  ["sweater", sweater],
  ["trousers", trousers],
  ["t-shirt", tShirt],
  ["boot", boot],
  ["sneaker", sneaker],
  ["camp-stool", campStool],
  ["cooler", cooler],
  ["headlamp", headlamp],
  ["lantern", lantern],
  ["sleeping-bag", sleepingBag],
  ["tent", tent],
  ["water-bottle", waterBottle],
  ["ball", ball],
  ["bicycle", bicycle],
  ["dumbbell", dumbbell],
  ["helmet", helmet],
  ["kettlebell", kettlebell],
  ["racket", racket],
  ["skateboard", skateboard],
  ["yoga-mat", yogaMat],
]);

/** Kinds shown from above or on a wall: they get no floor. */
export const LYING: ReadonlySet<string> = new Set([
  "rug",
  "wall-clock",
  "chef-knife",
  "smart-watch",
  "cable",
  "usb-drive",
  "pendant-lamp",
]);
