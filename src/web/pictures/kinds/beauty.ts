import { dark, light, mix } from "../color.ts";
import { circle, cylinder, ellipse, frustum, gleam, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

function label(s: Sketch, x: number, y: number, w: number, h: number): string {
  const ink = dark(s.main, 0.55);
  return (
    rect(x, y, w, h, 4, "#fbf8f1", ' opacity=".94"') +
    rect(x + w * 0.2, y + h * 0.24, w * 0.6, h * 0.09, 2, ink) +
    rect(x + w * 0.3, y + h * 0.42, w * 0.4, h * 0.05, 2, ink, ' opacity=".6"') +
    circle(x + w / 2, y + h * 0.7, Math.min(w, h) * 0.1, s.accent)
  );
}

export const creamJar: Drawer = (s) => {
  const glass = mix(s.main, "#ffffff", 0.12);
  return (
    shadow(s, 400, 640, 230) +
    frustum(400, 420, 186, 624, 182, 0.12, s.across(glass)) +
    frustum(400, 420, 160, 604, 156, 0.1, "#ffffff40") +
    label(s, 310, 470, 180, 110) +
    cylinder(s, 400, 330, 420, 194, 0.13, s.accent) +
    gleam("M232 440H256L260 606L240 600Z", 0.35)
  );
};

export const lipstick: Drawer = (s) =>
  shadow(s, 420, 642, 240) +
  path("M270 330V250Q330 180 370 190V330Z", s.across(s.main)) +
  path("M270 252Q330 182 370 190Q362 240 270 262Z", light(s.main, 0.25), ' opacity=".8"') +
  rect(262, 326, 116, 100, 4, s.across("#d8bf86")) +
  rect(246, 420, 148, 218, 8, s.across(s.accent)) +
  rect(246, 440, 148, 10, 0, "#d8bf86") +
  rect(450, 380, 148, 258, 10, s.across(s.accent)) +
  rect(450, 610, 148, 10, 0, "#d8bf86") +
  gleam("M264 456H282V630H264ZM468 394H486V600H468Z", 0.25);

export const perfume: Drawer = (s) => {
  const round = s.form(2) === 1;
  const glass = round
    ? "M230 470A170 166 0 1 1 570 470A170 166 0 0 1 470 634H330A170 166 0 0 1 230 470Z"
    : "M252 320Q252 300 272 300H528Q548 300 548 320V610Q548 636 522 636H278Q252 636 252 610Z";
  return (
    shadow(s, 400, 640, 220) +
    rect(366, 250, 68, 60, 6, s.across("#d5bd86")) +
    rect(340, 150, 120, 106, round ? 50 : 10, s.across(s.accent)) +
    path(glass, light(s.main, 0.55), ' opacity=".85"') +
    s.clip(
      glass,
      rect(200, 380, 400, 270, 0, s.fade(light(s.main, 0.2), s.main), ' opacity=".8"') +
        line("M400 306V610", "#ffffff", 4, ' opacity=".6"'),
    ) +
    path(glass, "none", ' stroke="#fff" stroke-opacity=".7" stroke-width="7"') +
    label(s, 330, 420, 140, 120) +
    gleam(round ? "M262 460Q266 370 330 330Q296 390 290 500Z" : "M272 320H300V616H272Z", 0.45)
  );
};

export const pumpBottle: Drawer = (s) =>
  shadow(s, 400, 640, 180) +
  path("M330 160H420Q440 160 440 178V206H412V186H330Q312 186 312 172T330 160Z", s.down(s.accent)) +
  rect(388, 180, 24, 80, 4, s.across(light(s.accent, 0.2))) +
  rect(354, 236, 92, 54, 8, s.across(s.accent)) +
  path(
    "M290 336Q290 290 340 288H460Q510 290 510 336V604Q508 638 470 638H330Q292 638 290 604Z",
    s.across(s.main),
  ) +
  label(s, 326, 390, 148, 180) +
  gleam("M304 340Q304 316 318 308V616H310Q304 606 304 590Z", 0.32);

export const soap: Drawer = (s) => {
  const bar = (y: number, color: string) =>
    rect(190, y, 420, 120, 50, s.down(color)) +
    path(`M230 ${y + 18}Q400 ${y - 4} 570 ${y + 18}Q400 ${y + 34} 230 ${y + 18}Z`, "#fff", ' opacity=".28"') +
    seam(`M320 ${y + 70}H480`, 6, 0.14);
  return (
    shadow(s, 400, 634, 300) +
    rect(150, 596, 500, 34, 12, s.down("#c59a68")) +
    bar(478, s.main) +
    bar(366, light(s.main, 0.12)) +
    rect(330, 360, 140, 238, 0, s.across("#efe6d2")) +
    rect(352, 430, 96, 8, 3, dark(s.main, 0.4)) +
    circle(400, 490, 26, s.accent) +
    line("M330 380H470M330 580H470", "#b99a6a", 4)
  );
};

export const serum: Drawer = (s) =>
  shadow(s, 400, 640, 160) +
  path("M378 110Q378 92 400 92T422 110L428 190H372Z", s.across("#3b3b42")) +
  rect(350, 186, 100, 90, 8, s.across(s.accent)) +
  seam("M366 196V266M382 196V266M398 196V266M414 196V266M430 196V266", 3, 0.18) +
  path(
    "M350 276H450V300Q516 316 516 366V606Q514 638 480 638H320Q286 638 284 606V366Q284 316 350 300Z",
    s.across(s.main),
  ) +
  label(s, 316, 400, 168, 168) +
  gleam("M298 370Q300 340 322 330V616H308Q298 610 298 596Z", 0.34) +
  ellipse(400, 276, 50, 5, dark(s.accent, 0.3));
