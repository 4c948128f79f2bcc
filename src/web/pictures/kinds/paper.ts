import { dark, light } from "../color.ts";
import { circle, ellipse, gleam, line, path, rect, seam, shadow, turned } from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

/** The picture on a book's cover, inside the box 250..560 by 130..640. */
function jacketArt(s: Sketch): string {
  const a = s.accent;
  return [
    () =>
      circle(405, 330, 86, a) +
      path("M250 470Q330 400 410 460T560 440V640H250Z", dark(s.main, 0.25)) +
      path("M250 540Q350 480 440 530T560 520V640H250Z", dark(s.main, 0.42)),
    () =>
      [0, 1, 2, 3, 4]
        .map(
          (i) => `<circle cx="405" cy="400" r="${26 + i * 26}" fill="none" stroke="${a}" stroke-width="11"/>`,
        )
        .join(""),
    () =>
      [0, 1, 2]
        .map((i) =>
          path(
            `M${300 + i * 76} 560Q${270 + i * 76} 420 ${316 + i * 76} 320Q${352 + i * 76} 440 ${316 + i * 76} 560Z`,
            i % 2 ? light(a, 0.3) : a,
          ),
        )
        .join("") + line("M300 560H510", light(a, 0.5), 5),
    () =>
      path("M250 640L370 380L430 470L480 400L560 640Z", a) +
      path("M370 380L398 440L346 432Z", light(a, 0.6)) +
      circle(490, 310, 36, light(a, 0.4)),
    () =>
      rect(290, 300, 230, 230, 0, a) +
      circle(405, 415, 84, s.main) +
      rect(405, 300, 115, 115, 0, light(a, 0.35)),
    () =>
      line("M300 520Q360 300 405 420T510 330", a, 15) +
      circle(300, 520, 17, a) +
      circle(510, 330, 17, light(a, 0.4)),
  ][Math.floor(s.between(0, 6))]();
}

export const book: Drawer = (s) => {
  const ink = light(s.accent, 0.55);
  const title = s.pick([210, 180, 150] as const);
  const cover = "M226 130H560V640H226Z";
  return (
    shadow(s, 410, 656, 230) +
    path("M560 138L588 150V652L560 640Z", s.fade("#f4eee0", "#dcd2bd")) +
    seam("M566 146V640M573 150V644M580 152V648", 1.5, 0.18) +
    path("M226 640H560L588 652H254Z", "#d6cbb5") +
    path(cover, s.tilt(s.main)) +
    s.clip(cover, jacketArt(s)) +
    rect(226, 130, 26, 510, 0, s.across(dark(s.main, 0.15))) +
    rect(252, 130, 4, 510, 0, "#1b1728", ' opacity=".18"') +
    rect(405 - title / 2, 178, title, 17, 3, ink) +
    rect(405 - title / 2.8, 208, title / 1.4, 17, 3, ink) +
    rect(345, 604, 120, 9, 3, ink, ' opacity=".8"') +
    gleam("M256 130H380L300 640H256Z", 0.07)
  );
};

export const notebook: Drawer = (s) => {
  const spiral = s.form(2) === 1;
  const body = rect(236, 130, 340, 500, 22, s.tilt(s.main));
  const rings = spiral
    ? Array.from({ length: 15 }, (_, i) => line(`M250 ${162 + i * 31}q-34-4-32 9t38 5`, "#8b9198", 5)).join(
        "",
      )
    : line("M536 132V628", s.accent, 11) + line("M340 628V676l10-10l10 12V630", s.accent, 3);
  return (
    shadow(s, 410, 652, 230) +
    rect(246, 142, 342, 500, 18, "#efe8d8") +
    seam("M584 160V628M579 160V630", 1.5, 0.2) +
    body +
    rect(236, 130, 40, 500, 18, dark(s.main, 0.12), ' opacity=".6"') +
    rings +
    (s.chance(0.6)
      ? rect(330, 220, 160, 90, 6, light(s.main, 0.7)) +
        rect(352, 248, 116, 8, 3, dark(s.main, 0.3)) +
        rect(352, 272, 80, 8, 3, dark(s.main, 0.1))
      : circle(406, 300, 50, s.accent)) +
    turned(
      16,
      650,
      400,
      rect(640, 200, 22, 330, 8, s.across(s.accent)) +
        path("M640 528H662L651 572Z", "#e3cfa9") +
        path("M647 556H655L651 574Z", "#33343a") +
        rect(640, 196, 22, 30, 6, s.across("#b7bdc3")),
    )
  );
};

export const pen: Drawer = (s) => {
  const c = s.main;
  const fountain = s.form(2) === 0;
  const one =
    rect(376, 90, 48, 300, 22, s.across(c)) +
    rect(376, 376, 48, 14, 2, s.across(s.accent)) +
    rect(380, 390, 40, 190, 8, s.across(dark(c, 0.08))) +
    rect(412, 110, 14, 170, 6, s.across(s.accent)) +
    rect(380, 574, 40, 12, 3, s.across(s.accent)) +
    (fountain
      ? path("M384 586H416L412 640L400 690L388 640Z", s.tilt("#d8bd77")) +
        line("M400 640V684", "#7d6433", 2) +
        circle(400, 634, 5, "#7d6433")
      : path("M384 586H416L404 662H396Z", s.across("#b7bdc3")) + line("M400 660V672", "#33343a", 4));
  return turned(
    38,
    400,
    400,
    `<g opacity=".1" transform="translate(34 -4)">${rect(376, 90, 48, 560, 22, "#2a2233")}</g>` + one,
  );
};

export const deskOrganizer: Drawer = (s) => {
  const c = s.main;
  const pencil = (x: number, top: number, color: string) =>
    rect(x, top, 20, 560 - top, 2, s.across(color)) +
    path(`M${x} ${top}L${x + 10} ${top - 34}L${x + 20} ${top}Z`, "#e8d2a8") +
    path(`M${x + 6} ${top - 16}L${x + 10} ${top - 34}L${x + 14} ${top - 16}Z`, "#3a3a40");
  return (
    shadow(s, 400, 640, 290) +
    pencil(236, 240, "#d9a441") +
    pencil(274, 210, s.accent) +
    pencil(312, 262, "#4d7a74") +
    path("M500 300L610 280L626 480H510Z", s.tilt("#f3eee2")) +
    path("M470 330L580 324V480H476Z", s.tilt(light(s.accent, 0.5))) +
    rect(196, 340, 170, 296, 14, s.across(c)) +
    ellipse(281, 344, 80, 10, dark(c, 0.45)) +
    rect(366, 430, 268, 206, 12, s.down(light(c, 0.04))) +
    rect(386, 534, 228, 82, 8, s.down(light(c, 0.14))) +
    circle(500, 575, 11, s.accent) +
    seam("M366 512H634", 4, 0.2) +
    gleam("M214 360H232V620H214Z", 0.2)
  );
};
