import { dark, light, mix } from "../color.ts";
import { circle, ellipse, gleam, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

/** A calm landscape for a screen of the given box. */
function wallpaper(s: Sketch, x: number, y: number, w: number, h: number): string {
  const warm = s.pick(["#f2c9a1", "#a9cfe0", "#c9b6e0", "#f0b7b0", "#a8d5c2"]);
  const deep = s.pick(["#2b4a6b", "#5b3b66", "#2f5a57", "#7a3f4b"]);
  const hill = (from: number, bend: number, to: number, color: string) =>
    path(
      `M${x} ${y + h * from}Q${x + w * 0.35} ${y + h * bend} ${x + w * 0.6} ${y + h * to}T${x + w} ${y + h * from}V${y + h}H${x}Z`,
      color,
    );
  return (
    rect(x, y, w, h, 4, s.fade(light(warm, 0.35), warm)) +
    circle(x + w * 0.68, y + h * 0.34, Math.min(w, h) * 0.12, "#fff6df") +
    hill(0.62, 0.36, 0.66, mix(warm, deep, 0.45)) +
    hill(0.8, 0.6, 0.84, deep) +
    gleam(`M${x} ${y}H${x + w * 0.55}L${x + w * 0.25} ${y + h}H${x}Z`, 0.1)
  );
}

export const laptop: Drawer = (s) => {
  const c = s.main;
  return (
    shadow(s, 400, 606, 380) +
    rect(176, 190, 448, 310, 16, "#26272d") +
    wallpaper(s, 192, 206, 416, 272) +
    circle(400, 198, 3, "#6c7078") +
    path("M160 500H640L716 578H84Z", s.tilt(light(c, 0.1))) +
    path("M196 510H604L640 546H160Z", dark(c, 0.5), ' opacity=".75"') +
    seam("M186 522H616M174 534H628", 2, 0.5) +
    path("M340 552H460L470 572H330Z", dark(c, 0.12)) +
    path("M84 578H716V586Q716 600 694 600H106Q84 600 84 586Z", s.down(dark(c, 0.1))) +
    rect(350, 578, 100, 8, 4, dark(c, 0.3))
  );
};

export const phone: Drawer = (s) => {
  const c = s.main;
  const lens = (x: number, y: number) =>
    circle(x, y, 26, dark(c, 0.45)) +
    circle(x, y, 17, s.ball("#2a3038")) +
    circle(x - 5, y - 6, 5, "#9fb6cc");
  return (
    shadow(s, 400, 660, 230) +
    rect(414, 150, 236, 500, 40, s.tilt(c)) +
    rect(432, 168, 112, 124, 34, dark(c, 0.14)) +
    lens(466, 206) +
    lens(466, 256) +
    circle(512, 232, 9, "#fff4d6") +
    circle(530, 440, 20, light(c, 0.3), ' opacity=".6"') +
    rect(160, 140, 252, 516, 44, s.across(dark(c, 0.2))) +
    rect(167, 147, 238, 502, 38, "#1d1e24") +
    `<g>${s.clip("M176 190Q176 158 206 158H366Q396 158 396 190V610Q396 640 366 640H206Q176 640 176 610Z", wallpaper(s, 176, 158, 220, 482))}</g>` +
    rect(252, 170, 68, 18, 9, "#1d1e24") +
    rect(236, 620, 100, 6, 3, "#fff", ' opacity=".8"')
  );
};

export const tablet: Drawer = (s) =>
  shadow(s, 400, 650, 300) +
  rect(174, 130, 452, 520, 34, s.tilt(s.main)) +
  rect(184, 140, 432, 500, 26, "#202127") +
  wallpaper(s, 206, 164, 388, 452) +
  [0, 1, 2, 3].map((i) => rect(252 + i * 78, 556, 56, 44, 14, "#ffffff", ' opacity=".55"')).join("") +
  (s.form(2) === 1
    ? rect(640, 210, 18, 400, 9, s.across("#f3f1ec")) + path("M640 604H658L650 636H648Z", "#55585f")
    : "") +
  circle(400, 152, 4, "#5c6068");

export const monitor: Drawer = (s) => {
  const wide = s.form(2) === 1 ? 60 : 0;
  const w = 520 + wide * 2;
  const x = 400 - w / 2;
  return (
    shadow(s, 400, 650, 220) +
    path("M362 480H438L452 632H348Z", s.across(dark(s.main, 0.08))) +
    path("M272 648Q280 624 340 622H460Q520 624 528 648Z", s.down(s.main)) +
    rect(x, 160, w, 334, 14, s.tilt(mix(s.main, "#26272d", 0.75))) +
    wallpaper(s, x + 12, 172, w - 24, 296) +
    circle(400, 481, 4, s.accent)
  );
};

export const keyboard: Drawer = (s) => {
  const row = (y: number, count: number, size: number, x: number, step: number) =>
    Array.from({ length: count }, (_, i) => `M${x + i * step} ${y}h${size}v34h${-size}Z`).join("");
  const keys = row(392, 14, 30, 122, 40) + row(436, 13, 32, 126, 43) + row(480, 12, 34, 132, 46.4);
  const caps = light(s.main, 0.16);
  return (
    path("M92 556L708 556Q720 590 690 592H110Q80 590 92 556Z", "#2a2233", ' opacity=".12"') +
    rect(92, 364, 616, 204, 22, s.down(s.main)) +
    rect(92, 548, 616, 26, 12, dark(s.main, 0.25)) +
    path(keys, dark(s.main, 0.35), ' transform="translate(0 5)"') +
    path(keys, caps, ` stroke="${caps}" stroke-width="5"`) +
    rect(122, 392, 30, 34, 5, s.accent) +
    rect(640, 480, 40, 36, 6, s.accent) +
    rect(252, 526, 296, 24, 7, caps) +
    rect(132, 526, 96, 24, 7, caps) +
    rect(572, 526, 96, 24, 7, caps)
  );
};

export const mouse: Drawer = (s) =>
  shadow(s, 400, 624, 210) +
  path("M400 200Q520 206 524 370Q530 610 400 614Q270 610 276 370Q280 206 400 200Z", s.ball(s.main)) +
  seam("M278 372Q400 404 522 372M400 202V386", 4, 0.25) +
  rect(384, 256, 32, 78, 16, dark(s.main, 0.4)) +
  rect(392, 268, 16, 54, 8, s.across(s.accent)) +
  gleam("M310 270Q330 224 376 216Q330 260 316 350Z", 0.35) +
  ellipse(400, 520, 20, 9, s.accent, ' opacity=".55"');

export const router: Drawer = (s) => {
  if (s.form(2) === 0) {
    const antenna = (x: number, lean: number) =>
      path(
        `M${x - 12} 470L${x + lean - 8} 200Q${x + lean} 188 ${x + lean + 8} 200L${x + 12} 470Z`,
        s.across(dark(s.main, 0.15)),
      );
    return (
      shadow(s, 400, 622, 330) +
      antenna(190, -46) +
      antenna(330, -14) +
      antenna(470, 14) +
      antenna(610, 46) +
      path("M150 470H650L704 560H96Z", s.tilt(light(s.main, 0.12))) +
      path("M96 560H704V586Q704 612 676 612H124Q96 612 96 586Z", s.down(s.main)) +
      [0, 1, 2, 3, 4].map((i) => circle(330 + i * 34, 588, 6, i < 3 ? "#7fd6a0" : s.accent)).join("") +
      seam("M230 490H570M216 508H584M200 526H600", 4, 0.15)
    );
  }
  const tower = "M300 250Q302 190 400 188T500 250L520 590Q520 634 400 634T280 590Z";
  return (
    shadow(s, 400, 640, 200) +
    path(tower, s.across(s.main)) +
    ellipse(400, 236, 88, 26, s.down(dark(s.main, 0.12))) +
    ellipse(400, 240, 62, 16, dark(s.main, 0.3)) +
    s.clip(tower, rect(260, 560, 280, 12, 0, s.accent)) +
    circle(400, 420, 10, "#7fd6a0") +
    line("M372 396Q400 370 428 396M356 376Q400 340 444 376", dark(s.main, 0.25), 6, ' opacity=".5"')
  );
};
