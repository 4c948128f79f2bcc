import type { TypeGroup } from "../product-type.ts";
import { CLOTH } from "./colors.ts";

const SIZES = ["XS", "S", "M", "L", "XL", "XXL"];
const FIT = ["women", "men", { value: "unisex", text: "women and men" }];
const CONTRAST = ["ivory", "mustard", "navy", "rust", "white", "coral"];

export const FASHION: TypeGroup = {
  brands: [
    "Morrowthread",
    "Elmstitch",
    "Cordavelle",
    "Pinemarch",
    "Lacewynd",
    "Velmontre",
    "Kestrelle",
    "Wendmarrow",
  ],
  models: [
    [
      "Harbor",
      "Linden",
      "Arden",
      "Sutton",
      "Rowan",
      "Ellis",
      "Marin",
      "Quinn",
      "Thea",
      "Blythe",
      "Emery",
      "Hale",
      "Juno",
      "Wren",
      "Soren",
      "Calla",
    ],
  ],
  types: [
    {
      slug: "t-shirt",
      category: ["Fashion", "Clothing", "T-Shirts"],
      picture: "t-shirt",
      price: 26,
      colors: CLOTH,
      accents: CONTRAST,
      nouns: [
        { value: "Graphic T-Shirt", form: 0 },
        { value: "Striped T-Shirt", form: 1 },
        { value: "Pocket T-Shirt", form: 2 },
        { value: "Crew Neck T-Shirt", form: 3 },
      ],
      traits: {
        material: [
          { value: "organic cotton", factor: 1.1 },
          "cotton",
          {
            value: "cotton and hemp",
            factor: 1.2,
            says: "Hemp in the blend makes it tougher and lets it breathe.",
          },
        ],
        size: SIZES,
        fit: FIT,
      },
      titles: [
        "{noun}, {Color}, Size {size}",
        "{Color} {Material} {noun}, {size}",
        "{noun} for {Fit}, {Color}, {size}",
      ],
      opening: [
        "The T-shirt you buy twice.",
        "Soft from the first wear, and after the fiftieth wash.",
        "A plain good shirt, cut straight and sewn to last.",
      ],
      details: [
        "The jersey weighs 180 gsm: not thin, not stiff.",
        "Shoulder seams are taped, so it keeps its shape.",
        "It is cut for {fit} and falls true to size.",
      ],
      closing: ["Machine wash cold with like colors.", "Pre-shrunk."],
    },
    {
      slug: "sweater",
      category: ["Fashion", "Clothing", "Knitwear"],
      picture: "sweater",
      price: 79,
      colors: CLOTH,
      accents: CONTRAST,
      nouns: [
        { value: "Crew Neck Sweater", form: 0 },
        { value: "Hoodie", form: 1, factor: 0.8, says: "The hood is lined and lies flat under a coat." },
      ],
      traits: {
        material: [
          { value: "cotton", factor: 0.8 },
          {
            value: "merino wool",
            factor: 1.3,
            says: "Merino keeps you warm without itching and airs out overnight.",
          },
          { value: "recycled cotton", factor: 0.85 },
        ],
        size: SIZES,
        fit: FIT,
      },
      titles: [
        "{Material} {noun}, {Color}, Size {size}",
        "{Color} {noun}, {size}",
        "{noun} for {Fit}, {Color}, {size}",
      ],
      opening: ["The layer for three seasons out of four.", "Warm, easy and good with everything you own."],
      details: [
        "Ribbed cuffs and hem hold where they should.",
        "It is made of {material} and cut for {fit}.",
        "The seams are linked, not overlocked, and lie flat.",
      ],
      closing: ["Wash inside out at 86 °F and dry flat.", "Falls true to size."],
    },
    {
      slug: "jacket",
      category: ["Fashion", "Clothing", "Jackets"],
      picture: "jacket",
      price: 149,
      colors: CLOTH,
      accents: ["brass", "steel", "copper", "black"],
      nouns: [
        {
          value: "Quilted Jacket",
          form: 0,
          says: "The padding is spun from recycled bottles and warm even when damp.",
        },
        { value: "Field Jacket", form: 1 },
        {
          value: "Chore Coat",
          form: 2,
          factor: 0.85,
          says: "Buttons are corozo nut and sewn on with a shank.",
        },
      ],
      traits: {
        material: ["waxed cotton", "recycled nylon", "cotton canvas"],
        size: SIZES,
        fit: FIT,
        waterproof: [
          { value: true, factor: 1.2, says: "Taped seams keep out a proper downpour." },
          false,
          false,
        ],
      },
      titles: [
        "{noun}, {Color}, Size {size}",
        "{Color} {Material} {noun}, {size}",
        "{noun} for {Fit}, {Color}, {size}",
      ],
      opening: [
        "For the months when a coat is too much and a shirt too little.",
        "A jacket that ages well and forgives a lot.",
      ],
      details: [
        "The shell is {material}.",
        "Four pockets take keys, phone, gloves and a paperback.",
        "There is room for a sweater underneath.",
      ],
      closing: ["Hang to dry.", "Repairs are free in the first two years."],
    },
    {
      slug: "dress",
      category: ["Fashion", "Clothing", "Dresses"],
      picture: "dress",
      price: 89,
      colors: CLOTH,
      accents: CONTRAST,
      nouns: [
        { value: "Midi Dress", form: 0 },
        { value: "Wrap Dress", form: 1 },
        { value: "Summer Dress", form: 2, factor: 0.85 },
      ],
      traits: {
        material: [
          {
            value: "linen",
            factor: 1.15,
            says: "Linen is cool on the skin and looks better a little creased.",
          },
          "viscose",
          "cotton poplin",
        ],
        size: SIZES,
        pockets: [{ value: true, says: "And it has pockets." }, false],
      },
      titles: ["{noun} in {Material}, {Color}, Size {size}", "{Color} {noun}, {size}"],
      opening: ["Dressed in one move, from breakfast to dinner.", "A dress that turns when you do."],
      details: [
        "The waist is shaped and the skirt moves freely.",
        "It is made of {material} and lined where it needs to be.",
        "Straps and neckline stay put.",
      ],
      closing: ["Wash at 86 °F, iron while damp.", "Falls true to size."],
    },
    {
      slug: "trousers",
      category: ["Fashion", "Clothing", "Pants"],
      picture: "trousers",
      price: 74,
      colors: ["denim", "navy", "black", "sand", "olive", "brown", "grey", "indigo", "rust"],
      accents: ["copper", "brass", "steel"],
      nouns: [
        { value: "Straight Jeans", form: 0 },
        { value: "Chinos", form: 0, factor: 0.9 },
        { value: "Wide-Leg Pants", form: 1, factor: 1.05 },
      ],
      traits: {
        waist: ["28 in", "30 in", "32 in", "34 in", "36 in"],
        length: ["30 in", "32 in", "34 in"],
        fit: FIT,
        stretch: [{ value: true, says: "Two percent elastane gives when you sit." }, false],
      },
      titles: ["{noun}, {Color}, {waist} x {length}", "{Color} {noun} for {Fit}, {waist} Waist"],
      opening: [
        "Pants that look right with sneakers and with good shoes.",
        "A clean leg, a firm cloth and no logo.",
      ],
      details: [
        "The cloth is woven at 12 oz and softens with wear.",
        "Pockets are deep enough for a phone.",
        "Stress points are bar-tacked.",
      ],
      closing: ["Wash inside out, cold, and not too often.", "Free hemming kit in the box."],
    },
    {
      slug: "hat",
      category: ["Fashion", "Accessories", "Hats"],
      picture: "hat",
      price: 32,
      colors: CLOTH,
      accents: ["tan", "ivory", "rust", "mustard", "navy"],
      nouns: [
        { value: "Cap", form: 0 },
        { value: "Beanie", form: 1, factor: 0.9, says: "The pompom snaps off for washing." },
      ],
      traits: {
        material: ["cotton", { value: "merino wool", factor: 1.25 }, "recycled polyester"],
        size: ["one size", "S/M", "L/XL"],
      },
      titles: ["{Material} {noun}, {Color}", "{Color} {noun}, {Size}"],
      opening: [
        "Keeps the weather off and your hair in place.",
        "Sits well, packs flat, goes with everything.",
      ],
      details: [
        "It is made of {material}.",
        "A soft band inside keeps it from itching.",
        "The fit adjusts to most heads.",
      ],
      closing: ["Wash by hand.", "Comes in a paper sleeve."],
    },
  ],
};
