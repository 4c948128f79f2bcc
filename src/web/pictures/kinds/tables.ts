import { dark, light, mix } from "../color.ts";
import { circle, ellipse, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

const SPINES = ["#b5563f", "#d9a441", "#4d7a74", "#37486a", "#e6d9c3", "#8a9a7b", "#7b4b5c"] as const;

export const desk: Drawer = (s) => {
  const wood = s.main;
  const leg = (x: number, bottom: number, color: string) =>
    path(`M${x} 424H${x + 24}L${x + 18} ${bottom}H${x + 6}Z`, s.across(color));
  const drawers =
    s.form(2) === 0
      ? rect(500, 424, 166, 84, 4, s.down(dark(wood, 0.1))) +
        rect(512, 434, 142, 64, 4, s.down(light(wood, 0.06))) +
        rect(562, 460, 42, 10, 5, s.accent)
      : rect(150, 424, 500, 50, 4, s.down(dark(wood, 0.08))) +
        seam("M400 428V470", 3, 0.3) +
        circle(275, 449, 8, s.accent) +
        circle(525, 449, 8, s.accent);
  return (
    shadow(s, 400, 652, 360) +
    leg(170, 616, dark(s.accent, 0.3)) +
    leg(606, 616, dark(s.accent, 0.3)) +
    drawers +
    leg(124, 656, s.accent) +
    leg(652, 656, s.accent) +
    path("M150 366H650L700 408H100Z", s.tilt(light(wood, 0.14))) +
    seam("M190 376H620M170 388H560M230 398H660", 2, 0.07) +
    rect(100, 408, 600, 20, 4, s.down(wood)) +
    path("M506 262L620 252L636 372L520 384Z", s.tilt("#f3efe7")) +
    path("M230 384L226 330H278L274 384Z", s.across(mix(s.main, "#f4eee4", 0.6))) +
    line("M240 330Q226 280 236 262M252 330V250M264 330Q276 290 270 268", "#5f8a62", 6)
  );
};

export const bookshelf: Drawer = (s) => {
  const wood = s.main;
  const shelf = (y: number) => rect(232, y, 336, 16, 0, s.down(wood));
  const books = (left: number, bottom: number, count: number) => {
    let x = left;
    let out = "";
    for (let i = 0; i < count; i++) {
      const w = Math.round(s.between(20, 34));
      const h = Math.round(s.between(78, 112));
      out += path(`M${x} ${bottom}v${-h}h${w}v${h}z`, s.pick(SPINES));
      x += w + 2;
    }
    return out;
  };
  return (
    shadow(s, 400, 668, 230) +
    rect(220, 120, 360, 540, 6, dark(wood, 0.28)) +
    books(244, 262, 5) +
    ellipse(510, 244, 30, 20, s.ball(s.accent)) +
    rect(490, 206, 40, 34, 6, s.across(s.accent)) +
    books(330, 392, 5) +
    circle(282, 362, 30, s.ball("#e9dcc6")) +
    books(244, 522, 5) +
    rect(430, 452, 112, 70, 6, s.down("#d8c3a2")) +
    rect(470, 470, 32, 9, 4, "#8a6b48") +
    books(330, 646, 5) +
    [262, 392, 522].map(shelf).join("") +
    rect(212, 116, 22, 548, 4, s.across(wood)) +
    rect(566, 116, 22, 548, 4, s.across(wood)) +
    rect(206, 106, 388, 18, 4, s.down(wood)) +
    rect(212, 646, 376, 18, 3, s.down(wood))
  );
};
