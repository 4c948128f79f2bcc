import { dark, light } from "../color.ts";
import { cast, circle, ellipse, gleam, line, mirrored, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const stroller: Drawer = (s) => {
  const frame = "#5b5f67";
  const wheel = (x: number, r: number) =>
    circle(x, 640 - r, r, s.ball("#37383e")) +
    circle(x, 640 - r, r * 0.62, "#d9dcdf") +
    circle(x, 640 - r, r * 0.2, frame);
  return (
    shadow(s, 390, 642, 310) +
    line("M640 220L560 300L330 560M560 540L330 380", frame, 13) +
    line("M606 250Q640 210 676 216", s.accent, 23) +
    path("M220 360H590Q590 500 470 520H340Q230 510 220 360Z", s.down(s.main)) +
    path("M590 360Q590 170 410 160L380 360Z", s.tilt(dark(s.main, 0.06))) +
    seam("M410 162L470 360M410 162L540 360M410 162L590 340", 4, 0.22) +
    path("M220 360H470V400Q330 416 224 400Z", light(s.accent, 0.25)) +
    rect(330, 540, 200, 44, 12, s.down(dark(s.main, 0.3))) +
    line("M270 500L230 590M480 520L560 590", frame, 13) +
    wheel(228, 58) +
    wheel(560, 76) +
    gleam("M250 410Q260 470 320 496Q280 470 272 410Z", 0.3)
  );
};

export const babyBottle: Drawer = (s) => {
  const bottle = "M310 330Q310 300 340 296H460Q490 300 490 330L500 600Q498 640 460 640H340Q302 640 300 600Z";
  return (
    shadow(s, 400, 640, 180) +
    path("M356 220Q350 170 384 150Q384 104 400 104T416 150Q450 170 444 220Z", s.across("#f0d9ae")) +
    rect(318, 214, 164, 80, 16, s.across(s.main)) +
    seam("M340 222V286M364 222V286M388 222V286M412 222V286M436 222V286M460 222V286", 4, 0.14) +
    path(bottle, "#e3eef0", ' opacity=".9"') +
    path("M304 430H496L500 600Q498 634 460 634H340Q302 634 300 600Z", s.across("#fbf7ee")) +
    seam("M440 360H474M452 400H474M440 440H474M452 480H474M440 520H474M452 560H474", 4, 0.35) +
    circle(366, 500, 40, light(s.accent, 0.2)) +
    circle(352, 492, 5, "#4a3f45") +
    circle(380, 492, 5, "#4a3f45") +
    line("M354 510Q366 522 378 510", "#4a3f45", 4) +
    gleam("M322 330H340L334 610H318Z", 0.7)
  );
};

export const onesie: Drawer = (s) => {
  const body =
    "M310 150Q400 206 490 150L556 176L660 290L596 350L548 306V500Q540 560 470 600Q452 640 400 644T330 600Q260 560 252 500V306L204 350L140 290L244 176Z";
  const motif =
    s.form(2) === 0
      ? Array.from({ length: 15 }, (_, i) =>
          path(
            `M${280 + (i % 4) * 80 + (Math.floor(i / 4) % 2) * 30} ${250 + Math.floor(i / 4) * 92}l4 9h9l-7 7l3 10l-9-6l-9 6l3-10l-7-7h9Z`,
            s.accent,
          ),
        ).join("")
      : circle(400, 370, 70, s.accent) +
        mirrored(circle(344, 312, 27, s.accent)) +
        circle(378, 360, 7, "#fff") +
        circle(422, 360, 7, "#fff") +
        ellipse(400, 386, 11, 8, "#fff");
  return (
    cast(body) +
    path(body, s.across(s.main)) +
    s.clip(body, motif) +
    line("M310 150Q400 206 490 150", light(s.main, 0.3), 15) +
    line("M204 346L142 290M596 346L658 290", light(s.main, 0.3), 12) +
    line("M256 510Q270 560 334 596M544 510Q530 560 466 596", light(s.main, 0.3), 12) +
    [360, 400, 440].map((x) => circle(x, 622 - Math.abs(x - 400) * 0.3, 7, "#c3c9ce")).join("") +
    seam("M262 310Q276 340 276 370M538 310Q524 340 524 370", 4, 0.12)
  );
};

export const crib: Drawer = (s) => {
  const bars = Array.from({ length: 13 }, (_, i) => `M${164 + i * 39.5} 270V520`).join("");
  return (
    shadow(s, 400, 652, 330) +
    rect(150, 420, 500, 100, 12, s.down(light(s.accent, 0.25))) +
    rect(190, 390, 130, 56, 24, s.down("#fbf6ec")) +
    path("M360 420Q500 380 640 430V520H360Z", s.down(s.accent)) +
    line(bars, s.main, 12) +
    rect(118, 240, 40, 410, 14, s.across(s.main)) +
    rect(642, 240, 40, 410, 14, s.across(s.main)) +
    rect(130, 250, 540, 32, 12, s.down(light(s.main, 0.08))) +
    rect(130, 516, 540, 36, 10, s.down(dark(s.main, 0.05))) +
    line("M400 30V70M400 70Q300 76 300 130M400 70Q500 76 500 130M400 70V150", "#b9a387", 4) +
    circle(300, 146, 19, s.ball(s.accent)) +
    circle(400, 168, 19, s.ball("#f0c35a")) +
    circle(500, 146, 19, s.ball("#8fb9c9"))
  );
};
