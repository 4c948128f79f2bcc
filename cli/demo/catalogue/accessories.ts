import type { TypeGroup } from "../product-type.ts";
import { CLOTH, LEATHER, METAL } from "./colors.ts";

const WHOM = ["women", "men", { value: "unisex", text: "women and men" }];

export const ACCESSORIES: TypeGroup = {
  brands: ["Stridmoor", "Cordavelle", "Threadhollow", "Kestrelle", "Velmontre", "Pinemarch"],
  models: [
    [
      "Avenue",
      "Borough",
      "Canal",
      "District",
      "Essex",
      "Fulham",
      "Garnet",
      "Hudson",
      "Isola",
      "Juneau",
      "Kingsley",
      "Lisbon",
      "Mercer",
      "Nolan",
      "Porto",
      "Varden",
    ],
  ],
  types: [
    {
      slug: "sneaker",
      category: ["Fashion", "Shoes", "Sneakers"],
      picture: "sneaker",
      price: 94,
      colors: CLOTH,
      accents: ["white", "mustard", "navy", "coral", "black", "mint"],
      nouns: [
        { value: "Sneakers", form: 0 },
        {
          value: "Running Shoes",
          form: 1,
          factor: 1.2,
          says: "The foam gives back most of the step it takes.",
        },
        { value: "Canvas Sneakers", form: 2, factor: 0.75 },
      ],
      traits: {
        size: ["US 6", "US 7", "US 8", "US 9", "US 10", "US 11", "US 12"],
        fit: WHOM,
        vegan: [{ value: true, says: "No part of it comes from an animal." }, false],
      },
      titles: ["{noun}, {Color}, {size}", "{Color} {noun} for {Fit}, {size}"],
      opening: [
        "Good for ten thousand steps and for the last bus home.",
        "Light, quiet and easy to keep clean.",
      ],
      details: [
        "The sole is natural rubber, stitched as well as glued.",
        "The insole comes out for washing.",
        "A padded collar spares the heel.",
      ],
      closing: ["Spare laces are in the box.", "Between two sizes, take the larger."],
    },
    {
      slug: "boot",
      category: ["Fashion", "Shoes", "Boots"],
      picture: "boot",
      price: 169,
      colors: [...LEATHER, "forest", "yellow"],
      accents: ["cream", "brown", "black", "tan"],
      nouns: [
        { value: "Lace-Up Boots", form: 0 },
        {
          value: "Chelsea Boots",
          form: 1,
          says: "Elastic at the ankle lets you step in without bending down.",
        },
      ],
      traits: {
        size: ["US 6", "US 7", "US 8", "US 9", "US 10", "US 11"],
        material: [
          "full-grain leather",
          { value: "suede", factor: 0.95 },
          { value: "waxed leather", factor: 1.1 },
        ],
        waterproof: [{ value: true, factor: 1.15, says: "A membrane keeps feet dry in slush." }, false],
      },
      titles: ["{noun} in {Material}, {Color}, {size}", "{Color} {noun}, {size}"],
      opening: ["Boots to be resoled, not replaced.", "For wet streets, dry wit and long winters."],
      details: [
        "The welt is stitched, so a cobbler can renew the sole.",
        "The upper is {material} and molds to the foot within a week.",
        "A lugged rubber sole grips on ice-free pavement and gravel.",
      ],
      closing: ["Brush, then wax twice a season.", "Break them in at home first."],
    },
    {
      slug: "backpack",
      category: ["Fashion", "Bags", "Backpacks"],
      picture: "backpack",
      price: 98,
      colors: [...CLOTH, ...LEATHER],
      accents: ["tan", "camel", "black", "brass", "ivory"],
      nouns: [
        { value: "Backpack", form: 0 },
        {
          value: "Roll-Top Backpack",
          form: 1,
          factor: 1.1,
          says: "The roll top swallows an extra jacket when it must.",
        },
      ],
      traits: {
        capacity: [{ value: "16 l", factor: 0.85 }, "20 l", { value: "26 l", factor: 1.15 }],
        laptop: ["13 in", "15 in", "16 in"],
        waterproof: [{ value: true, factor: 1.15, says: "Welded seams make it waterproof." }, false],
      },
      titles: ["{noun}, {capacity}, {Color}", "{Color} {noun} for {laptop} Laptop"],
      opening: [
        "Carries a working day and the gym after it.",
        "A bag that stands up by itself and sits close to the back.",
      ],
      details: [
        "A padded sleeve takes a laptop of up to {laptop}.",
        "It holds {capacity} in one main room and four pockets.",
        "The straps are shaped, so the weight sits on the shoulders and not on the neck.",
      ],
      closing: ["Wipe clean.", "Lifetime repairs."],
    },
    {
      slug: "handbag",
      category: ["Fashion", "Bags", "Handbags"],
      picture: "handbag",
      price: 159,
      colors: [...LEATHER, "forest", "mustard", "teal", "blush"],
      accents: ["tan", "brown", "brass", "black"],
      nouns: [
        { value: "Tote Bag", form: 0 },
        { value: "Shoulder Bag", form: 1 },
        { value: "Saddle Bag", form: 1, factor: 1.05 },
      ],
      traits: {
        material: [
          {
            value: "full-grain leather",
            factor: 1.3,
            says: "The leather is vegetable-tanned and darkens beautifully.",
          },
          { value: "vegan leather", factor: 0.7, says: "The vegan leather is pressed from apple skins." },
          { value: "waxed canvas", factor: 0.75 },
        ],
      },
      titles: ["{noun} in {Material}, {Color}", "{Color} {Material} {noun}"],
      opening: [
        "Room for a book and a bottle, and still a good line.",
        "The bag that goes to work and stays for dinner.",
      ],
      details: [
        "A zipped pocket inside keeps phone and keys apart.",
        "The handle sits easily in the crook of the arm.",
        "Edges are painted by hand in three coats.",
      ],
      closing: ["Comes in a cotton pouch.", "Keep it from long rain."],
    },
    {
      slug: "suitcase",
      category: ["Travel", "Luggage", "Suitcases"],
      picture: "suitcase",
      price: 189,
      colors: ["black", "navy", "forest", "silver", "mustard", "sand", "coral", "teal", "burgundy"],
      accents: ["black", "tan", "brown", "silver"],
      nouns: [
        "Carry-On Suitcase",
        { value: "Check-In Suitcase", factor: 1.3 },
        { value: "Cabin Trolley", factor: 0.9 },
      ],
      traits: {
        capacity: [{ value: "36 l", factor: 0.9 }, "40 l", { value: "68 l", factor: 1.3 }],
        material: [
          "polycarbonate",
          {
            value: "aluminum",
            factor: 2,
            says: "The aluminum shell collects dents like stamps in a passport.",
          },
          { value: "recycled polypropylene", factor: 0.85 },
        ],
        usb_port: [true, false],
      },
      titles: ["{noun}, {capacity}, {Color}", "{Color} {Material} {noun}, {capacity}"],
      opening: [
        "Rolls beside you on four wheels and a finger.",
        "A case for people who travel light and often.",
      ],
      details: [
        "The lock opens with three digits and is approved for customs.",
        "Inside, straps and a divider hold shirts flat.",
        "The handle stops at three heights.",
      ],
      closing: ["Wheels can be changed at home.", "Ten-year guarantee."],
    },
    {
      slug: "sunglasses",
      category: ["Fashion", "Accessories", "Sunglasses"],
      picture: "sunglasses",
      price: 78,
      colors: ["black", "brown", "navy", "forest", "amber", "burgundy", "clear", "olive"],
      accents: ["amber", "grey", "green", "blue", "brown"],
      colorKey: "frame",
      nouns: [
        { value: "Sunglasses", form: 0 },
        { value: "Round Sunglasses", form: 1 },
      ],
      traits: {
        lens: [
          "UV400",
          {
            value: "polarized",
            factor: 1.3,
            says: "Polarized lenses take the glare off water and wet roads.",
          },
        ],
        material: ["acetate", { value: "recycled nylon", factor: 0.85 }],
      },
      titles: ["{noun}, {Frame} Frame, {Lens}", "{Frame} {noun} in {Material}"],
      opening: [
        "A frame that flatters more faces than it should.",
        "For low sun, high roads and long lunches.",
      ],
      details: [
        "The hinges have five barrels and do not loosen.",
        "Lenses block all UV light.",
        "The frame is cut from {material} and polished for two days.",
      ],
      closing: ["Case and cloth are in the box.", "Can be fitted with prescription lenses."],
    },
    {
      slug: "watch",
      category: ["Fashion", "Accessories", "Watches"],
      picture: "watch",
      price: 179,
      colors: LEATHER,
      accents: METAL.concat("gold", "silver"),
      colorKey: "strap",
      nouns: [
        { value: "Watch, White Dial", form: 0 },
        { value: "Watch, Dark Dial", form: 1 },
      ],
      traits: {
        case_size: ["36 mm", "38 mm", "40 mm"],
        movement: [
          "quartz",
          { value: "automatic", factor: 2.1, says: "The automatic movement winds itself as you walk." },
        ],
        waterproof: [true],
      },
      titles: ["{Movement} {noun}, {case_size}, {Strap} Strap", "{case_size} {noun}, {Strap} Leather"],
      opening: [
        "A watch for every day that does not ask for attention.",
        "Thin enough for a cuff, clear enough to read at night.",
      ],
      details: [
        "The crystal is sapphire and the case brushed in {accent}.",
        "The leather strap changes without tools.",
        "It is water resistant to 50 m.",
      ],
      closing: ["Comes in a travel pouch.", "Two-year warranty."],
    },
  ],
};
