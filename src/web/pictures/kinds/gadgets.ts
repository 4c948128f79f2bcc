import { dark, light } from "../color.ts";
import { cast, circle, ellipse, gleam, line, path, rect, seam, shadow, turned } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const camera: Drawer = (s) => {
  const c = s.main;
  const hump =
    s.form(2) === 0
      ? path("M310 270L334 210H466L490 270Z", s.down(dark(c, 0.12)))
      : rect(470, 226, 96, 44, 8, s.across(s.accent)) + rect(240, 240, 60, 30, 8, s.down("#a8aeb4"));
  return (
    shadow(s, 400, 606, 300) +
    hump +
    path("M210 246h66v34h-66ZM530 250h44v28h-44Z", s.down("#a8aeb4")) +
    rect(140, 268, 520, 326, 36, s.down("#a8aeb4")) +
    path("M140 330H660V530H140Z", s.down(c)) +
    seam("M140 330H660M140 530H660", 4, 0.25) +
    circle(400, 430, 168, s.tilt("#33353b")) +
    circle(400, 430, 146, s.tilt("#54575f")) +
    circle(400, 430, 118, s.ball("#1c1e26")) +
    circle(400, 430, 80, s.ball("#2d4a68")) +
    circle(400, 430, 44, s.ball("#141821")) +
    ellipse(362, 386, 32, 20, "#fff", ' opacity=".5" transform="rotate(-38 362 386)"') +
    circle(600, 298, 14, s.ball("#d8523f")) +
    rect(176, 288, 90, 28, 6, "#2b2d33")
  );
};

export const smartWatch: Drawer = (s) => {
  const strap =
    "M322 250L336 60Q338 44 356 44H444Q462 44 464 60L478 250V550L464 740Q462 756 444 756H356Q338 756 336 740L322 550Z";
  const round = s.form(2) === 1;
  const ring = (r: number, color: string, turn: number) =>
    `<circle cx="400" cy="400" r="${r}" fill="none" stroke="${color}" stroke-width="15" stroke-dasharray="${turn * r} 999" transform="rotate(-90 400 400)"/>`;
  const body = round
    ? circle(400, 400, 170, s.tilt(s.accent)) + circle(400, 400, 150, "#16171c")
    : rect(250, 236, 300, 328, 76, s.tilt(s.accent)) + rect(268, 254, 264, 292, 62, "#16171c");
  return (
    cast(strap) +
    path(strap, s.across(s.main)) +
    [100, 130, 650, 680, 710].map((y) => ellipse(400, y, 8, 5, dark(s.main, 0.4))).join("") +
    rect(562, 364, 18, 60, 8, s.across(s.accent)) +
    body +
    ring(112, "#f0626b", s.between(3.4, 5.8)) +
    ring(92, "#9bd65c", s.between(2.6, 5.2)) +
    ring(72, "#56c2e6", s.between(3, 5.6)) +
    `<g fill="#fff"><rect x="366" y="380" width="28" height="44" rx="6"/><rect x="406" y="380" width="28" height="44" rx="6"/></g>` +
    gleam(
      round ? "M290 330Q330 268 400 258Q330 300 310 380Z" : "M280 330Q280 270 340 264H420Q310 290 290 400Z",
      0.16,
    )
  );
};

export const charger: Drawer = (s) => {
  const c = s.main;
  const port = (x: number) => rect(x, 452, 64, 24, 12, dark(c, 0.6)) + rect(x + 12, 460, 40, 8, 4, "#8a9097");
  const count = s.form(3) + 1;
  return (
    shadow(s, 380, 636, 230) +
    rect(300, 200, 20, 84, 4, s.across("#d9b36b")) +
    rect(440, 200, 20, 84, 4, s.across("#d9b36b")) +
    rect(220, 270, 320, 364, 52, s.across(c)) +
    rect(220, 270, 320, 90, 52, light(c, 0.2), ' opacity=".5"') +
    (count === 1 ? port(348) : count === 2 ? port(284) + port(412) : port(256) + port(348) + port(440)) +
    line("M380 476V560Q380 700 560 690T700 600", s.accent, 13) +
    rect(364, 470, 32, 60, 8, s.across(s.accent)) +
    rect(690, 560, 26, 48, 8, s.across(s.accent)) +
    rect(694, 546, 18, 18, 4, "#b7bdc3") +
    circle(380, 330, 7, "#7fd6a0")
  );
};

export const cable: Drawer = (s) => {
  const coil = [0, 1, 2, 3]
    .map((i) =>
      ellipse(
        400,
        430 + i * 4,
        190 - i * 22,
        150 - i * 18,
        "none",
        ` stroke="${i % 2 ? light(s.main, 0.12) : s.main}" stroke-width="15"`,
      ),
    )
    .join("");
  const plug = (x: number, y: number, a: number) =>
    turned(
      a,
      x,
      y,
      rect(x - 20, y - 84, 40, 76, 10, s.across(s.accent)) +
        rect(x - 13, y - 112, 26, 32, 6, s.across("#b7bdc3")) +
        rect(x - 6, y - 12, 12, 24, 4, dark(s.main, 0.2)),
    );
  return (
    ellipse(416, 470, 230, 170, s.glow("#2a2233", 0.16)) +
    line("M584 420Q640 330 600 250", s.main, 15) +
    line("M216 420Q150 340 214 250", s.main, 15) +
    coil +
    rect(378, 250, 44, 90, 10, s.tilt(s.accent)) +
    plug(600, 246, 10) +
    plug(214, 246, -6) +
    seam("M388 270H412M388 290H412M388 310H412", 3, 0.25)
  );
};

export const powerBank: Drawer = (s) =>
  shadow(s, 400, 640, 240) +
  rect(250, 150, 300, 486, 46, s.across(s.main)) +
  rect(350, 158, 36, 14, 7, dark(s.main, 0.6)) +
  rect(414, 158, 36, 14, 7, dark(s.main, 0.6)) +
  [0, 1, 2, 3].map((i) => circle(352 + i * 32, 560, 8, i < 3 ? "#eafff1" : dark(s.main, 0.4))).join("") +
  path("M412 290L352 404H396L384 490L450 366H404Z", s.accent) +
  gleam("M276 196Q280 176 300 176V612Q276 612 276 580Z", 0.25) +
  seam("M250 600H550", 3, 0.2);

export const usbDrive: Drawer = (s) =>
  path("M210 620Q400 690 660 470L640 520Q420 710 240 650Z", "#2a2233", ' opacity=".08"') +
  turned(
    -35,
    400,
    400,
    rect(120, 346, 150, 108, 8, s.down("#c3c9ce")) +
      rect(150, 374, 28, 20, 2, "#5d6168") +
      rect(150, 408, 28, 20, 2, "#5d6168") +
      rect(256, 316, 400, 168, 40, s.down(s.main)) +
      rect(290, 344, 190, 112, 22, s.accent, ' opacity=".85"') +
      circle(604, 400, 24, dark(s.main, 0.45)) +
      circle(604, 400, 15, "#ece7e0") +
      gleam("M286 332H610Q460 342 286 350Z", 0.4),
  );
