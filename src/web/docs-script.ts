/** Narrows the page while one types; without script the form does it on the server. */
export const DOCS_SCRIPT = `const box = document.querySelector("#q");
const count = document.querySelector("#count");
const entries = [...document.querySelectorAll("[data-text]")];
const groups = [...document.querySelectorAll(".group, .contents section")].filter((group) => group.querySelector("[data-text]"));
const contents = document.querySelector(".contents details");
if (matchMedia("(max-width: 60rem)").matches) contents.open = false;
function narrow() {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const entry of entries) entry.hidden = !words.every((word) => entry.dataset.text.includes(word));
  for (const group of groups) group.hidden = !group.querySelector("[data-text]:not([hidden])");
  const shown = entries.filter((entry) => !entry.hidden && entry.matches(".operation")).length;
  count.value = shown + (shown === 1 ? " operation" : " operations");
}
const isWhole = !new URLSearchParams(location.search).get("q");
if (isWhole) {
  box.addEventListener("input", narrow);
  box.form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, textarea")) return;
    event.preventDefault();
    box.focus();
  });
}
`;
