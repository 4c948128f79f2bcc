import { dark, light } from "../color.ts";
import { circle, ellipse, gleam, line, mirrored, path, rect, seam, shadow, turned } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const bicycle: Drawer = (s) => {
  const c = s.main;
  const spokes = Array.from(
    { length: 8 },
    (_, i) => `<path d="M0-108V108" transform="rotate(${i * 22.5})"/>`,
  ).join("");
  const wheel = (x: number) =>
    `<g transform="translate(${x} 510)"><circle r="124" fill="none" stroke="#2e2f35" stroke-width="15"/><circle r="111" fill="none" stroke="#c7ccd1" stroke-width="7"/><g stroke="#a5abb1" stroke-width="1.6">${spokes}</g><circle r="13" fill="#6a6f77"/></g>`;
  const step = s.form(2) === 1;
  return (
    shadow(s, 400, 640, 350) +
    wheel(196) +
    wheel(604) +
    line("M196 510L320 336M196 510H376", dark(c, 0.16), 11) +
    line(
      step
        ? "M376 510L300 290M550 320Q460 480 376 510M556 372Q470 500 372 500"
        : "M376 510L306 290M376 510L556 350M320 336H548",
      c,
      15,
    ) +
    line("M536 270L604 510", c, 13) +
    line("M536 270L528 238", "#9aa0a6", 11) +
    line("M528 238Q560 220 596 236Q606 262 576 266", "#33343a", 12) +
    line("M306 290L300 262", "#9aa0a6", 10) +
    path("M248 258Q240 236 276 238H330Q350 246 334 262Q290 274 248 258Z", s.down(s.accent)) +
    circle(376, 510, 36, "none", ' stroke="#6a6f77" stroke-width="8"') +
    line("M376 510L420 566", "#55585f", 9) +
    rect(402, 562, 44, 12, 5, "#2e2f35") +
    line("M196 500L376 476M196 522L376 544", "#6a6f77", 3) +
    path("M546 292h58v46h-64Z", s.down(s.accent), s.chance(0.5) ? "" : ' opacity="0"')
  );
};

export const helmet: Drawer = (s) => {
  const shell = "M150 520C140 300 280 210 430 214S680 330 676 500Q600 540 420 540T150 520Z";
  const vent = (x: number, y: number, a: number) =>
    turned(a, x, y, ellipse(x, y, 58, 17, dark(s.main, 0.62)));
  return (
    shadow(s, 410, 640, 280) +
    line("M250 530Q300 640 400 650T560 530", "#33343a", 13) +
    path("M190 520Q420 580 650 510L640 560Q420 610 210 560Z", "#2d2e34") +
    path(shell, s.ball(s.main)) +
    s.clip(shell, path("M130 440Q400 380 700 440V470Q400 410 130 470Z", s.accent)) +
    vent(300, 330, -38) +
    vent(410, 290, -12) +
    vent(520, 310, 18) +
    vent(280, 440, -20) +
    vent(420, 420, -4) +
    vent(560, 410, 12) +
    rect(370, 626, 60, 26, 8, s.accent) +
    gleam("M210 400Q240 290 350 246Q270 320 250 420Z", 0.35)
  );
};

export const ball: Drawer = (s) => {
  const disc = "M180 420A220 220 0 1 1 620 420A220 220 0 1 1 180 420Z";
  const pentagon = (x: number, y: number, r: number) =>
    path(
      Array.from(
        { length: 5 },
        (_, i) =>
          `${i ? "L" : "M"}${(x + r * Math.sin((i * 2 * Math.PI) / 5)).toFixed(0)} ${(y - r * Math.cos((i * 2 * Math.PI) / 5)).toFixed(0)}`,
      ).join("") + "Z",
      s.accent,
      ` stroke="${s.accent}" stroke-width="8"`,
    );
  const marks = [
    pentagon(400, 400, 70) +
      pentagon(400, 176, 62) +
      pentagon(204, 322, 62) +
      pentagon(596, 322, 62) +
      pentagon(276, 590, 62) +
      pentagon(524, 590, 62) +
      seam("M400 330V230M334 380L260 344M466 380L540 344M360 456L306 536M440 456L494 536", 4, 0.3),
    line("M400 200V640M180 420H620M230 276Q330 420 230 564M570 276Q470 420 570 564", dark(s.accent, 0.2), 9),
    line("M190 470C280 480 360 360 340 206M610 370C520 360 440 480 460 634", s.accent, 14),
    seam(
      "M400 200Q300 420 400 640M400 200Q500 420 400 640M180 420Q400 320 620 420M180 420Q400 520 620 420",
      5,
      0.2,
    ) + path("M180 420Q400 320 620 420Q400 520 180 420Z", s.accent, ' opacity=".8"'),
  ][s.form(4)];
  return (
    shadow(s, 400, 642, 220) +
    path(disc, s.ball(s.main)) +
    s.clip(disc, marks) +
    circle(400, 420, 220, s.fade("#1b172800", "#1b172855")) +
    ellipse(320, 310, 66, 40, "#fff", ' opacity=".32" transform="rotate(-35 320 310)"')
  );
};

export const dumbbell: Drawer = (s) => {
  const c = s.main;
  const head =
    rect(132, 330, 88, 260, 34, s.down(c)) +
    rect(214, 366, 62, 188, 24, s.down(dark(c, 0.14))) +
    rect(148, 350, 14, 220, 7, "#fff", ' opacity=".16"');
  return (
    shadow(s, 400, 596, 340) +
    rect(270, 432, 260, 56, 20, s.down("#b3b9bf")) +
    seam(
      "M310 434V486M330 434V486M350 434V486M370 434V486M390 434V486M410 434V486M430 434V486M450 434V486M470 434V486M490 434V486",
      3,
      0.25,
    ) +
    mirrored(head) +
    rect(536, 446, 36, 28, 6, s.accent) +
    rect(228, 446, 36, 28, 6, s.accent)
  );
};

export const kettlebell: Drawer = (s) =>
  shadow(s, 400, 642, 220) +
  path(
    "M270 400C210 200 300 170 400 170S590 200 530 400L480 380C520 250 480 226 400 226S280 250 320 380Z",
    s.across(dark(s.main, 0.08)),
  ) +
  path(
    "M220 500C220 390 300 340 400 340S580 390 580 500Q580 590 520 636H280Q220 590 220 500Z",
    s.ball(s.main),
  ) +
  circle(400, 490, 74, s.ball(s.accent)) +
  line("M372 462V518M372 490L410 462M384 482L414 518", light(s.accent, 0.7), 9) +
  gleam("M252 470Q262 400 326 370Q280 420 274 500Z", 0.28);

export const yogaMat: Drawer = (s) => {
  const c = s.main;
  if (s.form(2) === 0) {
    return (
      shadow(s, 420, 636, 330) +
      path("M250 560L640 500Q724 500 724 560L700 634H250Z", s.down(light(c, 0.05))) +
      rect(250, 410, 450, 222, 110, s.down(c), ' opacity="0"') +
      path("M262 400H560Q660 410 660 520T560 634H262Z", s.down(c)) +
      ellipse(262, 517, 74, 117, s.ball(light(c, 0.14))) +
      [62, 46, 30, 14]
        .map((r) => ellipse(262, 517, r, r * 1.58, "none", ` stroke="${dark(c, 0.26)}" stroke-width="5"`))
        .join("") +
      path("M400 401Q372 517 400 634H430Q402 517 430 401Z", s.accent) +
      path("M540 401Q512 517 540 634H570Q542 517 570 401Z", s.accent)
    );
  }
  const roll = "M326 170H474V620Q474 646 400 646T326 620Z";
  return (
    shadow(s, 400, 644, 170) +
    path(roll, s.across(c)) +
    ellipse(400, 170, 74, 24, s.ball(light(c, 0.14))) +
    [56, 40, 22]
      .map((r) => ellipse(400, 170, r, r * 0.32, "none", ` stroke="${dark(c, 0.26)}" stroke-width="5"`))
      .join("") +
    s.clip(roll, rect(300, 270, 200, 30, 0, s.accent) + rect(300, 510, 200, 30, 0, s.accent)) +
    line("M474 286Q580 400 474 526", s.accent, 15)
  );
};

export const racket: Drawer = (s) => {
  const strings = Array.from(
    { length: 11 },
    (_, i) => `M${290 + i * 22} 90V440M260 ${100 + i * 31}H540`,
  ).join("");
  const head = "M400 86C500 86 536 180 530 270Q516 400 400 436Q284 400 270 270C264 180 300 86 400 86Z";
  return (
    path("M430 470L480 760H520L470 470Z", "#2a2233", ' opacity=".08"') +
    turned(
      28,
      400,
      400,
      s.clip(head, line(strings, "#f4efe4", 3)) +
        path(head, "none", ` stroke="${s.main}" stroke-width="24"`) +
        line("M300 130Q270 190 276 270", light(s.main, 0.5), 6) +
        line("M350 426L392 520M450 426L408 520", s.main, 18) +
        rect(382, 506, 36, 40, 6, s.across(dark(s.main, 0.2))) +
        rect(380, 540, 40, 190, 12, s.across(s.accent)) +
        seam("M382 570L418 556M382 600L418 586M382 630L418 616M382 660L418 646M382 690L418 676", 4, 0.3),
    ) +
    circle(600, 600, 52, s.ball("#d5e04d")) +
    line("M560 568Q600 596 590 650M640 566Q612 600 646 624", "#fff", 5, ' opacity=".8"')
  );
};

export const skateboard: Drawer = (s) => {
  const wheel = (x: number) =>
    circle(x, 556, 40, s.ball(s.accent)) + circle(x, 556, 15, "#e9e5dc") + circle(x, 556, 6, "#55585f");
  return (
    shadow(s, 400, 600, 370) +
    path("M216 470H292L276 540H232ZM508 470H584L568 540H524Z", s.down("#9aa0a6")) +
    wheel(254) +
    wheel(546) +
    path(
      "M60 420Q84 408 104 426L150 458Q164 466 190 466H610Q636 466 650 458L696 426Q716 408 740 420Q744 434 730 444L672 486Q650 500 620 500H180Q150 500 128 486L70 444Q56 434 60 420Z",
      s.down(s.main),
    ) +
    line("M84 432L142 470Q164 482 190 482H610Q636 482 658 470L716 432", light(s.main, 0.35), 5) +
    rect(330, 470, 140, 26, 4, light(s.accent, 0.2), ' opacity=".7"')
  );
};
