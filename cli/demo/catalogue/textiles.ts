import type { TypeGroup } from "../product-type.ts";
import { CALM } from "./colors.ts";

const THREAD = ["ivory", "mustard", "terracotta", "sage", "navy", "cream"];

export const TEXTILES: TypeGroup = {
  brands: ["Havenloom", "Morrowthread", "Tavelund", "Halmera", "Elmstitch"],
  models: [
    [
      "Asta",
      "Bela",
      "Dune",
      "Esker",
      "Fenna",
      "Heath",
      "Isla",
      "Juniper",
      "Karoo",
      "Loma",
      "Moss",
      "Oslin",
      "Prairie",
      "Saga",
      "Tindra",
      "Willa",
    ],
  ],
  types: [
    {
      slug: "rug",
      category: ["Home", "Textiles", "Rugs"],
      picture: "rug",
      price: 179,
      colors: CALM,
      accents: THREAD,
      nouns: [
        { value: "Striped Rug", form: 0 },
        { value: "Diamond Rug", form: 1 },
        { value: "Medallion Rug", form: 2, factor: 1.2 },
      ],
      traits: {
        material: [
          {
            value: "wool",
            factor: 1.4,
            says: "Wool sheds dirt by itself and springs back after furniture has stood on it.",
          },
          { value: "cotton", factor: 0.8, says: "The cotton is flat-woven, so both sides can be used." },
          { value: "jute", factor: 0.9, says: "Jute brings a warm, grassy texture underfoot." },
        ],
        size: [{ value: "4 x 6 ft", factor: 0.6 }, "5 x 8 ft", { value: "8 x 10 ft", factor: 1.9 }],
      },
      titles: ["{Material} {noun}, {size}, {Color}", "{Color} {noun} {size}"],
      opening: [
        "A rug that pulls a room together without shouting.",
        "Woven by hand on a wide loom, with fringes left as they come off it.",
      ],
      details: [
        "The dyes are set to hold their color in a sunny room.",
        "It lies flat from the first day.",
        "At {size} it suits a seating corner or a bedside.",
      ],
      closing: ["Vacuum without the brush.", "A rug pad is recommended on smooth floors."],
    },
    {
      slug: "cushion",
      category: ["Home", "Textiles", "Cushions"],
      picture: "cushion",
      price: 34,
      colors: CALM,
      accents: THREAD,
      nouns: [
        { value: "Striped Throw Pillow", form: 0 },
        { value: "Dotted Throw Pillow", form: 1 },
        { value: "Embroidered Cushion", form: 2, factor: 1.3 },
        { value: "Plain Cushion Cover", form: 3, factor: 0.7 },
      ],
      traits: {
        material: ["linen", "cotton", { value: "velvet", factor: 1.2 }],
        size: [{ value: "16 x 16 in", factor: 0.85 }, "18 x 18 in", { value: "20 x 20 in", factor: 1.15 }],
      },
      titles: ["{noun}, {size}, {Color}", "{Color} {Material} {noun} {size}"],
      opening: ["The quickest way to change a sofa.", "Soft, full and finished on both sides."],
      details: [
        "The cover is {material} with a hidden zipper.",
        "It measures {size}.",
        "Colors are matched across the collection, so two or three go together.",
      ],
      closing: ["Cover machine washable at 86 °F.", "Turn inside out before washing."],
    },
    {
      slug: "throw",
      category: ["Home", "Textiles", "Throws"],
      picture: "throw",
      price: 68,
      colors: CALM,
      accents: THREAD,
      nouns: [
        { value: "Striped Throw Blanket", form: 0 },
        { value: "Plaid Throw Blanket", form: 1 },
      ],
      traits: {
        material: [
          { value: "lambswool", factor: 1.4, says: "Lambswool is warm without weight and does not itch." },
          "cotton",
          {
            value: "recycled wool",
            factor: 1.1,
            says: "The yarn is spun from the offcuts of a knitwear mill.",
          },
        ],
        size: ["50 x 60 in", { value: "55 x 75 in", factor: 1.2 }],
      },
      titles: ["{Material} {noun}, {Color}", "{Color} {noun}, {size}"],
      opening: [
        "For the arm of the sofa, the foot of the bed and the first cold evening.",
        "A blanket you will carry from room to room.",
      ],
      details: ["The fringes are knotted by hand.", "It is {size}, enough for two who sit close."],
      closing: [
        "Wash cool with wool detergent and dry flat.",
        "Air it outdoors instead of washing it often.",
      ],
    },
  ],
};
