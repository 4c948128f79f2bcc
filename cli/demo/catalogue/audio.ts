import type { TypeGroup } from "../product-type.ts";
import { METAL, TECH } from "./colors.ts";

const CODES = ["S1", "S3", "X2", "X5", "300", "450", "Pro", "Lite", "Go", "One"];

export const AUDIO: TypeGroup = {
  brands: ["Aurivox", "Soundhelm", "Nexundra", "Zephyrune", "Tessarune", "Harkstone"],
  models: [
    ["Pulse", "Aria", "Echo Bay", "Drift", "Halo", "Tempo", "Cadence", "Orbit", "Verse", "Lyric"],
    CODES,
  ],
  types: [
    {
      slug: "headphones",
      category: ["Electronics", "Audio", "Headphones"],
      picture: "headphones",
      price: 129,
      colors: [...TECH, "tan", "teal", "burgundy"],
      accents: METAL,
      nouns: [
        { value: "Wireless Headphones", form: 0 },
        { value: "Over-Ear Headphones", form: 1 },
        {
          value: "Noise Cancelling Headphones",
          form: 0,
          factor: 1.5,
          says: "Eight microphones cancel engines, offices and most of a train.",
        },
      ],
      traits: {
        battery_life: [{ value: "25 h", factor: 0.85 }, "35 h", { value: "50 h", factor: 1.15 }],
        bluetooth: ["5.2", "5.3"],
        foldable: [{ value: true, says: "They fold flat into the case." }, false],
      },
      titles: [
        "{noun}, {Color}",
        "{noun}, Bluetooth {bluetooth}, {battery_life}, {Color}",
        "{Color} {noun} with USB-C Charging",
      ],
      opening: [
        "Sound that is wide and warm, from cushions you forget.",
        "Made for long flights and open offices.",
        "Big, easy sound in a light frame.",
      ],
      details: [
        "A full charge lasts {battery_life}; ten minutes on USB-C give four more.",
        "They stay paired with two devices at once.",
        "The ear pads are memory foam and can be replaced.",
      ],
      closing: ["In the box: case, USB-C cable and audio cable.", "Two-year warranty."],
    },
    {
      slug: "earbuds",
      category: ["Electronics", "Audio", "Earbuds"],
      picture: "earbuds",
      price: 79,
      colors: TECH,
      accents: ["silver", "gold", "rose", "black"],
      nouns: [
        "True Wireless Earbuds",
        "Wireless Earbuds",
        {
          value: "Noise Cancelling Earbuds",
          factor: 1.5,
          says: "Noise cancelling adapts to the street you walk on.",
        },
      ],
      traits: {
        battery_life: ["6 h", "8 h", { value: "10 h", factor: 1.1 }],
        waterproof: [
          { value: true, says: "Sealed to IPX7, they survive rain, sweat and a drop in the sink." },
          false,
        ],
        bluetooth: ["5.3"],
      },
      titles: [
        "{noun}, {Color}",
        "{noun} with Charging Case, {Color}",
        "{Color} {noun}, Bluetooth {bluetooth}",
      ],
      opening: [
        "Small enough to sleep in, loud enough to run with.",
        "Clear calls, full bass and a case that fits a coin pocket.",
      ],
      details: [
        "They play for {battery_life}, and the case holds three more charges.",
        "Touch either bud to pause, skip or answer.",
        "Four sizes of silicone tips find the right seal.",
      ],
      closing: ["The case charges over USB-C.", "In the box: tips, case and a short cable."],
    },
    {
      slug: "speaker",
      category: ["Electronics", "Audio", "Speakers"],
      picture: "speaker",
      price: 99,
      colors: [...TECH, "red", "teal", "mustard"],
      accents: METAL,
      nouns: [
        { value: "Portable Speaker", form: 0 },
        { value: "Bluetooth Boombox", form: 1, factor: 1.4 },
        {
          value: "Bookshelf Speaker",
          form: 2,
          factor: 1.7,
          says: "The cabinet is braced inside, so bass stays tight at any volume.",
        },
      ],
      traits: {
        wattage: [
          { value: 20, text: "20 W", factor: 0.75 },
          { value: 40, text: "40 W" },
          { value: 60, text: "60 W", factor: 1.3 },
        ],
        waterproof: [{ value: true, says: "It is waterproof and floats." }, false],
        bluetooth: ["5.1", "5.3"],
      },
      titles: ["{noun}, {wattage}, {Color}", "{Color} {noun}, Bluetooth {bluetooth}"],
      opening: [
        "Fills a kitchen, a garden or a tent.",
        "A speaker with manners: full at low volume, calm at high.",
      ],
      details: [
        "It delivers {wattage} through a woofer and a silk tweeter.",
        "Pair two for stereo.",
        "Controls on the body work without a phone.",
      ],
      closing: ["A USB-C cable is in the box.", "Two-year warranty."],
    },
    {
      slug: "soundbar",
      category: ["Electronics", "TV and Video", "Soundbars"],
      picture: "soundbar",
      price: 199,
      colors: ["black", "graphite", "white", "walnut", "charcoal"],
      accents: ["silver", "brass", "blue", "coral"],
      nouns: [
        { value: "Soundbar", sets: { channels: "3.1" }, factor: 1.2 },
        { value: "Compact Soundbar", sets: { channels: "2.0" } },
        {
          value: "Soundbar with Subwoofer",
          sets: { channels: "2.1" },
          factor: 1.5,
          says: "The wireless subwoofer goes behind the sofa and stays out of sight.",
        },
      ],
      traits: {
        wattage: [
          { value: 80, text: "80 W", factor: 0.8 },
          { value: 120, text: "120 W" },
          { value: 240, text: "240 W", factor: 1.4 },
        ],
        wifi: [{ value: true, factor: 1.15, says: "It streams over wi-fi without a phone." }, false],
      },
      titles: ["{noun}, {wattage}, {channels} Channels", "{channels} {noun}, {Color}"],
      opening: [
        "Voices you can follow without subtitles.",
        "Room-filling sound from a bar that fits under the screen.",
      ],
      details: [
        "One HDMI cable carries sound and volume control.",
        "A night mode keeps explosions away from sleeping children.",
        "It gives {wattage} across {channels} channels.",
      ],
      closing: ["In the box: HDMI cable, remote and wall mounts.", "Set-up takes one cable and a minute."],
    },
  ],
};
