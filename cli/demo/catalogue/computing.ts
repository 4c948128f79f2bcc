import type { TypeGroup } from "../product-type.ts";
import { TECH } from "./colors.ts";

const EDGE = ["silver", "black", "graphite", "gold"];

export const COMPUTING: TypeGroup = {
  brands: ["Nexundra", "Quillvane", "Pixelmoor", "Voltaryn", "Lynkoven", "Fluxbourne"],
  models: [
    ["Vertex", "Strata", "Nimbus", "Slate", "Meridian", "Axon", "Kite", "Onda", "Polar", "Ridge"],
    ["11", "13", "14", "X", "XT", "A5", "A7", "Air", "Neo", "SE"],
  ],
  types: [
    {
      slug: "laptop",
      category: ["Electronics", "Computers", "Laptops"],
      picture: "laptop",
      price: 949,
      colors: ["silver", "graphite", "navy", "white", "sage", "black"],
      accents: EDGE,
      nouns: ["Laptop", "Ultrabook", "Notebook Computer"],
      traits: {
        screen: [{ value: "13.3 in", factor: 0.95 }, "14 in", { value: "15.6 in", factor: 1.05 }],
        memory: [
          { value: "8 GB", factor: 0.8 },
          "16 GB",
          { value: "32 GB", factor: 1.35, says: "With 32 GB it keeps a hundred tabs and two editors open." },
        ],
        storage: [{ value: "256 GB", factor: 0.85 }, "512 GB", { value: "1 TB", factor: 1.2 }],
      },
      titles: [
        "{noun}, {screen}, {memory} RAM, {storage} SSD, {Color}",
        "{screen} {noun} {memory} / {storage}",
        "{noun} {screen} {Color}, {memory}, {storage}",
      ],
      opening: [
        "Thin, quiet and quick enough for everything but the newest games.",
        "A laptop for people who carry it every day.",
      ],
      details: [
        "The {screen} screen is matte and bright enough for a train window.",
        "The battery lasts through a working day and fills over USB-C.",
        "{memory} of memory and a {storage} SSD leave room to grow.",
      ],
      closing: ["In the box: 65 W USB-C charger.", "Two-year warranty, battery included."],
    },
    {
      slug: "phone",
      category: ["Electronics", "Phones", "Smartphones"],
      picture: "phone",
      price: 549,
      colors: TECH,
      accents: EDGE,
      nouns: ["Smartphone", "5G Smartphone", "5G Phone"],
      traits: {
        screen: ["6.1 in", "6.4 in", { value: "6.7 in", factor: 1.1 }],
        storage: [{ value: "128 GB", factor: 0.88 }, "256 GB", { value: "512 GB", factor: 1.25 }],
        waterproof: [
          { value: true, factor: 1.1, says: "It is sealed to IP68 and has no fear of rain." },
          false,
        ],
        dual_sim: [true, false],
      },
      titles: ["{noun}, {storage}, {Color}", "{Color} {noun} {screen}, {storage}"],
      opening: [
        "A phone that lasts two days and fits one hand.",
        "Fast where you notice it, plain where you do not.",
      ],
      details: [
        "The main camera gathers four times the light of the last one.",
        "It comes unlocked, with five years of updates.",
        "{storage} hold years of photos.",
      ],
      closing: ["In the box: USB-C cable.", "The battery can be replaced in any repair shop."],
    },
    {
      slug: "tablet",
      category: ["Electronics", "Computers", "Tablets"],
      picture: "tablet",
      price: 379,
      colors: TECH,
      accents: EDGE,
      nouns: [
        { value: "Tablet", form: 0 },
        {
          value: "Tablet with Pen",
          form: 1,
          factor: 1.2,
          says: "The pen snaps to the side and charges there.",
        },
      ],
      traits: {
        screen: [{ value: "8.7 in", factor: 0.6 }, "10.9 in", { value: "12.4 in", factor: 1.4 }],
        storage: [{ value: "64 GB", factor: 0.85 }, "128 GB", { value: "256 GB", factor: 1.2 }],
        connectivity: [
          { value: "wi-fi", text: "Wi-Fi" },
          { value: "wi-fi + 5G", text: "Wi-Fi + 5G", factor: 1.25 },
        ],
      },
      titles: ["{noun}, {screen}, {storage}, {Connectivity}", "{screen} {noun} {storage}, {Color}"],
      opening: [
        "For films in bed, notes in class and recipes on the counter.",
        "Big screen, small weight, and a day and a half of battery.",
      ],
      details: [
        "The {screen} display is laminated, so colors look printed.",
        "Four speakers face you in either direction.",
        "It joins over {connectivity}.",
      ],
      closing: ["In the box: USB-C cable and a 20 W charger.", "One-year warranty."],
    },
    {
      slug: "monitor",
      category: ["Electronics", "Computers", "Monitors"],
      picture: "monitor",
      price: 289,
      colors: ["black", "silver", "white", "graphite"],
      accents: ["mint", "blue", "coral"],
      nouns: [
        { value: "Monitor", form: 0 },
        {
          value: "Ultrawide Monitor",
          sets: { screen: "34 in", resolution: "3440 x 1440" },
          form: 1,
          factor: 1.45,
          says: "The wide panel replaces two screens and the gap between them.",
        },
        {
          value: "USB-C Monitor",
          form: 0,
          factor: 1.2,
          says: "One USB-C cable brings picture, data and 90 W of charging.",
        },
      ],
      traits: {
        screen: [{ value: "24 in", factor: 0.65 }, "27 in", { value: "32 in", factor: 1.3 }],
        resolution: ["2560 x 1440", { value: "3840 x 2160", factor: 1.35 }],
        refresh_rate: ["75 Hz", { value: "144 Hz", factor: 1.2 }],
      },
      titles: ["{noun}, {screen}, {resolution}", "{screen} {noun} {refresh_rate}, {Color}"],
      opening: ["Sharp text, true colors and a stand that moves.", "More desk on your desk."],
      details: [
        "The panel shows {resolution} at {refresh_rate}.",
        "The stand rises, tilts and turns upright.",
        "A flicker-free backlight is kind to the eyes.",
      ],
      closing: ["In the box: HDMI and USB-C cables.", "Fits VESA 100 arms."],
    },
    {
      slug: "keyboard",
      category: ["Electronics", "Accessories", "Keyboards"],
      picture: "keyboard",
      price: 89,
      colors: [...TECH, "cream", "lavender", "forest"],
      accents: ["coral", "mustard", "mint", "orange"],
      nouns: [
        { value: "Mechanical Keyboard", sets: { layout: "full size" } },
        { value: "Wireless Keyboard", sets: { layout: "75 %" } },
        { value: "Compact Mechanical Keyboard", sets: { layout: "65 %" } },
      ],
      traits: {
        switches: [
          "linear",
          "tactile",
          {
            value: "silent",
            factor: 1.1,
            says: "The switches are damped, so a call can go on while you type.",
          },
        ],
        backlight: [{ value: true, factor: 1.1 }, false],
      },
      titles: ["{noun}, {Switches} Switches, {Color}", "{Color} {noun}, {Layout}"],
      opening: [
        "Typing that sounds as good as it feels.",
        "A keyboard built like a tool, in colors like a toy.",
      ],
      details: [
        "Keycaps are PBT and do not shine with age.",
        "It connects over USB-C or Bluetooth to three devices.",
        "Every switch can be swapped without solder.",
      ],
      closing: ["In the box: braided cable and a keycap puller.", "Works with all common systems."],
    },
    {
      slug: "mouse",
      category: ["Electronics", "Accessories", "Mice"],
      picture: "mouse",
      price: 39,
      colors: [...TECH, "pink", "lavender"],
      accents: ["silver", "coral", "black", "mint"],
      nouns: [
        "Wireless Mouse",
        "Ergonomic Mouse",
        { value: "Silent Mouse", says: "Its clicks cannot be heard across the desk." },
      ],
      traits: {
        sensor: ["4000 dpi", { value: "8000 dpi", factor: 1.2 }],
        connection: ["Bluetooth", "2.4 GHz"],
        rechargeable: [
          { value: true, factor: 1.15, says: "It fills over USB-C and lasts two months." },
          { value: false, says: "One AA battery lasts a year." },
        ],
      },
      titles: ["{noun}, {Color}", "{Color} {noun}, {sensor}, {connection}"],
      opening: [
        "Small, smooth and hard to put down.",
        "A mouse that fits the hand and stays out of the way.",
      ],
      details: [
        "The sensor follows on glass and on wood at {sensor}.",
        "The scroll wheel has a fast and a fine setting.",
        "It suits either hand.",
      ],
      closing: ["Works without a driver.", "Two-year warranty."],
    },
    {
      slug: "router",
      category: ["Electronics", "Networking", "Routers"],
      picture: "router",
      price: 129,
      colors: ["white", "black", "graphite", "silver"],
      accents: ["blue", "mint", "coral"],
      nouns: [
        { value: "Wi-Fi Router", form: 0 },
        {
          value: "Mesh Wi-Fi Router",
          form: 1,
          factor: 1.3,
          says: "Add a second one and the house becomes a single network.",
        },
      ],
      traits: {
        standard: [
          { value: "wi-fi 6", text: "Wi-Fi 6" },
          { value: "wi-fi 6E", text: "Wi-Fi 6E", factor: 1.2 },
          { value: "wi-fi 7", text: "Wi-Fi 7", factor: 1.7 },
        ],
        ports: [
          { value: 3, text: "3 ports" },
          { value: 4, text: "4 ports" },
        ],
        coverage: ["1500 sq ft", { value: "2500 sq ft", factor: 1.2 }],
      },
      titles: ["{noun}, {Standard}, {coverage}", "{Standard} {noun}, {Color}"],
      opening: ["Fast in every room, including the one at the end.", "A router you set up once and forget."],
      details: [
        "It covers {coverage} through ordinary walls.",
        "Behind it are {ports} for gigabit Ethernet.",
        "Updates install at night, by themselves.",
      ],
      closing: [
        "In the box: power supply and a network cable.",
        "Set up with any browser; no account needed.",
      ],
    },
  ],
};
