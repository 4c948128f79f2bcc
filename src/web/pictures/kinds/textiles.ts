import { dark, light } from "../color.ts";
import { cast, circle, ellipse, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const rug: Drawer = (s) => {
  const outline = "M190 130H610V670H190Z";
  const comb = (y: number) => `M196 ${y}` + "v26m17-26".repeat(24) + "v26";
  const diamonds = "l52 60l-52 60l-52-60Z";
  const grid = [0, 1, 2, 3, 4]
    .map((row) => [0, 1, 2, 3].map((col) => `M${244 + col * 104} ${104 + row * 120}${diamonds}`).join(""))
    .join("");
  const outlined = (d: string, width: number) =>
    path(d, "none", ` stroke="${s.accent}" stroke-width="${width}"`);
  const motif = [
    [0, 1, 2, 3, 4, 5, 6]
      .map((i) =>
        line(`M190 ${172 + i * 76}H610`, i % 2 ? light(s.accent, 0.35) : s.accent, 10 + (i % 3) * 10),
      )
      .join(""),
    outlined(grid, 9),
    outlined("M220 160H580V640H220Z", 12) +
      outlined("M242 182H558V618H242Z", 3) +
      ellipse(400, 400, 118, 170, s.accent) +
      ellipse(400, 400, 92, 140, s.main) +
      ellipse(400, 400, 44, 74, light(s.accent, 0.3)),
  ][s.form(3)];
  const weave = Array.from({ length: 17 }, (_, i) => `M190 ${150 + i * 31}H610`).join("");
  return (
    cast(outline) +
    line(comb(104) + comb(670), "#e9dcc6", 5) +
    path(outline, s.tilt(s.main)) +
    motif +
    seam(weave, 2, 0.06) +
    path(outline, s.tilt("#ffffff"), ' opacity=".08"')
  );
};

export const cushion: Drawer = (s) => {
  const body =
    "M196 232Q400 196 604 232Q626 240 622 262Q596 430 622 598Q626 622 602 628Q400 656 198 628Q174 622 178 598Q204 430 178 262Q174 240 196 232Z";
  const pattern = [
    [260, 340, 420, 500, 580].map((y) => line(`M180 ${y}Q400 ${y - 18} 620 ${y}`, s.accent, 14)).join(""),
    Array.from({ length: 16 }, (_, i) =>
      circle(250 + (i % 4) * 100, 290 + Math.floor(i / 4) * 92, 15, s.accent),
    ).join(""),
    line("M196 600Q400 380 604 600", s.accent, 30) +
      line("M230 630Q400 470 570 630", light(s.accent, 0.3), 22) +
      circle(400, 350, 58, s.accent),
    seam("M300 236Q310 430 300 634M400 226V646M500 236Q490 430 500 634", 3, 0.14),
  ][s.form(4)];
  return (
    shadow(s, 400, 644, 270) +
    path(body, s.ball(s.main)) +
    s.clip(body, `<g opacity=".85">${pattern}</g>`) +
    s.clip(body, ellipse(400, 620, 300, 90, s.glow("#1b1728", 0.25))) +
    seam(
      "M196 246Q240 270 262 300M604 246Q560 270 538 300M200 616Q236 596 256 566M600 616Q564 596 544 566",
      4,
      0.12,
    )
  );
};

export const towel: Drawer = (s) => {
  const fold = (y: number, h: number, color: string, inset: number) =>
    path(
      `M${190 + inset} ${y}H${600 - inset}Q${624 - inset} ${y + h / 2} ${600 - inset} ${y + h}H${190 + inset}Q${172 + inset} ${y + h / 2} ${190 + inset} ${y}Z`,
      s.down(color),
    ) +
    seam(`M${200 + inset} ${y + h / 2}H${606 - inset}`, 3, 0.2) +
    line(
      `M${250 + inset} ${y + 6}V${y + h - 4}M${266 + inset} ${y + 6}V${y + h - 4}`,
      light(color, 0.35),
      4,
      ' opacity=".8"',
    );
  const pile = s.form(2) === 0 ? [s.main, light(s.main, 0.35), s.accent] : [s.main, s.main];
  const h = pile.length === 3 ? 92 : 112;
  return (
    shadow(s, 400, 644, 290) +
    pile.map((color, i) => fold(640 - (i + 1) * h, h - 3, color, i * 9)).join("") +
    loop(640 - pile.length * h, dark(s.main, 0.1))
  );
};

function loop(y: number, color: string): string {
  return line(`M560 ${y + 20}q34 6 26 34`, color, 6);
}

export const throwBlanket: Drawer = (s) => {
  const body = "M210 250Q400 220 590 250Q600 420 612 590Q400 620 188 590Q200 420 210 250Z";
  const stripes =
    s.form(2) === 0
      ? [300, 340, 500, 540].map((y) => line(`M180 ${y}Q400 ${y - 16} 620 ${y}`, s.accent, 12)).join("")
      : line(
          [250, 320, 390, 460, 530].map((x) => `M${x} 220L${x - 10} 620`).join("") +
            [300, 380, 460, 540].map((y) => `M180 ${y}H620`).join(""),
          s.accent,
          10,
          ' opacity=".7"',
        );
  const fringe = Array.from(
    { length: 22 },
    (_, i) =>
      `M${192 + i * 19.8} ${591 + Math.sin((i / 21) * Math.PI) * 14}l${s.between(-4, 4).toFixed(0)} 40`,
  ).join("");
  return (
    shadow(s, 400, 648, 290) +
    line(fringe, light(s.main, 0.2), 6) +
    path(body, s.tilt(s.main)) +
    s.clip(body, stripes) +
    s.clip(
      body,
      rect(395, 200, 12, 440, 0, "#1b1728", ' opacity=".1"') +
        seam(
          Array.from(
            { length: 8 },
            (_, i) => `M190 ${270 + i * 44}Q400 ${250 + i * 44} 610 ${270 + i * 44}`,
          ).join(""),
          2,
          0.08,
        ),
    )
  );
};
