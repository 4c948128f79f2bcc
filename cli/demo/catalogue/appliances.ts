import type { TypeGroup } from "../product-type.ts";
import { ENAMEL, METAL } from "./colors.ts";

export const APPLIANCES: TypeGroup = {
  brands: ["Kettlebrae", "Brewhollow", "Voltaryn", "Tornquell", "Simmerfold"],
  models: [
    ["Aria", "Brio", "Duetto", "Nova", "Retro", "Studio", "Vela", "Moka", "Presto"],
    ["200", "300", "450", "S", "Plus", "Max"],
  ],
  types: [
    {
      slug: "kettle",
      category: ["Kitchen", "Appliances", "Kettles"],
      picture: "kettle",
      price: 62,
      colors: ENAMEL,
      accents: ["oak", "walnut", "black", "brass"],
      nouns: [
        {
          value: "Stovetop Kettle",
          form: 0,
          factor: 0.8,
          says: "It whistles when it boils, so you can leave the room.",
        },
        {
          value: "Electric Kettle",
          form: 1,
          says: "It boils a full pot in under five minutes and switches itself off.",
        },
      ],
      traits: {
        capacity: [{ value: "1 l", factor: 0.85 }, "1.5 l", { value: "1.7 l", factor: 1.1 }],
        material: ["stainless steel"],
      },
      titles: ["{noun}, {capacity}, {Color}", "{Color} {noun} {capacity}"],
      opening: [
        "The first thing on in the morning should be nice to look at.",
        "A kettle with a spout that pours where you aim.",
      ],
      details: [
        "The inside is bare stainless steel, with no plastic in touch with the water.",
        "It holds {capacity}.",
        "The handle stays cool.",
      ],
      closing: ["Descale once a month in hard-water areas.", "Two-year warranty."],
    },
    {
      slug: "blender",
      category: ["Kitchen", "Appliances", "Blenders"],
      picture: "blender",
      price: 89,
      colors: ENAMEL,
      accents: ["mustard", "coral", "lime", "pink"],
      nouns: ["Blender", "Countertop Blender", "Smoothie Blender"],
      traits: {
        wattage: [
          { value: 600, text: "600 W", factor: 0.8 },
          { value: 900, text: "900 W" },
          {
            value: 1400,
            text: "1400 W",
            factor: 1.5,
            says: "The motor crushes ice and frozen fruit without a pause.",
          },
        ],
        capacity: ["1.5 l", { value: "1.8 l", factor: 1.1 }],
      },
      titles: ["{noun}, {wattage}, {Color}", "{Color} {noun} {capacity}, {wattage}"],
      opening: [
        "From soup to smoothie in under a minute.",
        "Strong where it matters and simple everywhere else.",
      ],
      details: [
        "Four steel blades fold everything back into the middle.",
        "The jug takes {capacity} and is marked inside.",
        "One dial, three speeds and a pulse.",
      ],
      closing: ["Blend a drop of soap with warm water to clean it.", "Jug and lid are dishwasher safe."],
    },
    {
      slug: "toaster",
      category: ["Kitchen", "Appliances", "Toasters"],
      picture: "toaster",
      price: 58,
      colors: ENAMEL,
      accents: METAL,
      nouns: [
        { value: "2-Slice Toaster", form: 0 },
        {
          value: "Long-Slot Toaster",
          form: 1,
          factor: 1.15,
          says: "The long slot takes a slice of any loaf, cut as you like.",
        },
      ],
      traits: {
        wattage: [
          { value: 850, text: "850 W" },
          { value: 1000, text: "1000 W", factor: 1.1 },
        ],
        bagel_mode: [
          { value: true, says: "A bagel button browns one side and only warms the other." },
          false,
        ],
      },
      titles: ["{noun}, {Color}", "{Color} {noun}, {wattage}"],
      opening: ["Even toast, every slice, both sides.", "A toaster you do not need to hide."],
      details: [
        "Seven levels of browning, and defrost.",
        "The crumb tray slides out at the back.",
        "The lift rises high enough for a crumpet.",
      ],
      closing: ["Wipe with a soft cloth.", "Two-year warranty."],
    },
    {
      slug: "air-fryer",
      category: ["Kitchen", "Appliances", "Air Fryers"],
      picture: "air-fryer",
      price: 119,
      colors: ["black", "charcoal", "cream", "sage", "navy", "white"],
      accents: ["copper", "steel", "brass", "oak"],
      nouns: ["Air Fryer", "Digital Air Fryer"],
      traits: {
        capacity: [{ value: "3.5 l", factor: 0.75 }, "5 l", { value: "7 l", factor: 1.35 }],
        wattage: [
          { value: 1500, text: "1500 W" },
          { value: 1800, text: "1800 W", factor: 1.1 },
        ],
        smart: [
          { value: true, factor: 1.2, says: "Recipes come over wi-fi and set time and heat by themselves." },
          false,
        ],
      },
      titles: ["{noun}, {capacity}, {Color}", "{Color} {noun} {capacity}, {wattage}"],
      opening: [
        "Crisp fries and roast vegetables with a spoon of oil.",
        "An oven for people who do not want to heat an oven.",
      ],
      details: [
        "Hot air circles the basket from 170 to 400 °F.",
        "The drawer holds {capacity}.",
        "Eight programs cover most of what a weekday asks for.",
      ],
      closing: ["Basket and rack are dishwasher safe.", "A booklet with forty recipes is in the box."],
    },
    {
      slug: "espresso-machine",
      category: ["Kitchen", "Coffee and Tea", "Espresso Machines"],
      picture: "espresso-machine",
      price: 429,
      colors: ["black", "steel", "cream", "red", "sage", "navy"],
      accents: ["walnut", "black", "oak"],
      nouns: ["Espresso Machine", "Espresso Machine with Milk Frother"],
      traits: {
        pressure: ["9 bar", { value: "15 bar", factor: 0.85 }],
        boiler: [
          "single",
          { value: "dual", factor: 1.6, says: "Two boilers let you pull a shot and steam milk at once." },
        ],
        water_tank: ["1.8 l", "2.5 l"],
      },
      titles: ["{noun}, {pressure}, {Color}", "{Color} {noun}, {Boiler} Boiler"],
      opening: [
        "A café's espresso in the space of a bread box.",
        "Fast to heat, steady in temperature and a pleasure to use.",
      ],
      details: [
        "The {accent} handle sits well in the hand.",
        "The water tank holds {water_tank} and lifts out.",
        "The steam wand turns through a half circle.",
      ],
      closing: ["Comes with two baskets and a tamper.", "Backflush once a week."],
    },
  ],
};
