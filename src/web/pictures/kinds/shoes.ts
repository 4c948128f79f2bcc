import { dark, light } from "../color.ts";
import { ellipse, gleam, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const sneaker: Drawer = (s) => {
  const c = s.main;
  const chunky = s.form(3) === 1 ? 16 : 0;
  const upper =
    "M142 566C128 480 150 400 168 372Q196 352 226 388Q262 424 322 400L352 346Q372 330 398 344L470 440Q540 486 616 500Q672 512 676 566Z";
  const swoop = [
    path("M250 540Q380 520 470 440L500 462Q420 548 300 560Z", s.accent),
    line("M330 540L372 420M372 546L420 440M414 550L458 462", s.accent, 14),
    seam("M190 520Q360 500 470 440", 4, 0.2),
  ][s.form(3)];
  const laces = [
    [368, 372],
    [390, 398],
    [412, 424],
    [436, 448],
  ]
    .map(([x, y]) => line(`M${x} ${y}l-40 34`, light(s.accent, 0.55), 10))
    .join("");
  return (
    shadow(s, 410, 632, 320) +
    path(
      "M168 372Q196 352 226 388Q262 424 322 400L352 346Q330 300 300 330Q250 380 196 346Q176 344 168 372Z",
      dark(c, 0.42),
    ) +
    path(upper, s.down(c)) +
    s.clip(
      upper,
      swoop +
        path("M560 480Q540 520 560 570H690V490Z", light(c, 0.14)) +
        path("M130 470Q190 460 206 570H130Z", dark(c, 0.12)),
    ) +
    seam("M560 484Q542 520 556 566M206 566Q196 480 146 470M352 350Q420 470 560 484", 3, 0.22) +
    laces +
    path(
      `M134 556Q400 574 682 552Q706 560 698 ${590}Q690 ${618 + chunky / 2} 650 ${620 + chunky / 2}H170Q128 ${620 + chunky / 2} 132 580Z`,
      s.down("#f6f3ed"),
    ) +
    seam(`M136 592Q400 606 698 586`, 3, 0.18) +
    line(`M150 ${620 + chunky / 2}H670`, dark(s.accent, 0.1), 9) +
    gleam("M180 400Q196 384 210 400Q190 430 182 470Q172 430 180 400Z", 0.3)
  );
};

export const boot: Drawer = (s) => {
  const c = s.main;
  const tall = s.form(2) === 1;
  const top = tall ? 150 : 236;
  const upper = `M206 ${top}H400Q410 ${top + 120} 424 400Q440 440 520 458Q622 480 630 570H196Q216 420 206 ${top}Z`;
  const lace = Array.from(
    { length: 6 },
    (_, i) => `M${340 + i * 9} ${top + 34 + i * ((400 - top) / 6)}l52 14`,
  ).join("");
  const closing = tall ? path(`M300 ${top + 110}l50 0l-6 120h-38Z`, dark(c, 0.4)) : line(lace, s.accent, 9);
  return (
    shadow(s, 420, 634, 270) +
    path(upper, s.across(c)) +
    s.clip(
      upper,
      path("M520 430Q490 520 520 590H660V430Z", s.tilt(light(c, 0.06))) +
        path("M180 480Q250 480 262 590H180Z", dark(c, 0.14)),
    ) +
    seam("M520 460Q496 520 514 568M262 568Q256 490 212 482", 3.5, 0.25) +
    closing +
    ellipse(303, top, 97, 15, dark(c, 0.48)) +
    line(`M206 ${top}Q303 ${top + 30} 400 ${top}`, light(c, 0.22), 10) +
    rect(190, 562, 448, 26, 10, s.accent) +
    path("M190 584H640Q646 622 620 630H420L404 614H330L322 632H206Q186 626 190 584Z", s.down("#2f2c2f")) +
    gleam(`M232 ${top + 40}Q240 420 236 540H252Q256 420 250 ${top + 40}Z`, 0.22)
  );
};
