/** Lists of palette names that suit a kind of goods. */
export const CALM = [
  "sage",
  "terracotta",
  "navy",
  "mustard",
  "blush",
  "charcoal",
  "teal",
  "ivory",
  "olive",
  "sand",
  "rust",
  "sky",
];
export const CLOTH = [
  "black",
  "white",
  "navy",
  "grey",
  "olive",
  "burgundy",
  "sand",
  "forest",
  "rust",
  "sky",
  "lavender",
  "mustard",
  "teal",
  "pink",
];
export const BRIGHT = [
  "red",
  "blue",
  "yellow",
  "green",
  "orange",
  "purple",
  "turquoise",
  "coral",
  "pink",
  "lime",
];
export const TECH = ["black", "white", "graphite", "silver", "navy", "sage", "blush", "blue"];
export const ENAMEL = [
  "red",
  "navy",
  "cream",
  "sage",
  "charcoal",
  "teal",
  "mustard",
  "black",
  "blush",
  "forest",
];
export const WOOD = ["oak", "walnut", "birch", "bamboo"];
export const METAL = ["brass", "copper", "black", "steel"];
export const LEATHER = ["tan", "brown", "black", "burgundy", "camel", "navy", "chocolate", "olive"];
export const PASTEL = ["blush", "mint", "lavender", "sky", "cream", "sage", "pink", "white"];
export const COVER = [
  "navy",
  "forest",
  "burgundy",
  "mustard",
  "teal",
  "rust",
  "charcoal",
  "cream",
  "sky",
  "plum",
  "coral",
  "sage",
];
