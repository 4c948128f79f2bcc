import { dark, light, mix } from "../color.ts";
import { circle, ellipse, gleam, line, mirrored, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const headphones: Drawer = (s) => {
  const c = s.main;
  const cup =
    path("M206 420Q170 430 166 510T214 622Q252 634 262 610V432Q252 408 206 420Z", s.tilt(c)) +
    path(
      "M258 420Q312 420 316 520T258 626Q240 626 240 600V446Q240 420 258 420Z",
      s.across(mix(c, "#26262b", 0.65)),
    ) +
    (s.form(2) === 0 ? circle(208, 522, 24, s.ball(s.accent)) : line("M196 470V574", s.accent, 7)) +
    line("M222 424V346", s.accent, 14);
  return (
    shadow(s, 400, 640, 260) +
    line("M222 380C200 120 600 120 578 380", c, 40) +
    line("M222 372C204 116 596 116 578 372", light(c, 0.28), 6, ' transform="translate(0 -12)"') +
    line("M272 268C310 186 490 186 528 268", mix(c, "#26262b", 0.6), 20) +
    mirrored(cup)
  );
};

export const earbuds: Drawer = (s) => {
  const c = s.main;
  const bud =
    path(
      "M238 224Q236 170 288 168Q340 170 338 226Q336 262 306 268L304 372Q302 394 284 394T264 372L262 276Q240 262 238 224Z",
      s.across(c),
    ) +
    ellipse(254, 218, 24, 32, mix(c, "#33343a", 0.7), ' transform="rotate(14 254 218)"') +
    rect(276, 300, 16, 40, 8, s.accent, ' opacity=".8"') +
    gleam("M296 182Q324 190 324 226Q310 200 296 182Z", 0.5);
  return (
    shadow(s, 400, 640, 240) +
    mirrored(bud) +
    rect(220, 440, 360, 196, 84, s.down(c)) +
    seam("M222 516Q400 524 578 516", 4, 0.28) +
    gleam("M262 470Q290 452 340 452H480Q330 470 250 506Z", 0.4) +
    circle(400, 562, 9, s.accent) +
    rect(368, 506, 64, 18, 9, dark(c, 0.14))
  );
};

export const speaker: Drawer = (s) => {
  const c = s.main;
  const weave = seam(
    "M190 300H610M190 330H610M190 360H610M190 390H610M190 420H610M190 450H610M190 480H610M190 510H610M190 540H610M190 570H610",
    3,
    0.12,
  );
  switch (s.form(3)) {
    case 0: {
      const body = "M280 210Q280 180 400 180T520 210V600Q520 634 400 634T280 600Z";
      return (
        shadow(s, 400, 640, 200) +
        path(body, s.across(c)) +
        s.clip(body, weave) +
        ellipse(400, 208, 120, 26, s.down(dark(c, 0.2))) +
        ellipse(400, 206, 96, 18, s.glow(s.accent, 0.9)) +
        rect(374, 540, 52, 16, 8, s.accent) +
        line("M516 260Q560 280 540 340", s.accent, 10)
      );
    }
    case 1: {
      const body = "M170 380Q150 380 150 470T170 620H630Q650 620 650 540T630 380Z";
      return (
        shadow(s, 400, 634, 310) +
        line("M210 380Q210 300 300 300H500Q590 300 590 380", s.accent, 20) +
        path(body, s.down(c)) +
        circle(280, 500, 84, s.ball(dark(c, 0.3))) +
        circle(520, 500, 84, s.ball(dark(c, 0.3))) +
        s.clip(body, weave) +
        circle(280, 500, 34, s.ball(dark(c, 0.5))) +
        circle(520, 500, 34, s.ball(dark(c, 0.5))) +
        [370, 400, 430].map((x) => circle(x, 404, 7, s.accent)).join("")
      );
    }
    default:
      return (
        shadow(s, 400, 646, 210) +
        rect(262, 160, 276, 482, 20, s.across(c)) +
        rect(284, 182, 232, 438, 12, dark(c, 0.5)) +
        circle(400, 270, 58, s.ball("#8e9298")) +
        circle(400, 270, 26, s.ball(s.accent)) +
        circle(400, 462, 104, s.ball("#3a3b42")) +
        circle(400, 462, 82, s.ball("#5d6068")) +
        circle(400, 462, 34, s.ball(s.accent)) +
        circle(304, 202, 5, "#c9ced2") +
        circle(496, 202, 5, "#c9ced2")
      );
  }
};

export const soundbar: Drawer = (s) => {
  const body = "M96 470Q96 440 126 440H674Q704 440 704 470V520Q704 550 674 550H126Q96 550 96 520Z";
  return (
    shadow(s, 400, 556, 330) +
    rect(180, 160, 440, 250, 10, "#26272e") +
    rect(192, 172, 416, 226, 4, s.fade(light(s.accent, 0.3), dark(s.main, 0.2))) +
    path("M192 330Q300 250 400 320T608 280V398H192Z", dark(s.accent, 0.25), ' opacity=".7"') +
    path("M330 410H470L490 440H310Z", "#3a3b42") +
    path(body, s.down(s.main)) +
    s.clip(body, seam(Array.from({ length: 41 }, (_, i) => `M${100 + i * 15} 440V550`).join(""), 3, 0.16)) +
    rect(96, 440, 608, 14, 7, light(s.main, 0.25)) +
    rect(380, 490, 40, 12, 6, s.accent)
  );
};
