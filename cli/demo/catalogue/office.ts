import type { TypeGroup } from "../product-type.ts";
import { COVER, METAL, WOOD } from "./colors.ts";

export const OFFICE: TypeGroup = {
  brands: ["Foliogram", "Scrivelle", "Deskmarl", "Margaline", "Pennarch"],
  models: [
    [
      "Atlas",
      "Brief",
      "Column",
      "Draft",
      "Essay",
      "Folio",
      "Ledger",
      "Memo",
      "Quarto",
      "Sonnet",
      "Thesis",
      "Verso",
    ],
  ],
  types: [
    {
      slug: "notebook",
      category: ["Office", "Stationery", "Notebooks"],
      picture: "notebook",
      price: 19,
      colors: COVER,
      accents: ["mustard", "coral", "navy", "copper", "ivory"],
      nouns: [
        { value: "Notebook", form: 0 },
        { value: "Spiral Notebook", form: 1, factor: 0.8, says: "It folds right back on itself." },
      ],
      traits: {
        size: [{ value: "A6", factor: 0.75 }, "A5", { value: "B5", factor: 1.2 }],
        ruling: ["dotted", "lined", "plain", "grid"],
        pages: [
          { value: 160, text: "160 pages" },
          { value: 240, text: "240 pages", factor: 1.2 },
        ],
      },
      titles: ["{noun}, {size}, {Ruling}, {Color}", "{Color} {Ruling} {noun} {size}"],
      opening: ["Paper worth a good pen.", "For lists, plans and the first line of something longer."],
      details: [
        "The {ruling} pages are 100 gsm and do not let ink through.",
        "There are {pages}, numbered, with an index in front.",
        "The cover is cloth over board and takes some rain.",
      ],
      closing: ["Made of paper from managed forests.", "With a sheet of stickers."],
    },
    {
      slug: "pen",
      category: ["Office", "Stationery", "Pens"],
      picture: "pen",
      price: 38,
      colors: [...COVER, "black", "copper"],
      accents: ["gold", "silver", "copper", "brass"],
      nouns: [
        { value: "Fountain Pen", form: 0, factor: 1.3 },
        { value: "Ballpoint Pen", form: 1, factor: 0.7 },
        { value: "Rollerball Pen", form: 1 },
      ],
      traits: {
        tip: ["fine", "medium", { value: "broad", factor: 1.05 }],
        material: [
          "resin",
          { value: "brass", factor: 1.4, says: "The brass body has a good weight and a patina to come." },
          { value: "aluminum", factor: 1.1 },
        ],
      },
      titles: ["{noun}, {Tip}, {Color}", "{Color} {Material} {noun}, {Tip} Tip"],
      opening: ["Makes handwriting look intended.", "A pen to sign with, and to doodle with."],
      details: [
        "The {tip} tip starts at once, even after a week.",
        "It is balanced with the cap on and off.",
        "It takes standard refills.",
      ],
      closing: ["One refill in black and one in blue are in the box.", "In a gift box."],
    },
    {
      slug: "desk-organizer",
      category: ["Office", "Desk Accessories", "Organizers"],
      picture: "desk-organizer",
      price: 36,
      colors: [...WOOD, "white", "charcoal", "sage", "navy", "blush"],
      accents: METAL,
      nouns: ["Desk Organizer", "Desk Organizer with Drawer", "Pen and Paper Holder"],
      traits: {
        material: ["bamboo", { value: "powder-coated steel", factor: 1.1 }, { value: "felt", factor: 0.85 }],
        compartments: [3, 4, 5],
      },
      titles: ["{noun}, {Color}", "{Color} {Material} {noun}"],
      opening: ["A place for everything that has none.", "Clears a desk in a minute."],
      details: [
        "It is made of {material}, with {compartments} compartments.",
        "The drawer hides what you do not want to see.",
        "Soft feet keep it still.",
      ],
      closing: ["Arrives assembled.", "Wipe with a damp cloth."],
    },
  ],
};
