import type { TypeGroup } from "../product-type.ts";
import { CALM, ENAMEL, METAL } from "./colors.ts";

export const KITCHEN: TypeGroup = {
  brands: ["Ferrodine", "Kettlebrae", "Pannora", "Cuivrelle", "Oldgrate", "Simmerfold", "Tornquell"],
  models: [
    [
      "Hearth",
      "Brasa",
      "Fonda",
      "Mesa",
      "Cortina",
      "Grove",
      "Rialto",
      "Tove",
      "Umbria",
      "Pico",
      "Salto",
      "Ember",
      "Classic",
      "Maison",
    ],
    ["", "", "", "II", "Pro"],
  ],
  types: [
    {
      slug: "frying-pan",
      category: ["Kitchen", "Cookware", "Frying Pans"],
      picture: "frying-pan",
      price: 54,
      colors: ["charcoal", "black", "red", "navy", "teal", "cream"],
      accents: ["oak", "walnut", "black"],
      nouns: [
        { value: "Frying Pan", form: 1 },
        { value: "Frying Pan with Wooden Handle", form: 0, factor: 1.1 },
        { value: "Skillet", form: 1 },
      ],
      traits: {
        diameter: [{ value: "8 in", factor: 0.75 }, "10 in", { value: "12 in", factor: 1.25 }],
        material: [
          { value: "cast iron", says: "Cast iron holds its heat, so a cold steak does not cool the pan." },
          {
            value: "carbon steel",
            factor: 1.1,
            says: "Carbon steel seasons like cast iron and weighs half as much.",
          },
          {
            value: "ceramic nonstick",
            factor: 0.9,
            says: "The ceramic coating is free of PFAS and lets eggs slide.",
          },
        ],
        induction: [true],
      },
      titles: ["{Material} {noun}, {diameter}", "{diameter} {noun}, {Material}, {Color}"],
      opening: [
        "The pan for eggs on weekdays and steaks on Saturdays.",
        "One good pan beats a cupboard of thin ones.",
      ],
      details: [
        "It works on gas, electric and induction hobs.",
        "The rim pours cleanly on both sides.",
        "The handle is fixed with steel rivets.",
      ],
      closing: ["Wash by hand and dry at once.", "Heat it slowly for the first use."],
    },
    {
      slug: "saucepan",
      category: ["Kitchen", "Cookware", "Pots"],
      picture: "saucepan",
      price: 128,
      colors: ENAMEL,
      accents: METAL,
      nouns: [
        { value: "Dutch Oven", form: 0 },
        { value: "Casserole", form: 1, factor: 0.9 },
      ],
      traits: {
        capacity: [
          { value: "3 qt", factor: 0.7 },
          { value: "4.5 qt", factor: 0.9 },
          "5.5 qt",
          { value: "7 qt", factor: 1.3 },
        ],
        material: [
          {
            value: "enameled cast iron",
            says: "Three coats of enamel keep acids and rust away from the iron.",
          },
        ],
        induction: [true],
      },
      titles: ["{noun}, {Material}, {capacity}, {Color}", "{Color} {noun} {capacity}"],
      opening: [
        "For stews, soups and bread with a crust that sings.",
        "A heavy pot that goes from the stove to the oven to the table.",
      ],
      details: [
        "The lid is dimpled, so moisture drips back evenly.",
        "Its {accent} knob is safe to 500 °F.",
        "At {capacity} it feeds a family and leaves something for lunch.",
      ],
      closing: ["Dishwasher safe, though washing by hand keeps the shine.", "Ten-year guarantee."],
    },
    {
      slug: "chef-knife",
      category: ["Kitchen", "Knives", "Kitchen Knives"],
      picture: "chef-knife",
      price: 72,
      colors: ["walnut", "black", "oak", "navy", "burgundy", "charcoal"],
      accents: ["brass", "steel"],
      colorKey: "handle",
      nouns: [
        { value: "Chef's Knife", form: 0 },
        {
          value: "Bread Knife",
          form: 1,
          factor: 0.85,
          says: "The scalloped edge cuts crust without crushing the crumb.",
        },
        { value: "Santoku Knife", form: 2, factor: 1.05 },
      ],
      traits: {
        blade_length: [{ value: "7 in", factor: 0.9 }, "8 in", { value: "9.5 in", factor: 1.15 }],
        steel: [
          "X50 stainless",
          { value: "VG-10", factor: 1.5, says: "The VG-10 core takes a fine edge and keeps it for weeks." },
          { value: "high carbon", factor: 1.1 },
        ],
      },
      titles: ["{noun}, {blade_length}, {Handle} Handle", "{blade_length} {noun} in {steel} Steel"],
      opening: [
        "Balanced at the bolster, so it feels lighter than it is.",
        "A knife that makes onions quick and tomatoes easy.",
      ],
      details: [
        "The full tang runs through the handle and is held by three {accent} rivets.",
        "It leaves the workshop honed to 15 degrees a side.",
        "The spine is rounded for a comfortable grip.",
      ],
      closing: ["Wash by hand, dry at once and hone now and then.", "Comes with a blade guard."],
    },
    {
      slug: "mug",
      category: ["Kitchen", "Tableware", "Mugs"],
      picture: "mug",
      price: 18,
      colors: CALM,
      accents: ["ivory", "terracotta", "sand", "navy", "sage"],
      nouns: [
        { value: "Mug", form: 0 },
        { value: "Tall Mug", form: 1 },
        { value: "Coffee Cup", form: 2, factor: 0.9 },
      ],
      traits: {
        capacity: [{ value: "250 ml", factor: 0.9 }, "350 ml", { value: "450 ml", factor: 1.1 }],
        material: [
          "stoneware",
          { value: "porcelain", factor: 1.1 },
          {
            value: "enamel steel",
            factor: 0.9,
            says: "Enamel on steel makes it all but unbreakable, indoors and by the fire.",
          },
        ],
      },
      titles: ["{Material} {noun}, {capacity}, {Color}", "{Color} {noun} {capacity}"],
      opening: [
        "The one everybody in the house will claim.",
        "A generous handle, a thin lip and a glaze you want to hold.",
      ],
      details: ["It holds {capacity}.", "The foot is polished and does not scratch the table."],
      closing: ["Dishwasher safe.", "Glaze varies a little from piece to piece."],
    },
    {
      slug: "storage-jar",
      category: ["Kitchen", "Storage", "Storage Jars"],
      picture: "storage-jar",
      price: 32,
      colors: ["oak", "white", "black", "sage", "navy", "terracotta", "bamboo"],
      accents: ["mustard", "rust", "sage", "cream"],
      colorKey: "lid",
      nouns: ["Glass Storage Jar Set", "Airtight Canister Set", "Pantry Jar Set"],
      traits: {
        pieces: [
          { value: 3, text: "3-Piece" },
          { value: 5, text: "5-Piece", factor: 1.5 },
        ],
        material: ["borosilicate glass"],
        dishwasher_safe: [true],
      },
      titles: ["{Pieces} {noun} with {Lid} Lids", "{noun}, {Pieces}, {Lid}"],
      opening: [
        "Flour, lentils and coffee, all where you can see them.",
        "Jars that make an open shelf look deliberate.",
      ],
      details: [
        "A silicone ring seals each lid and keeps the damp out.",
        "The glass is clear, heat-proof and takes on no smell.",
        "Wide mouths admit a measuring cup.",
      ],
      closing: ["The glass goes in the dishwasher; wipe the lids.", "Chalk labels are included."],
    },
    {
      slug: "coffee-maker",
      category: ["Kitchen", "Coffee and Tea", "Coffee Makers"],
      picture: "coffee-maker",
      price: 42,
      colors: ENAMEL,
      accents: METAL,
      nouns: [
        { value: "French Press", form: 0, says: "A double mesh keeps the grounds out of the cup." },
        {
          value: "Pour-Over Coffee Maker",
          form: 1,
          says: "The steep cone draws the water through at an even pace.",
        },
      ],
      traits: {
        capacity: [{ value: "500 ml", factor: 0.85 }, { value: "800 ml" }, { value: "1 l", factor: 1.2 }],
        material: ["borosilicate glass"],
      },
      titles: ["{noun}, {capacity}, {Color}", "{Color} {noun} ({capacity})"],
      opening: [
        "Good coffee without a machine on the counter.",
        "Four minutes, no electricity, a better cup.",
      ],
      details: [
        "The glass is borosilicate, so boiling water is no shock to it.",
        "It makes {capacity} at a time.",
        "Every part comes off for cleaning.",
      ],
      closing: ["Dishwasher safe.", "Spare parts are sold separately."],
    },
  ],
};
