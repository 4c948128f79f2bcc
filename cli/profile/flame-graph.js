"use strict";
// The script of a flame graph's file: zooming, searching, and both by keyboard.
const svg = document.documentElement;
const frames = [...svg.querySelectorAll(".frame:not(.key)")];
const details = document.getElementById("details");
const whole = Number(svg.dataset.total);
const [margin, letter] = [svg.dataset.margin, svg.dataset.letter].map(Number);
const root = frames[0];
const HINT = "Click or Enter: zoom · Esc: back · arrows: move · /: search";
let zoomed = root;

const startOf = (frame) => Number(frame.dataset.start);
const microsOf = (frame) => Number(frame.dataset.micros);
const depthOf = (frame) => Number(frame.getAttribute("aria-level"));
const endOf = (frame) => startOf(frame) + microsOf(frame);
const isWithin = (frame, other) => startOf(frame) >= startOf(other) - 1 && endOf(frame) <= endOf(other) + 1;
const isShown = (frame) => !frame.classList.contains("hidden");

/** Callees of the zoomed frame fill the width; its callers stay above it, faint. */
function lay() {
  const width = Math.max(480, window.innerWidth || 1200);
  svg.setAttribute("width", width);
  svg.setAttribute("viewBox", `0 0 ${width} ${svg.getAttribute("height")}`);
  const scale = (width - 2 * margin) / Math.max(1, microsOf(zoomed));
  for (const frame of frames) {
    const isOuter = depthOf(frame) < depthOf(zoomed) && isWithin(zoomed, frame);
    const isInner = depthOf(frame) >= depthOf(zoomed) && isWithin(frame, zoomed);
    const size = isOuter ? width - 2 * margin : microsOf(frame) * scale;
    frame.classList.toggle("outer", isOuter);
    frame.classList.toggle("hidden", !(isOuter || (isInner && size >= 0.4)));
    const x = isOuter ? margin : margin + (startOf(frame) - startOf(zoomed)) * scale;
    draw(frame, x, size);
  }
  const box = document.getElementById("search");
  if (box !== null) box.setAttribute("x", width - margin - 240);
}

function draw(frame, x, size) {
  const [rect, text] = [frame.querySelector("rect"), frame.querySelector("text")];
  rect.setAttribute("x", x.toFixed(1));
  rect.setAttribute("width", Math.max(0.4, size).toFixed(1));
  text.setAttribute("x", (x + 4).toFixed(1));
  const letters = Math.floor((size - 8) / letter);
  const { name } = frame.dataset;
  text.textContent = letters >= name.length ? name : letters < 3 ? "" : `${name.slice(0, letters - 1)}…`;
}

function tell(frame) {
  details.textContent = frame === null ? HINT : frame.getAttribute("aria-label");
}

function zoom(frame) {
  zoomed = frame;
  lay();
  reach(frame);
}

/** One frame is in the order of Tab: the one that was reached last. */
function reach(frame) {
  for (const other of frames) other.setAttribute("tabindex", other === frame ? "0" : "-1");
  frame.focus();
  tell(frame);
}

function neighbour(frame, key) {
  const depth = depthOf(frame);
  const at = (level) => frames.filter((other) => depthOf(other) === level && isShown(other));
  if (key === "ArrowUp") return at(depth - 1).find((other) => isWithin(frame, other));
  if (key === "ArrowDown") {
    const callees = at(depth + 1).filter((other) => isWithin(other, frame));
    return callees.sort((a, b) => microsOf(b) - microsOf(a))[0];
  }
  const level = at(depth).sort((a, b) => startOf(a) - startOf(b));
  return level[level.indexOf(frame) + (key === "ArrowRight" ? 1 : -1)];
}

/** Frames whose name or place has the words; their share without those within one another. */
function search(words) {
  const wanted = words.trim().toLowerCase();
  let until = -1;
  let found = 0;
  for (const frame of [...frames].sort((a, b) => startOf(a) - startOf(b) || depthOf(a) - depthOf(b))) {
    const isFound = `${frame.dataset.name} ${frame.dataset.at}`.toLowerCase().includes(wanted);
    frame.classList.toggle("missed", wanted !== "" && !isFound);
    if (!isFound || endOf(frame) <= until) continue;
    found += endOf(frame) - Math.max(startOf(frame), until);
    until = endOf(frame);
  }
  const share = ((100 * found) / Math.max(1, whole)).toFixed(1);
  details.textContent = wanted === "" ? HINT : `“${words.trim()}”: ${share} % of the time`;
}

function addSearch() {
  const holder = document.createElementNS("http://www.w3.org/2000/svg", "foreignObject");
  for (const [name, value] of Object.entries({ id: "search", y: 12, width: 240, height: 30 }))
    holder.setAttribute(name, value);
  const input = document.createElementNS("http://www.w3.org/1999/xhtml", "input");
  input.setAttribute("type", "search");
  input.setAttribute("placeholder", "Search functions and files");
  input.setAttribute("aria-label", "Search functions and files");
  input.addEventListener("input", () => search(input.value));
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    input.value = "";
    search("");
    reach(zoomed);
  });
  holder.append(input);
  svg.append(holder);
  return input;
}

const input = addSearch();
for (const frame of frames) {
  frame.addEventListener("click", () => zoom(frame));
  frame.addEventListener("mouseenter", () => tell(frame));
  frame.addEventListener("mouseleave", () => tell(null));
  frame.addEventListener("focus", () => tell(frame));
}
svg.addEventListener("keydown", (event) => {
  const frame = event.target.closest?.(".frame");
  if (event.key === "/") input.focus();
  else if (event.key === "Escape") zoom(root);
  else if (frame && event.key === "Enter") zoom(frame);
  else if (frame && event.key.startsWith("Arrow")) {
    const next = neighbour(frame, event.key);
    if (next !== undefined) reach(next);
  } else return;
  event.preventDefault();
});
window.addEventListener("resize", lay);
lay();
tell(null);
