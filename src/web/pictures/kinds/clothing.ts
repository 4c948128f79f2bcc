import { dark, light, mix } from "../color.ts";
import { cast, circle, ellipse, line, mirrored, path, rect, seam } from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

const STRIPES = "M100 300H700M100 350H700M100 400H700M100 450H700M100 500H700M100 550H700M100 600H700";

/** The hollow of a collar, where the back of the garment shows. */
function hollow(s: Sketch, depth: number): string {
  return path(
    `M318 150Q400 ${150 + depth} 482 150Q400 132 318 150Z`,
    s.fade(dark(s.main, 0.45), dark(s.main, 0.3)),
  );
}

/** A small print for the chest. */
function print(s: Sketch): string {
  const mark = s.accent;
  return [
    circle(400, 320, 58, mark) + path("M342 320a58 58 0 0 0 116 0Z", light(mark, 0.4)),
    line("M340 360L380 290L410 340L430 310L462 360Z", mark, 9),
    [296, 322, 348].map((y, i) => line(`M${346 + i * 8} ${y}H${454 - i * 8}`, mark, 12)).join(""),
  ][Math.floor(s.between(0, 3))];
}

export const tShirt: Drawer = (s) => {
  const body = "M318 150Q400 212 482 150L556 174Q548 300 556 640Q400 660 244 640Q252 300 244 174Z";
  const sleeve = "M246 173Q190 196 122 330L206 378Q232 340 252 300Z";
  const decor = [
    print(s),
    `<g stroke="${s.accent}" stroke-width="17">${path(STRIPES, "none")}</g>`,
    path("M440 262h76v70q-38 26-76 0Z", s.down(light(s.main, 0.08))) + seam("M440 276H516", 2),
    "",
  ][s.form(4)];
  return (
    cast(`${body}${sleeve}`) +
    hollow(s, 40) +
    mirrored(path(sleeve, s.tilt(dark(s.main, 0.06))) + seam("M132 318L212 364", 2.5, 0.2)) +
    path(body, s.across(s.main)) +
    s.clip(body, decor) +
    line("M318 150Q400 212 482 150", light(s.main, 0.2), 13) +
    seam("M310 158Q400 232 490 158M246 622Q400 644 554 622", 2.5, 0.2) +
    seam(
      "M300 420Q312 520 296 630M500 400Q486 520 506 632M262 300Q284 340 290 380M538 300Q516 340 510 380",
      5,
      0.07,
    )
  );
};

export const sweater: Drawer = (s) => {
  const hood = s.form(2) === 1;
  const body = "M312 172Q400 226 488 172L562 196Q552 320 556 606Q400 622 244 606Q248 320 238 196Z";
  const sleeve = "M240 196Q186 216 166 330L112 600Q140 624 190 618L252 380Z";
  const rib = (d: string) => path(d, s.down(dark(s.main, 0.14)));
  const front = hood
    ? path("M306 470H494L524 580H276Z", s.down(dark(s.main, 0.07))) +
      seam("M306 470H494L524 580M306 470L276 580", 3, 0.2) +
      line("M366 216V330M434 216V320", light(s.accent, 0.3), 6)
    : seam(Array.from({ length: 9 }, (_, i) => `M${280 + i * 30} 190v420`).join(""), 6, 0.06) +
      [250, 290].map((y) => line(`M200 ${y}Q400 ${y + 26} 600 ${y}`, s.accent, 15)).join("");
  return (
    cast(`${body}${sleeve}`) +
    mirrored(
      path(sleeve, s.tilt(dark(s.main, 0.06))) +
        rib("M118 572L108 622Q140 646 190 636L196 590Q150 594 118 572Z"),
    ) +
    path(body, s.across(s.main)) +
    s.clip(body, front) +
    rib("M246 590Q400 606 554 590L550 646Q400 662 250 646Z") +
    (hood
      ? path("M296 186Q282 96 400 92Q518 96 504 186Q470 216 400 222T296 186Z", s.down(dark(s.main, 0.05))) +
        path("M330 190Q330 126 400 122T470 190Q440 214 400 216T330 190Z", dark(s.main, 0.4))
      : path("M318 158Q400 196 482 158L488 180Q400 240 312 180Z", s.down(dark(s.main, 0.14)))) +
    seam("M282 470Q300 540 290 600M518 470Q500 540 510 600", 5, 0.07)
  );
};

export const jacket: Drawer = (s) => {
  const body = "M330 150H470L560 186Q552 320 562 640Q400 656 238 640Q248 320 240 186Z";
  const sleeve = "M242 186Q188 206 170 330L118 606Q150 632 196 622L252 390Z";
  const quilted = s.form(3) === 0;
  const panel = quilted
    ? seam(
        "M200 250Q400 272 600 250M200 320Q400 342 600 320M200 390Q400 412 600 390M200 460Q400 482 600 460M200 530Q400 552 600 530M200 600Q400 622 600 600",
        5,
        0.18,
      )
    : mirrored(
        path("M286 300H366V372Q326 388 286 372Z", s.down(light(s.main, 0.07))) +
          seam("M286 320H366M276 470L370 486V586H270Z"),
      );
  return (
    cast(`${body}${sleeve}`) +
    mirrored(
      path(sleeve, s.tilt(dark(s.main, 0.06))) +
        (quilted ? seam("M156 380L250 410M142 450L238 476M128 530L224 548", 4, 0.18) : "") +
        path("M122 584L112 618Q150 646 196 632L200 600Z", dark(s.main, 0.22)),
    ) +
    path(body, s.across(s.main)) +
    s.clip(body, panel) +
    line("M400 190V646", dark(s.main, 0.4), 7) +
    (s.form(3) === 2
      ? [250, 330, 410, 490, 570].map((y) => circle(400, y, 9, s.ball(s.accent))).join("")
      : line("M400 200V640", s.accent, 2.5, ' stroke-dasharray="5 5"') +
        rect(394, 210, 12, 32, 5, s.accent)) +
    path("M330 150Q400 130 470 150L486 204L400 222L314 204Z", s.down(dark(s.main, 0.14))) +
    path("M344 156Q400 140 456 156Q430 184 400 186T344 156Z", dark(s.main, 0.5)) +
    path("M330 150L314 204L396 236L400 190Z", s.tilt(light(s.main, 0.05))) +
    path("M470 150L486 204L404 236L400 190Z", s.tilt(s.main))
  );
};

export const dress: Drawer = (s) => {
  const midi = s.form(3);
  const body = [
    "M316 140L330 250Q352 300 344 330Q330 360 216 660Q400 696 584 660Q470 360 456 330Q448 300 470 250L484 140Q400 250 316 140Z",
    "M304 140Q312 270 340 320Q330 460 290 670Q400 690 510 670Q470 460 460 320Q488 270 496 140Q400 190 304 140Z",
    "M310 140L318 270Q350 290 348 320L236 560Q400 600 564 560L452 320Q450 290 482 270L490 140Q400 220 310 140Z",
  ][midi];
  const dots = Array.from({ length: 30 }, (_, i) =>
    circle(240 + (i % 6) * 64 + (Math.floor(i / 6) % 2) * 32, 190 + Math.floor(i / 6) * 108, 9, s.accent),
  ).join("");
  const leaves = `<g stroke="${s.accent}" stroke-width="6" fill="none"><path d="M270 620q30-60 0-110m30 40q30-10 36-40m70 120q-30-60 0-110m-28 44q-26-10-30-36m140 70q24-50 0-90M370 250q30-40 6-70m40 210q20-40 0-70"/></g>`;
  const pattern = [dots, leaves, ""][Math.floor(s.between(0, 3))];
  return (
    cast(body) +
    path(body, s.across(s.main)) +
    s.clip(body, `<g opacity=".85">${pattern}</g>`) +
    path("M342 318Q400 334 458 318L456 344Q400 358 344 344Z", mix(s.main, s.accent, 0.7)) +
    seam("M370 350Q340 500 316 670M400 350V680M430 350Q460 500 484 670", 6, 0.08) +
    seam("M330 160Q360 230 364 310M470 160Q440 230 436 310", 3, 0.12)
  );
};

export const trousers: Drawer = (s) => {
  const wide = s.form(2) === 1 ? 26 : 0;
  const body = `M286 120H514L${548 + wide} 680H${420 + 4} L400 300L376 680H${252 - wide}Z`;
  return (
    cast(body) +
    path(body, s.across(s.main)) +
    path("M284 108H516L520 150H280Z", s.down(dark(s.main, 0.1))) +
    [310, 380, 420, 480].map((x) => rect(x, 104, 10, 52, 2, dark(s.main, 0.2))).join("") +
    circle(400, 130, 9, s.ball(s.accent)) +
    line("M400 150V262Q400 290 372 296", light(s.accent, 0.1), 3, ' stroke-dasharray="8 5"') +
    mirrored(line("M290 176Q300 222 350 230", light(s.accent, 0.1), 3, ' stroke-dasharray="8 5"')) +
    seam("M400 150V300M340 330Q320 480 318 670M460 330Q480 480 482 670", 4, 0.13) +
    seam(`M${254 - wide} 658H377M423 658H${546 + wide}`, 3, 0.25)
  );
};

export const hat: Drawer = (s) => {
  if (s.form(2) === 0) {
    const crown = "M214 470Q214 260 400 250T586 470Q400 430 214 470Z";
    return (
      ellipse(410, 566, 300, 40, s.glow("#2a2233", 0.4)) +
      path(crown, s.ball(s.main)) +
      seam("M400 250V448M400 252Q300 300 290 456M400 252Q500 300 510 456", 3, 0.2) +
      circle(400, 250, 12, dark(s.main, 0.1)) +
      path(
        "M214 470Q400 420 586 470Q700 500 706 548Q560 510 400 516T150 540Q150 500 214 470Z",
        s.down(light(s.accent, 0.04)),
      ) +
      seam("M178 520Q400 466 680 530", 2.5, 0.2) +
      rect(356, 352, 88, 60, 10, light(s.accent, 0.2)) +
      line("M376 394L396 370L410 386L424 372", dark(s.main, 0.2), 5)
    );
  }
  return (
    ellipse(400, 640, 240, 34, s.glow("#2a2233", 0.4)) +
    circle(400, 196, 56, s.ball(light(s.accent, 0.15))) +
    path("M216 530Q200 230 400 224T584 530Z", s.ball(s.main)) +
    seam(
      "M400 226V520M340 236Q300 380 302 520M460 236Q500 380 498 520M290 262Q246 380 250 520M510 262Q554 380 550 520",
      6,
      0.1,
    ) +
    path(
      "M204 510Q400 470 596 510Q606 570 596 626Q400 660 204 626Q194 570 204 510Z",
      s.down(dark(s.main, 0.08)),
    ) +
    seam("M250 506V636M300 500V642M350 498V646M400 496V646M450 498V646M500 500V642M550 506V636", 5, 0.12)
  );
};
