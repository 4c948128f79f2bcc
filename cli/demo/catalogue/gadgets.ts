import type { TypeGroup } from "../product-type.ts";
import { LEATHER, TECH } from "./colors.ts";

export const GADGETS: TypeGroup = {
  brands: ["Kaptura", "Fluxbourne", "Voltaryn", "Lynkora", "Ombrevale", "Pixelmoor"],
  models: [["Volt", "Spark", "Trek", "Beam", "Loop", "Dash", "Amber", "Point", "Zen", "Link"], ["10", "20", "30", "65", "100", "Mini", "Duo", "Max", "Z"]],
  types: [
    {
      slug: "camera", category: ["Electronics", "Cameras", "Mirrorless Cameras"], picture: "camera", price: 899, colors: ["black", "brown", "tan", "navy", "forest", "white"], accents: ["steel", "silver", "black"],
      nouns: [{ value: "Mirrorless Camera", form: 0 }, { value: "Rangefinder Camera", form: 1, factor: 1.3 }, { value: "Compact Camera", form: 1, factor: 0.7 }],
      traits: { resolution: ["20 MP", "26 MP", { value: "40 MP", factor: 1.4, says: "At 40 MP there is room to crop and still print large." }], video: ["4K", { value: "6K", factor: 1.2 }], waterproof: [{ value: true, factor: 1.15, says: "Seals keep out rain and dust." }, false] },
      titles: ["{noun}, {resolution}, {Color}", "{Color} {noun} {resolution}, {video} Video"],
      opening: ["Dials where your fingers expect them, and a shutter you can hear.", "A camera that makes you want to go for a walk."],
      details: ["It shoots {resolution} stills and {video} video.", "Focus finds eyes of people, dogs and birds.", "The battery lasts 400 frames and charges over USB-C."],
      closing: ["In the box: strap, battery and USB-C cable.", "Lenses sold separately unless the kit says so."],
    },
    {
      slug: "smart-watch", category: ["Electronics", "Wearables", "Smartwatches"], picture: "smart-watch", price: 229, colors: [...TECH, ...LEATHER], accents: ["silver", "black", "gold", "graphite", "rose"], colorKey: "strap",
      nouns: [{ value: "Smartwatch", form: 0 }, { value: "Round Smartwatch", form: 1 }, { value: "GPS Sports Watch", form: 1, factor: 1.25, says: "It locks on to satellites in seconds, even between houses." }],
      traits: { case_size: ["40 mm", "44 mm"], battery_life: [{ value: "2 days", factor: 0.85 }, "7 days", { value: "14 days", factor: 1.2 }], waterproof: [true], heart_rate: [true] },
      titles: ["{noun}, {case_size}, {Strap} Strap", "{case_size} {noun}, {Strap}"],
      opening: ["Your day at a glance and your night in a graph.", "A watch first, a computer second."],
      details: ["Heart rate, sleep and forty sports are read without a phone.", "A charge lasts {battery_life}.", "It is water resistant to 50 m, so swim with it."],
      closing: ["The strap changes without tools.", "Works with both kinds of phone."],
    },
    {
      slug: "charger", category: ["Electronics", "Accessories", "Chargers"], picture: "charger", price: 34, colors: TECH, accents: ["white", "black", "silver", "mint"],
      nouns: [{ value: "USB-C Charger", form: 0 }, { value: "Dual USB-C Charger", form: 1, factor: 1.25 }, { value: "3-Port USB-C Wall Charger", form: 2, factor: 1.5 }],
      traits: { wattage: [{ value: 30, text: "30 W", factor: 0.7 }, { value: 65, text: "65 W" }, { value: 100, text: "100 W", factor: 1.5, says: "100 W is enough for a large laptop." }], technology: ["GaN"], foldable_plug: [true, false] },
      titles: ["{wattage} {noun}, {Color}", "{noun}, {wattage}, GaN"],
      opening: ["One small block instead of three large ones.", "A phone to half in half an hour."],
      details: ["Gallium nitride keeps it cool and pocket-sized.", "It shares up to {wattage} among what is plugged in.", "Current, heat and voltage are watched all the time."],
      closing: ["A USB-C cable is in the box.", "100 to 240 V, for any country with an adapter."],
    },
    {
      slug: "cable", category: ["Electronics", "Accessories", "Cables"], picture: "cable", price: 16, colors: [...TECH, "coral", "mustard", "teal", "lavender"], accents: ["silver", "graphite", "black", "gold"],
      nouns: ["USB-C to USB-C Cable", "USB-C Charging Cable", { value: "Thunderbolt Cable", factor: 2.2, says: "It carries 40 Gbps and two 4K screens." }],
      traits: { length: [{ value: "3 ft", factor: 0.8 }, "6 ft", { value: "10 ft", factor: 1.3 }], power: [{ value: "60 W" }, { value: "100 W", factor: 1.2 }, { value: "240 W", factor: 1.5 }], braided: [{ value: true, factor: 1.15, says: "The sleeve is braided nylon and does not kink." }, false] },
      titles: ["{noun}, {length}, {power}, {Color}", "{length} {noun} {Color}"],
      opening: ["The cable you will not lend out.", "Long enough for the sofa, tidy enough for the bag."],
      details: ["It is {length} long and rated for {power}.", "The ends are bent 30,000 times before we sell a batch.", "A strap keeps it coiled."],
      closing: ["Lifetime replacement.", "Ships in paper, without plastic."],
    },
    {
      slug: "power-bank", category: ["Electronics", "Accessories", "Power Banks"], picture: "power-bank", price: 49, colors: [...TECH, "teal", "lavender"], accents: ["mustard", "mint", "silver", "coral"],
      nouns: ["Power Bank", "Portable Charger", "USB-C Power Bank"],
      traits: { capacity: [{ value: "10000 mAh", factor: 0.7 }, "20000 mAh", { value: "26800 mAh", factor: 1.4 }], wattage: [{ value: 20, text: "20 W", factor: 0.85 }, { value: 45, text: "45 W" }, { value: 65, text: "65 W", factor: 1.25, says: "It even charges a laptop on the way." }], wireless: [{ value: true, factor: 1.2, says: "Lay a phone on top to charge it without a cable." }, false] },
      titles: ["{noun}, {capacity}, {wattage}, {Color}", "{capacity} {noun} {Color}"],
      opening: ["Two days away from a socket, without worry.", "Slim enough for a jacket, strong enough for a weekend."],
      details: ["It holds {capacity} and gives up to {wattage}.", "Four lights show what is left.", "It charges itself and a phone at once."],
      closing: ["Allowed in cabin luggage.", "A USB-C cable is in the box."],
    },
    {
      slug: "usb-drive", category: ["Electronics", "Storage", "USB Drives"], picture: "usb-drive", price: 19, colors: [...TECH, "red", "mustard"], accents: ["silver", "white", "black", "coral"],
      nouns: ["USB Flash Drive", "USB 3.2 Flash Drive", { value: "USB-C Flash Drive", factor: 1.15 }],
      traits: { capacity: [{ value: "16 GB", factor: 0.5 }, { value: "32 GB", factor: 0.65 }, { value: "64 GB", factor: 0.8 }, "128 GB", { value: "256 GB", factor: 1.8 }], read_speed: ["150 MB/s", { value: "400 MB/s", factor: 1.4 }], encrypted: [{ value: true, factor: 1.3, says: "A password locks the files by hardware." }, false] },
      titles: ["{noun}, {capacity}", "{capacity} {noun}, {read_speed}, {Color}"],
      opening: ["For the files that should not live in a cloud.", "Small, solid and there when you need it."],
      details: ["It reads at up to {read_speed}.", "The metal sleeve survives a key ring.", "A loop takes a cord."],
      closing: ["Works without a driver.", "Five-year warranty."],
    },
  ],
};
