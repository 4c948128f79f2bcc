import { dark, light } from "../color.ts";
import {
  circle,
  cylinder,
  ellipse,
  frustum,
  gleam,
  line,
  mirrored,
  path,
  rect,
  seam,
  shadow,
} from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const tent: Drawer = (s) => {
  const c = s.main;
  if (s.form(2) === 0) {
    return (
      shadow(s, 400, 632, 370) +
      line("M300 236L120 640M560 236L720 626", "#8b8f94", 4) +
      path("M300 230H560L700 620H420Z", s.tilt(dark(c, 0.12))) +
      path("M300 230L140 630H452Z", s.tilt(light(c, 0.06))) +
      path("M300 262L236 630H380Z", dark(c, 0.62)) +
      path("M300 262L236 630L210 630Q276 420 300 262Z", light(s.accent, 0.1)) +
      path("M300 262L380 630L408 628Q330 420 300 262Z", s.accent) +
      seam("M430 232L560 620M300 230L452 630", 3, 0.2) +
      line("M292 226H566", dark(c, 0.3), 7)
    );
  }
  return (
    shadow(s, 400, 632, 350) +
    path("M110 626C150 300 300 210 400 206S650 300 690 626Z", s.ball(c)) +
    path("M400 206C300 260 250 420 236 630H564C550 420 500 260 400 206Z", s.fade(light(c, 0.16), c)) +
    path("M400 300C340 360 312 480 306 630H494C488 480 460 360 400 300Z", dark(c, 0.6)) +
    path("M400 300C340 360 312 480 306 630H352C350 480 372 360 400 300Z", s.accent) +
    line("M110 626C150 300 300 210 400 206S650 300 690 626", s.accent, 7) +
    line("M236 630C250 420 300 260 400 206S550 420 564 630", dark(c, 0.25), 5) +
    line("M150 460L70 636M650 460L730 636", "#e9e2d4", 3)
  );
};

export const sleepingBag: Drawer = (s) => {
  const body =
    "M318 190Q300 110 400 106T482 190Q520 240 516 330L478 640Q470 690 400 690T322 640L284 330Q280 240 318 190Z";
  return (
    path(body, "#2a2233", ' opacity=".12" transform="translate(16 20)"') +
    path(body, s.across(s.main)) +
    path("M342 196Q336 146 400 144T458 196Q452 256 400 262T342 196Z", s.ball(light(s.accent, 0.1))) +
    path("M400 262L470 330L440 360L396 300Z", light(s.accent, 0.2)) +
    seam(
      [330, 390, 450, 510, 570, 630]
        .map((y) => `M${284 + (y - 330) * 0.12} ${y}Q400 ${y + 26} ${516 - (y - 330) * 0.12} ${y}`)
        .join(""),
      5,
      0.15,
    ) +
    line("M404 290Q470 420 456 640", s.accent, 5) +
    gleam("M306 320Q310 480 338 620L352 626Q326 480 326 310Z", 0.2)
  );
};

export const waterBottle: Drawer = (s) => {
  const c = s.main;
  const body = [
    "M318 292Q318 250 350 236H450Q482 250 482 292V606Q480 640 440 640H360Q320 640 318 606Z",
    "M300 280Q300 232 348 214H452Q500 232 500 280V600Q496 640 450 640H350Q304 640 300 600Z",
    "M326 250H474L462 610Q460 640 430 640H370Q340 640 338 610Z",
  ][s.form(3)];
  const cap = [
    rect(356, 178, 88, 62, 12, s.across(s.accent)) + line("M362 186Q364 130 400 130T438 186", s.accent, 13),
    rect(342, 152, 116, 64, 14, s.across(s.accent)) +
      rect(366, 128, 68, 30, 12, s.across(dark(s.accent, 0.1))),
    rect(316, 206, 168, 50, 14, s.across(s.accent)) +
      path("M420 206L432 178H462L456 206Z", dark(s.accent, 0.15)),
  ][s.form(3)];
  return (
    shadow(s, 400, 640, 170) +
    cap +
    path(body, s.across(c)) +
    s.clip(
      body,
      rect(280, 590, 240, 60, 0, dark(c, 0.22)) + (s.chance(0.5) ? rect(280, 300, 240, 10, 0, s.accent) : ""),
    ) +
    line("M366 440L392 396L412 426L424 410L440 440", light(c, 0.55), 6) +
    gleam("M336 300Q336 280 350 272V600H340Q334 590 336 560Z", 0.32)
  );
};

export const lantern: Drawer = (s) =>
  shadow(s, 400, 640, 190) +
  circle(400, 430, 280, s.glow("#ffdc8c", 0.8)) +
  line("M290 290C280 130 520 130 510 290", s.accent, 10) +
  path("M312 270Q320 210 400 206T488 270Z", s.across(s.main)) +
  rect(296, 264, 208, 36, 12, s.across(dark(s.main, 0.1))) +
  rect(316, 300, 168, 226, 14, s.across("#ffe7b0")) +
  ellipse(400, 420, 46, 84, s.glow("#ffffff", 0.95)) +
  line("M330 300V526M470 300V526", dark(s.main, 0.2), 9) +
  line("M316 380H484M316 450H484", dark(s.main, 0.2), 4, ' opacity=".5"') +
  rect(296, 522, 208, 34, 12, s.across(dark(s.main, 0.1))) +
  frustum(400, 552, 96, 628, 122, 0.14, s.across(s.main)) +
  circle(400, 594, 15, s.ball(s.accent));

export const cooler: Drawer = (s) =>
  shadow(s, 400, 640, 310) +
  line("M180 400V300Q180 270 210 270H590Q620 270 620 300V400", dark(s.main, 0.3), 17) +
  rect(150, 380, 500, 254, 30, s.down(s.main)) +
  rect(136, 330, 528, 78, 22, s.down(light(s.accent, 0.2))) +
  rect(362, 378, 76, 60, 10, s.down(dark(s.accent, 0.15))) +
  seam("M180 460H620M180 590H620", 4, 0.14) +
  mirrored(rect(150, 450, 18, 90, 8, dark(s.main, 0.25))) +
  rect(330, 500, 140, 54, 10, light(s.main, 0.3)) +
  line("M350 540L380 512L402 532L424 514L450 540", s.main, 6) +
  gleam("M170 400H200V610Q172 604 170 580Z", 0.2);

export const headlamp: Drawer = (s) => {
  const band = "M130 380C130 250 270 210 400 210S670 250 670 380S530 560 400 560S130 510 130 380Z";
  return (
    shadow(s, 400, 630, 260) +
    path(band, "none", ` stroke="${dark(s.main, 0.25)}" stroke-width="44"`) +
    line("M132 400C150 500 270 556 400 556S650 500 668 400", s.main, 56) +
    line("M140 410C160 500 280 548 400 548S640 500 660 410", s.accent, 7, ' stroke-dasharray="26 14"') +
    circle(400, 530, 210, s.glow("#fff0b8", 0.7)) +
    rect(292, 440, 216, 164, 44, s.down("#33343b")) +
    circle(400, 520, 64, s.ball("#dfe5e8")) +
    circle(400, 520, 46, s.ball("#fff3c9")) +
    circle(400, 520, 17, "#fff") +
    circle(326, 468, 9, s.accent) +
    rect(368, 426, 64, 20, 8, s.accent)
  );
};

export const campStool: Drawer = (s) =>
  shadow(s, 400, 644, 280) +
  line("M230 430L560 640M570 430L240 640", s.accent, 15) +
  line("M196 180L230 640M604 180L570 640", dark(s.accent, 0.1), 15) +
  path("M196 180H604L586 420H214Z", s.down(s.main)) +
  path("M212 400H588L606 474Q400 520 194 474Z", s.down(light(s.main, 0.07))) +
  path("M194 474Q400 520 606 474V490Q400 540 194 490Z", dark(s.main, 0.3)) +
  seam("M214 214H586M226 400Q400 380 574 400", 3, 0.2) +
  cylinder(s, 646, 380, 440, 34, 0.16, dark(s.main, 0.15)) +
  mirrored(line("M176 380H246", dark(s.main, 0.3), 22));
