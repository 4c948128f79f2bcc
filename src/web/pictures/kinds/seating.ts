import { dark, light } from "../color.ts";
import { ellipse, gleam, line, mirrored, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

function peg(s: Sketch, x: number, top: number, bottom: number, lean: number): string {
  return path(`M${x - 11} ${top}H${x + 11}L${x + lean + 6} ${bottom}H${x + lean - 6}Z`, s.across(s.accent));
}

function cushion(s: Sketch, x: number, y: number, w: number, h: number, color: string): string {
  const r = Math.min(h / 2, 34);
  return (
    rect(x, y, w, h, r, s.down(color)) +
    gleam(`M${x + r} ${y + 7}h${w - 2 * r}q${r - w / 2} 15 ${2 * r - w} 0z`, 0.22)
  );
}

export const armchair: Drawer = (s) => {
  const c = s.main;
  const legs = mirrored(peg(s, 236, 560, 646, -14));
  const round = s.form(2) === 1;
  const back = round
    ? "M190 470C170 250 270 190 400 190S630 250 610 470Z"
    : "M228 480V250Q228 190 290 184Q400 172 510 184Q572 190 572 250V480Z";
  const buttons = round
    ? seam(
        [300, 350, 400, 450, 500]
          .map(
            (x) =>
              `M${x} ${214 + Math.abs(x - 400) * 0.12}Q${x + (x - 400) * 0.12} 310 ${400 + (x - 400) * 0.86} 420`,
          )
          .join(""),
      )
    : seam("M262 256Q400 238 538 256", 3) + seam("M400 186V400", 2.5, 0.1);
  const arm =
    path("M166 404Q166 344 212 344Q254 344 254 400V572H186Q166 572 166 552Z", s.across(dark(c, 0.04))) +
    ellipse(211, 372, 30, 18, light(c, 0.18), ' opacity=".55"');
  return (
    shadow(s, 400, 648, 260) +
    legs +
    path(back, s.down(c)) +
    buttons +
    rect(210, 470, 380, 104, 22, s.down(dark(c, 0.12))) +
    cushion(s, 238, 412, 324, 86, light(c, 0.05)) +
    mirrored(arm) +
    (s.chance(0.4)
      ? path(
          "M320 330Q400 300 478 326Q486 380 474 424Q400 432 326 424Q312 380 320 330Z",
          s.ball(light(s.accent, 0.35)),
        )
      : "")
  );
};

export const sofa: Drawer = (s) => {
  const c = s.main;
  const seats = s.form(2) + 2;
  const width = Math.round(500 / seats);
  const row = (y: number, h: number, color: string) =>
    Array.from({ length: seats }, (_, i) => cushion(s, 150 + i * width + 2, y, width - 4, h, color)).join("");
  const arm = path("M96 420Q96 372 134 372Q172 372 172 416V586H116Q96 586 96 566Z", s.across(dark(c, 0.04)));
  const throwCushion = rect(
    190,
    352,
    104,
    104,
    24,
    s.ball(light(s.accent, 0.2)),
    ' transform="rotate(-9 242 404)"',
  );
  return (
    shadow(s, 400, 646, 370) +
    mirrored(peg(s, 150, 576, 644, -10)) +
    rect(122, 296, 556, 270, 34, s.down(dark(c, 0.1))) +
    row(306, 160, c) +
    rect(120, 500, 560, 86, 16, s.down(dark(c, 0.16))) +
    row(448, 84, light(c, 0.05)) +
    throwCushion +
    mirrored(arm)
  );
};

export const diningChair: Drawer = (s) => {
  const wood = s.main;
  const far = dark(wood, 0.24);
  const spindles = s.form(2) === 0;
  const back = spindles
    ? [330, 365, 400, 435, 470]
        .map((x) => line(`M${400 + (x - 400) * 1.1} 236L${x} 430`, dark(wood, 0.1), 8))
        .join("") + path("M282 196Q400 160 518 196L512 252Q400 222 288 252Z", s.down(wood))
    : path("M288 186Q400 166 512 186Q530 290 500 350Q400 366 300 350Q270 290 288 186Z", s.tilt(wood)) +
      gleam("M310 204Q400 186 470 198Q400 212 314 262Z", 0.2);
  return (
    shadow(s, 400, 652, 210) +
    line("M322 460L308 622", far, 13) +
    line("M478 460L492 622", far, 13) +
    line("M298 430L284 214", wood, 17) +
    line("M502 430L516 214", dark(wood, 0.1), 17) +
    back +
    line("M268 470L246 648", wood, 18) +
    line("M532 470L554 648", dark(wood, 0.1), 18) +
    line("M262 566H538", far, 9) +
    path(
      "M282 420H518Q540 420 546 440L566 474Q568 494 544 494H256Q232 494 234 474L254 440Q260 420 282 420Z",
      s.down(s.accent),
    ) +
    path(
      "M234 474Q236 484 256 484H544Q564 484 566 474Q570 500 544 502H256Q230 500 234 474Z",
      dark(s.accent, 0.28),
    )
  );
};

export const officeChair: Drawer = (s) => {
  const metal = "#55585f";
  const star = "M250 652L400 610L322 672M550 652L400 610L478 672";
  const wheels = [
    [250, 660],
    [322, 680],
    [478, 680],
    [550, 660],
  ] as const;
  return (
    shadow(s, 400, 684, 220) +
    line(star, metal, 15) +
    wheels.map(([x, y]) => ellipse(x, y, 15, 14, "#2c2d33")).join("") +
    rect(386, 500, 28, 116, 6, s.across("#888d95")) +
    mirrored(
      line("M262 480V388Q262 372 240 372", metal, 13) + rect(196, 362, 78, 20, 10, s.down("#3a3c43")),
    ) +
    path("M286 150Q400 116 514 150Q540 270 506 412Q400 436 294 412Q260 270 286 150Z", s.down(s.main)) +
    (s.form(2) === 0
      ? seam(
          Array.from(
            { length: 9 },
            (_, i) => `M${288 - i} ${176 + i * 26}Q400 ${160 + i * 26} ${512 + i} ${176 + i * 26}`,
          ).join(""),
          2,
          0.13,
        )
      : seam("M340 140Q322 280 346 420", 3) + seam("M460 140Q478 280 454 420", 3)) +
    rect(380, 408, 40, 60, 8, dark(metal, 0.2)) +
    rect(238, 446, 324, 62, 30, s.down(light(s.main, 0.06))) +
    seam("M256 490Q400 500 544 490", 3)
  );
};
