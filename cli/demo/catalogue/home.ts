import type { TypeGroup } from "../product-type.ts";
import { CALM, METAL, PASTEL } from "./colors.ts";

const BULB = ["E26", "E12"];

export const HOME: TypeGroup = {
  brands: ["Lumholt", "Nordvae", "Halmera", "Glimfeld", "Tavelund", "Wickmere", "Havenloom"],
  models: [
    [
      "Arc",
      "Fjell",
      "Nook",
      "Solenne",
      "Marlo",
      "Vesper",
      "Ines",
      "Alder",
      "Tarn",
      "Odette",
      "Hollis",
      "Birk",
      "Lune",
      "Cove",
      "Rill",
      "Mira",
    ],
  ],
  types: [
    {
      slug: "table-lamp",
      category: ["Home", "Lighting", "Table Lamps"],
      picture: "table-lamp",
      price: 74,
      nouns: [
        { value: "Table Lamp", form: 0 },
        {
          value: "Ceramic Table Lamp",
          form: 1,
          factor: 1.15,
          says: "The rounded base is thrown in stoneware and glazed by hand, so no two are quite alike.",
        },
        {
          value: "Mushroom Lamp",
          form: 2,
          says: "The domed shade sends its light down and keeps it out of your eyes.",
        },
      ],
      colors: CALM,
      accents: METAL,
      traits: {
        height: [{ value: "12 in", factor: 0.8 }, "15 in", "18 in", { value: "21 in", factor: 1.2 }],
        bulb: BULB,
        dimmable: [
          {
            value: true,
            factor: 1.15,
            says: "A dial in the cord dims it from reading light to night light.",
          },
          false,
        ],
      },
      titles: [
        "{noun}, {height}, {Color}",
        "{Color} {noun} with {Accent} Details, {height}",
        "{height} {noun} in {Color}",
      ],
      opening: [
        "A warm pool of light for a bedside, a desk or a dark corner.",
        "The {model} keeps its lines simple and lets the light do the talking.",
        "Small enough for a nightstand, bright enough to read by.",
      ],
      details: [
        "It takes one {bulb} bulb, LED or incandescent.",
        "The cord is 6 ft long, covered in cotton and switched by hand.",
        "Felt under the foot keeps it from marking wood.",
      ],
      closing: ["Wipe it with a dry cloth.", "Bulb not included.", "It arrives assembled; just add a bulb."],
    },
    {
      slug: "floor-lamp",
      category: ["Home", "Lighting", "Floor Lamps"],
      picture: "floor-lamp",
      price: 149,
      nouns: [
        {
          value: "Arc Floor Lamp",
          form: 0,
          says: "The arm reaches over a sofa or a table without standing in the way.",
        },
        {
          value: "Tripod Floor Lamp",
          form: 1,
          says: "Three splayed legs keep it steady on carpet and on boards.",
        },
      ],
      colors: CALM,
      accents: METAL,
      traits: {
        height: ["56 in", "60 in", { value: "68 in", factor: 1.15 }],
        bulb: ["E26"],
        smart: [
          {
            value: true,
            text: "smart",
            factor: 1.3,
            says: "It joins your wi-fi and answers to an app, a timer or your voice.",
          },
          false,
          false,
        ],
      },
      titles: ["{noun}, {height}, {Color}", "{Color} {noun} ({height})"],
      opening: [
        "Tall, calm and easy to place, the {model} lights a whole seating corner.",
        "A floor lamp that earns its place even when it is switched off.",
      ],
      details: [
        "A foot switch saves you from reaching under the shade.",
        "It takes one {bulb} bulb of up to 60 W.",
        "The weighted foot holds it upright, even with children and pets about.",
      ],
      closing: ["Assembly takes five minutes and no tools.", "Bulb not included."],
    },
    {
      slug: "pendant-lamp",
      category: ["Home", "Lighting", "Pendant Lamps"],
      picture: "pendant-lamp",
      price: 98,
      nouns: [
        { value: "Dome Pendant Light", form: 0 },
        { value: "Cone Pendant Light", form: 1 },
        {
          value: "Paper Globe Pendant",
          form: 2,
          factor: 0.6,
          says: "Rice paper over a wire spiral spreads the light evenly through the room.",
        },
      ],
      colors: CALM,
      accents: METAL,
      traits: {
        diameter: [{ value: "10 in", factor: 0.85 }, "14 in", { value: "18 in", factor: 1.25 }],
        bulb: ["E26"],
      },
      titles: ["{noun}, {diameter}, {Color}", "{Color} {noun} {diameter}"],
      opening: [
        "Hang one over the table or three along a kitchen island.",
        "A pendant with the proportions of an old factory light and none of the rust.",
      ],
      details: [
        "The cord adjusts up to 70 in and shortens without tools.",
        "A ceiling rose in {accent} finish covers the wiring.",
        "It takes one {bulb} bulb.",
      ],
      closing: ["Mounting hardware and a paper template are in the box.", "For indoor use."],
    },
    {
      slug: "candle",
      category: ["Home", "Decor", "Candles"],
      picture: "candle",
      price: 24,
      nouns: [
        { value: "Scented Candle", form: 0 },
        {
          value: "Pillar Candle Set",
          form: 1,
          says: "Three heights make a set that looks right without arranging.",
        },
      ],
      colors: CALM,
      accents: ["walnut", "ivory", "gold", "copper"],
      colorKey: null,
      traits: {
        scent: [
          "cedar and smoke",
          "fig leaf",
          "white tea",
          "orange blossom",
          "sea salt",
          "lavender",
          "black pepper",
        ],
        burn_time: [{ value: "30 h", factor: 0.8 }, "45 h", { value: "60 h", factor: 1.3 }],
        wax: ["soy", "beeswax", "rapeseed"],
      },
      titles: ["{noun}, {Scent}, {burn_time}", "{Scent} {noun} ({Wax} Wax)"],
      opening: [
        "{Scent}, the way it smells outdoors and not in a shop.",
        "A clean, slow burn with a scent that stays in the background.",
      ],
      details: [
        "It is poured from {wax} wax around a cotton wick.",
        "Expect about {burn_time} of light.",
        "No dyes, no paraffin.",
      ],
      closing: [
        "Trim the wick to a quarter inch before each lighting.",
        "Never leave a burning candle alone.",
      ],
    },
    {
      slug: "vase",
      category: ["Home", "Decor", "Vases"],
      picture: "vase",
      price: 42,
      nouns: [
        { value: "Bottle Vase", form: 0 },
        { value: "Tall Vase", form: 1 },
        { value: "Bud Vase", form: 2, factor: 0.7, says: "Its narrow neck holds a single stem upright." },
      ],
      colors: CALM,
      accents: ["ivory", "terracotta", "mustard", "pink", "sky"],
      traits: {
        material: [
          { value: "stoneware", says: "Stoneware is fired hot enough to be watertight without a liner." },
          { value: "porcelain", factor: 1.2 },
          {
            value: "recycled glass",
            factor: 0.9,
            says: "Small bubbles show that the glass has had a life before.",
          },
        ],
        height: [{ value: "7 in", factor: 0.8 }, "10 in", { value: "13 in", factor: 1.3 }],
      },
      titles: ["{Material} {noun}, {height}, {Color}", "{Color} {noun} in {Material}"],
      opening: [
        "Made for a handful of garden flowers, handsome without any.",
        "A quiet shape with a glaze that changes through the day.",
      ],
      details: [
        "It stands {height} tall on an unglazed foot.",
        "Each piece is checked by hand and varies a little in tone.",
      ],
      closing: ["Rinse with warm water.", "Flowers not included."],
    },
    {
      slug: "wall-clock",
      category: ["Home", "Decor", "Clocks"],
      picture: "wall-clock",
      price: 46,
      nouns: ["Wall Clock", "Silent Wall Clock", "Kitchen Clock"],
      colors: [...CALM, "oak", "walnut", "black"],
      accents: ["red", "brass", "copper", "mustard"],
      traits: {
        diameter: [{ value: "10 in", factor: 0.8 }, "12 in", { value: "16 in", factor: 1.4 }],
        battery: ["AA"],
      },
      titles: ["{noun}, {diameter}, {Color}", "{Color} {noun} {diameter}"],
      opening: ["A clock you can read from across the room.", "Plain marks, clear hands and no ticking."],
      details: [
        "The sweep movement runs without a sound.",
        "One AA battery lasts about a year.",
        "The lens is shatterproof, so it suits a child's room too.",
      ],
      closing: ["A keyhole slot hangs it flat on one screw.", "Battery included."],
    },
    {
      slug: "towel",
      category: ["Home", "Textiles", "Towels"],
      picture: "towel",
      price: 38,
      nouns: [
        { value: "Bath Towel Set of 3", text: "Bath Towel Set of 3", form: 0, factor: 1.3 },
        { value: "Bath Towels, 2-Pack", form: 1 },
      ],
      colors: [...CALM, ...PASTEL],
      accents: ["ivory", "sand", "sage", "white"],
      traits: {
        material: [
          {
            value: "organic cotton",
            says: "The cotton is grown without synthetic pesticides and certified to the mill.",
          },
          { value: "Turkish cotton", factor: 1.2 },
          {
            value: "linen and cotton",
            factor: 1.3,
            says: "The linen in the weave helps it dry between two showers.",
          },
        ],
        weight: ["450 gsm", "550 gsm", { value: "650 gsm", factor: 1.2 }],
      },
      titles: ["{noun}, {Material}, {Color}", "{Color} {noun} ({weight})"],
      opening: [
        "Thick enough to feel like a treat, light enough to dry by evening.",
        "The towel you will reach for first.",
      ],
      details: [
        "At {weight} it drinks up water at the first touch.",
        "Double-stitched hems keep their shape.",
        "A loop on the short side hangs it from any hook.",
      ],
      closing: ["Machine wash warm, tumble dry low.", "Wash once before use; it gets softer each time."],
    },
  ],
};
