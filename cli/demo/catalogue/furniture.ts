import type { TypeGroup } from "../product-type.ts";
import { CALM, METAL, WOOD } from "./colors.ts";

const FABRIC = [
  { value: "linen blend" },
  { value: "bouclé", factor: 1.15, says: "Bouclé yarn gives it a soft, nubbly hand." },
  { value: "velvet", factor: 1.1, says: "The velvet is dense enough to shrug off daily use." },
  {
    value: "recycled polyester",
    factor: 0.9,
    says: "The cover is spun from recycled bottles and resists stains.",
  },
];

export const FURNITURE: TypeGroup = {
  brands: ["Veltrano", "Ostermoor", "Casbrenna", "Solvarden", "Brixholm", "Nordvae"],
  models: [
    [
      "Aksel",
      "Bruna",
      "Corso",
      "Dalby",
      "Elin",
      "Fosse",
      "Greta",
      "Holm",
      "Iver",
      "Jonas",
      "Kaja",
      "Linde",
      "Mattis",
      "Nora",
      "Otto",
      "Runa",
    ],
  ],
  types: [
    {
      slug: "armchair",
      category: ["Furniture", "Seating", "Armchairs"],
      picture: "armchair",
      price: 389,
      nouns: [
        { value: "Armchair", form: 0 },
        { value: "Lounge Chair", form: 0 },
        { value: "Barrel Chair", form: 1, says: "Its curved back wraps around you like a good coat." },
      ],
      colors: CALM,
      accents: ["oak", "walnut", "birch", "black"],
      traits: { material: FABRIC, width: ["30 in", "32 in", { value: "34 in", factor: 1.08 }] },
      titles: ["{noun} in {Material}, {Color}", "{Color} {noun}, {Material}"],
      opening: [
        "A reading chair with arms at the right height for a book.",
        "Deep enough to curl up in, upright enough for a conversation.",
      ],
      details: [
        "Solid {accent} finish legs raise it off the floor, so a vacuum fits under.",
        "The seat is foam over pocket springs and keeps its shape.",
        "It measures {width} across the arms.",
      ],
      closing: ["The legs screw on by hand.", "Covers come off for cleaning.", "Delivered in one box."],
    },
    {
      slug: "sofa",
      category: ["Furniture", "Seating", "Sofas"],
      picture: "sofa",
      price: 1090,
      nouns: [
        { value: "2-Seater Sofa", form: 0, factor: 0.85 },
        { value: "3-Seater Sofa", form: 1 },
        {
          value: "Sofa Bed",
          form: 1,
          factor: 1.2,
          says: "The seat pulls out into a bed for two in one move.",
        },
      ],
      colors: CALM,
      accents: ["oak", "walnut", "brass", "black", "mustard"],
      traits: { material: FABRIC, depth: ["35 in", "38 in"], removable_covers: [true, false] },
      titles: ["{noun} in {Material}, {Color}", "{Color} {Material} {noun}"],
      opening: [
        "A sofa for film nights, naps and more guests than planned.",
        "Clean lines outside, deep comfort inside.",
      ],
      details: [
        "The frame is kiln-dried hardwood, glued and screwed at the corners.",
        "Feather-topped cushions sit on a foam core, so they plump up with a pat.",
        "It is {depth} deep from front to back.",
      ],
      closing: ["Two people assemble it in fifteen minutes.", "Fits through a 30 in door."],
    },
    {
      slug: "dining-chair",
      category: ["Furniture", "Seating", "Dining Chairs"],
      picture: "dining-chair",
      price: 129,
      nouns: [
        { value: "Spindle Dining Chair", form: 0 },
        { value: "Bentwood Dining Chair", form: 1 },
      ],
      colors: [...WOOD, ...WOOD, "black", "white", "sage", "red"],
      accents: ["oak", "ivory", "tan", "charcoal", "walnut"],
      colorKey: "finish",
      traits: {
        material: ["solid beech", "solid ash", { value: "solid oak", factor: 1.25 }],
        set_of: [
          { value: 1, text: "single" },
          { value: 2, text: "Set of 2", factor: 1.9, says: "Sold as a pair." },
          { value: 4, text: "Set of 4", factor: 3.6, says: "Sold as a set of four." },
        ],
      },
      titles: ["{noun}, {Material}, {Finish}", "{Finish} {noun} ({Set_of})"],
      opening: [
        "A chair that people recognise without knowing why.",
        "Light to lift, hard to tip and comfortable through a long dinner.",
      ],
      details: [
        "It is made of {material}, joined without visible screws.",
        "The seat is shaped, so it needs no cushion.",
        "Felt pads protect the floor.",
      ],
      closing: ["Wipe with a damp cloth.", "Tested to carry 260 lb."],
    },
    {
      slug: "desk",
      category: ["Furniture", "Tables", "Desks"],
      picture: "desk",
      price: 329,
      nouns: [
        { value: "Writing Desk", form: 0 },
        { value: "Home Office Desk", form: 1 },
      ],
      colors: [...WOOD, ...WOOD, "white", "sage", "navy"],
      accents: ["black", "walnut", "oak", "brass"],
      colorKey: "finish",
      traits: {
        width: [
          { value: "42 in", factor: 0.85 },
          "48 in",
          { value: "55 in", factor: 1.15 },
          { value: "63 in", factor: 1.3 },
        ],
        drawers: [1, 2],
        cable_tray: [{ value: true, says: "A tray under the top hides chargers and cables." }, false],
      },
      titles: ["{noun}, {width}, {Finish}", "{Finish} {noun} {width}"],
      opening: [
        "Room for a laptop, a lamp and a cup of tea, and not much more: that is the idea.",
        "A desk that does not look like an office.",
      ],
      details: [
        "The top is sealed against rings and ink.",
        "Drawers run on soft-closing slides.",
        "Levelling feet take up an uneven floor.",
      ],
      closing: ["Assembly takes about half an hour.", "Hardware and an Allen key are included."],
    },
    {
      slug: "bookshelf",
      category: ["Furniture", "Storage", "Bookshelves"],
      picture: "bookshelf",
      price: 219,
      nouns: ["4-Tier Bookshelf", "Bookcase", "Tall Bookshelf"],
      colors: [...WOOD, ...WOOD, "white", "navy", "forest", "charcoal"],
      accents: ["terracotta", "brass", "teal", "mustard"],
      colorKey: "finish",
      traits: {
        height: [{ value: "60 in", factor: 0.85 }, "71 in", { value: "79 in", factor: 1.15 }],
        material: [
          "engineered wood",
          { value: "solid pine", factor: 1.25 },
          { value: "oak veneer", factor: 1.15 },
        ],
      },
      titles: ["{noun}, {height}, {Finish}", "{Finish} {noun} in {Material}"],
      opening: [
        "Shelves deep enough for cookbooks and steady enough for all of them.",
        "A bookcase with honest proportions and no bowing in the middle.",
      ],
      details: [
        "Each shelf carries 45 lb.",
        "It stands {height} tall and takes little more than a foot of floor.",
        "The back panel is finished, so it can divide a room.",
      ],
      closing: ["A wall anchor is in the box; please use it.", "Assembly takes an hour for two."],
    },
    {
      slug: "office-chair",
      category: ["Office", "Furniture", "Office Chairs"],
      picture: "office-chair",
      price: 249,
      nouns: [
        {
          value: "Ergonomic Mesh Office Chair",
          form: 0,
          says: "The mesh back breathes through long afternoons.",
        },
        { value: "Office Chair", form: 1 },
        { value: "Task Chair", form: 1, factor: 0.75 },
      ],
      colors: ["black", "graphite", "navy", "sage", "rust", "sand", "teal"],
      accents: METAL,
      traits: {
        lumbar_support: [
          {
            value: true,
            factor: 1.15,
            says: "The lumbar support moves up and down until it fits your back.",
          },
          false,
        ],
        max_load: ["260 lb", "300 lb"],
        armrests: ["fixed", { value: "adjustable", factor: 1.1 }],
      },
      titles: ["{noun} with {Armrests} Armrests, {Color}", "{Color} {noun}"],
      opening: [
        "Sits you straight in the morning and lets you lean back at four.",
        "A chair for people who forget to get up.",
      ],
      details: [
        "Seat height and tilt adjust with two levers.",
        "Soft casters roll quietly on wood and carpet.",
        "The gas lift is rated for {max_load}.",
      ],
      closing: ["Assembly takes twenty minutes; the tool is included.", "Five-year warranty on the frame."],
    },
  ],
};
