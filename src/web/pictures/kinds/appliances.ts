import { dark, light } from "../color.ts";
import { circle, ellipse, gleam, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const blender: Drawer = (s) => {
  const c = s.main;
  return (
    shadow(s, 400, 650, 210) +
    path(
      "M512 250H574Q600 254 596 290L574 420Q570 440 548 440H500V412H544L566 278H512Z",
      s.tilt(dark(c, 0.05)),
    ) +
    path("M276 200H524L494 470H306Z", "#d7e6ea", ' opacity=".8"') +
    path("M290 320H510L494 470H306Z", s.fade(light(s.accent, 0.15), s.accent)) +
    ellipse(400, 320, 110, 13, light(s.accent, 0.4)) +
    line("M372 452L400 440L428 452M400 440V470", "#8f979d", 7) +
    gleam("M300 214H326L340 460H322Z", 0.55) +
    seam("M478 260H500M474 300H497M470 340H493M466 380H489", 4, 0.3) +
    path("M270 174H530V204H270Z", s.across("#3a3b42")) +
    rect(352, 146, 96, 32, 10, s.across("#46474e")) +
    path("M300 470H500L540 630Q540 648 520 648H280Q260 648 260 630Z", s.across(c)) +
    circle(400, 572, 36, s.ball("#e6e7e9")) +
    rect(396, 540, 8, 30, 4, "#55585f") +
    circle(330, 572, 9, "#00000040") +
    circle(470, 572, 9, "#00000040")
  );
};

export const toaster: Drawer = (s) => {
  const c = s.main;
  const toast = (x: number) =>
    path(
      `M${x} 400V312Q${x - 16} 270 ${x + 40} 268H${x + 90}Q${x + 146} 270 ${x + 130} 312V400Z`,
      s.down("#d79a55"),
    ) +
    path(
      `M${x + 14} 400V320Q${x + 8} 286 ${x + 44} 284H${x + 86}Q${x + 122} 286 ${x + 116} 320V400Z`,
      "#f0cf96",
    );
  return (
    shadow(s, 400, 640, 320) +
    (s.form(2) === 0 ? toast(236) + toast(434) : "") +
    rect(150, 616, 500, 24, 10, "#303137") +
    path(
      "M140 610V430Q146 364 220 360H580Q654 364 660 430V610Q660 624 644 624H156Q140 624 140 610Z",
      s.down(c),
    ) +
    rect(216, 366, 368, 26, 12, "#3a3b41") +
    gleam("M170 420Q180 386 226 384H560Q300 396 196 440Q176 450 170 480Z", 0.35) +
    rect(610, 440, 12, 130, 6, "#20222a", ' opacity=".4"') +
    rect(594, 452, 44, 26, 10, s.across(s.accent)) +
    circle(520, 560, 26, s.ball(s.accent)) +
    rect(517, 540, 6, 20, 3, "#33353b") +
    circle(448, 560, 10, light(c, 0.4)) +
    circle(412, 560, 10, light(c, 0.4))
  );
};

export const airFryer: Drawer = (s) => {
  const c = s.main;
  return (
    shadow(s, 400, 646, 260) +
    path(
      "M214 600C196 420 206 250 270 196Q400 150 530 196C594 250 604 420 586 600Q580 644 530 646H270Q220 644 214 600Z",
      s.across(c),
    ) +
    path("M262 240Q400 196 538 240Q552 300 556 360H244Q248 300 262 240Z", "#24252c") +
    ellipse(400, 300, 60, 40, s.glow(s.accent, 0.8)) +
    rect(352, 284, 26, 34, 5, "#fff", ' opacity=".85"') +
    rect(386, 284, 26, 34, 5, "#fff", ' opacity=".85"') +
    circle(440, 292, 6, "#fff") +
    path(
      "M222 392H578Q588 500 578 606Q574 632 540 634H260Q226 632 222 606Q212 500 222 392Z",
      s.across(dark(c, 0.08)),
    ) +
    path("M350 430H450L440 560Q438 584 400 584T360 560Z", s.down(s.accent)) +
    rect(372, 446, 56, 96, 20, dark(s.accent, 0.25)) +
    gleam("M240 420H262Q254 520 262 606L244 600Q234 510 240 420Z", 0.2)
  );
};

export const espressoMachine: Drawer = (s) => {
  const c = s.main;
  return (
    shadow(s, 400, 644, 290) +
    rect(184, 588, 432, 54, 12, s.down(dark(c, 0.08))) +
    rect(204, 580, 392, 16, 6, "#43454c") +
    rect(200, 330, 400, 262, 6, s.fade(dark(c, 0.5), dark(c, 0.34))) +
    rect(180, 190, 440, 176, 22, s.down(c)) +
    gleam("M204 206H596Q400 222 204 250Z", 0.3) +
    circle(268, 272, 44, s.ball("#e9e7e2")) +
    line("M268 272L290 246", "#c0453f", 5) +
    circle(420, 272, 18, s.ball(s.accent)) +
    circle(486, 272, 18, s.ball(s.accent)) +
    rect(348, 366, 104, 34, 8, s.across("#aab1b7")) +
    rect(362, 398, 76, 18, 5, s.across("#8d949a")) +
    line("M430 408L556 440", s.accent, 22) +
    line("M384 402V440M416 402V440", "#5b3826", 5) +
    line("M560 360V450Q560 490 540 510", "#b9c0c6", 10) +
    path("M352 500H448L440 562Q436 580 400 580T360 562Z", s.across("#f6f2ea")) +
    line("M446 514Q476 520 444 550", "#efe9de", 8) +
    ellipse(400, 500, 48, 9, "#6d452d") +
    rect(196, 172, 408, 22, 8, s.down("#c9ced2"))
  );
};
