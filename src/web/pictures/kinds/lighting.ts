import { dark, light, mix } from "../color.ts";
import { cylinder, ellipse, frustum, line, path, rect, shadow, circle } from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

const WARM = "#fff1cf";

function glowing(s: Sketch, cx: number, cy: number, r: number): string {
  return circle(cx, cy, r, s.glow("#ffe3a1", 0.85));
}

/** A fabric shade, open above and below, lit from within. */
function shade(
  s: Sketch,
  cx: number,
  top: number,
  rTop: number,
  bottom: number,
  rBottom: number,
  color: string,
): string {
  const lit = mix(color, WARM, 0.35);
  return (
    frustum(cx, top, rTop, bottom, rBottom, 0.12, s.across(lit)) +
    frustum(cx, top, rTop, bottom, rBottom, 0.12, s.fade("#fff1cf00", "#ffe9b455")) +
    ellipse(cx, top, rTop, rTop * 0.12, light(lit, 0.35)) +
    ellipse(cx, top, rTop - 8, rTop * 0.12 - 4, WARM)
  );
}

function dome(s: Sketch, cx: number, top: number, bottom: number, r: number, color: string): string {
  const d = `M${cx - r} ${bottom}C${cx - r} ${top - 10} ${cx - r * 0.35} ${top} ${cx} ${top}S${cx + r} ${top - 10} ${cx + r} ${bottom}Z`;
  return (
    path(d, s.across(color)) +
    ellipse(cx, bottom, r, r * 0.13, dark(color, 0.25)) +
    ellipse(cx, bottom, r - 9, r * 0.13 - 5, WARM)
  );
}

export const tableLamp: Drawer = (s) => {
  const r = s.between(160, 185);
  const foot = shadow(s, 400, 644, 190);
  const halo = glowing(s, 400, 330, 330);
  switch (s.form(3)) {
    case 0:
      return (
        foot +
        halo +
        cylinder(s, 400, 608, 632, 108, 0.16, s.accent) +
        rect(391, 330, 18, 280, 6, s.across(s.accent)) +
        shade(s, 400, 180, r * 0.66, 390, r, s.main)
      );
    case 1: {
      const body =
        "M368 390C366 430 272 450 272 530C272 600 330 634 400 634S528 600 528 530C528 450 434 430 432 390Z";
      return (
        foot +
        halo +
        path(body, s.ball(s.main)) +
        path(
          "M310 500C312 470 335 452 352 444C330 480 326 530 334 570C314 556 308 530 310 500Z",
          "#fff",
          ' opacity=".25"',
        ) +
        rect(384, 350, 32, 48, 4, s.across(s.accent)) +
        shade(s, 400, 170, r * 0.72, 362, r, "#f3ead8")
      );
    }
    default:
      return (
        foot +
        halo +
        frustum(400, 380, 34, 628, 92, 0.16, s.across(s.main)) +
        ellipse(400, 400, 30, 6, WARM, ' opacity=".6"') +
        dome(s, 400, 212, 382, r + 12, s.main) +
        ellipse(350, 262, 46, 20, "#fff", ' opacity=".28" transform="rotate(-28 350 262)"')
      );
  }
};

export const floorLamp: Drawer = (s) => {
  const r = s.between(92, 108);
  if (s.form(2) === 0) {
    return (
      shadow(s, 530, 668, 150) +
      cylinder(s, 530, 646, 666, 92, 0.16, s.accent) +
      line("M530 648V300C530 130 270 110 262 240", s.accent, 13) +
      line("M527 640V300C527 136 276 118 262 236", light(s.accent, 0.4), 3) +
      glowing(s, 262, 350, 240) +
      dome(s, 262, 218, 318, r + 14, s.main)
    );
  }
  const leg = (x: number, y: number, color: string) => line(`M400 330L${x} ${y}`, color, 15);
  return (
    shadow(s, 400, 668, 190) +
    leg(408, 646, dark(s.accent, 0.22)) +
    leg(285, 668, s.accent) +
    leg(515, 668, dark(s.accent, 0.08)) +
    circle(400, 340, 17, dark(s.accent, 0.35)) +
    glowing(s, 400, 250, 260) +
    shade(s, 400, 132, r * 1.25, 312, r * 1.5, s.main)
  );
};

export const pendantLamp: Drawer = (s) => {
  const cord = rect(397, 0, 6, 262, 2, dark(s.accent, 0.3));
  const cap = rect(378, 244, 44, 34, 8, s.across(s.accent));
  const r = s.between(165, 195);
  const halo = glowing(s, 400, 470, 300);
  switch (s.form(3)) {
    case 0:
      return cord + cap + halo + dome(s, 400, 268, 440, r, s.main);
    case 1:
      return (
        cord +
        cap +
        halo +
        frustum(400, 276, 34, 440, r, 0.13, s.across(s.main)) +
        ellipse(400, 440, r, r * 0.13, dark(s.main, 0.25)) +
        ellipse(400, 440, r - 9, r * 0.13 - 5, WARM)
      );
    default:
      return (
        cord +
        halo +
        circle(400, 410, 140, s.ball(mix(s.main, WARM, 0.55))) +
        circle(400, 410, 84, s.glow("#fff6dd", 0.9)) +
        cap +
        [330, 370, 410, 450, 490]
          .map((y) =>
            ellipse(
              400,
              y,
              Math.sqrt(140 ** 2 - (y - 410) ** 2),
              10,
              "none",
              ' stroke="#8a6b40" stroke-opacity=".18" stroke-width="3"',
            ),
          )
          .join("")
      );
  }
};
