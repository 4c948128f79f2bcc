/** The look of the reference; a file of its own under the content security policy, not an inline style. */
export const DOCS_STYLE = `:root {
  color-scheme: light dark;
  --paper: #fbfbf9; --surface: #fff; --sunken: #f1f2ee; --ink: #171a18; --muted: #5a625c; --line: #e3e6e0;
  --accent: #14523f; --tint: #e8f0ea;
  --get: #14523f; --post: #6b3fa0; --put: #8a4b08; --patch: #8a4b08; --delete: #9a3412;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121513; --surface: #1a1e1b; --sunken: #1f2420; --ink: #eef1ec; --muted: #a5aea7; --line: #2a302c;
    --accent: #93d6b7; --tint: #1f2f27;
    --get: #93d6b7; --post: #cdb2f2; --put: #e8bd7c; --patch: #e8bd7c; --delete: #fdba8c;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html {
  background: var(--paper); color: var(--ink); scroll-padding-top: 5.5rem;
  font: 1rem/1.6 "Instrument Sans", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; text-size-adjust: 100%;
}
body { margin: 0; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
[hidden] { display: none !important; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
p code, li code, dd code { background: var(--sunken); border-radius: 4px; padding: 0.1em 0.35em; }
h1, h2, h3, h4 { line-height: 1.2; letter-spacing: -0.02em; margin: 0; font-weight: 600; text-wrap: balance; }
h1 { font-size: clamp(2.25rem, 1.4rem + 3.5vw, 3.5rem); }
h2 { font-size: 1.625rem; }
h3 { font-size: 1.25rem; }
h4 { font-size: 0.875rem; letter-spacing: 0; color: var(--muted); margin: 1.75rem 0 0.5rem; }
.skip-link { position: absolute; left: 1rem; top: -4rem; z-index: 3; background: var(--surface); padding: 0.5rem 1rem; }
.skip-link:focus { top: 0.5rem; }
.top {
  position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem;
  padding: 0.75rem clamp(1rem, 4vw, 3rem); background: var(--paper); border-bottom: 1px solid var(--line);
}
.brand { color: var(--ink); font-size: 1.125rem; font-weight: 600; letter-spacing: -0.02em; text-decoration: none; }
.version { color: var(--muted); font-size: 0.875rem; }
.filter { display: flex; align-items: center; gap: 0.5rem; margin-left: auto; flex: 1 1 18rem; max-width: 38rem; }
.filter label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.filter input {
  flex: 1; min-width: 0; min-height: 2.75rem; padding: 0 0.875rem; font: inherit; color: inherit;
  background: var(--surface); border: 1px solid var(--muted); border-radius: 0.625rem;
}
.filter button {
  min-height: 2.75rem; padding: 0 1rem; font: inherit; color: var(--paper); background: var(--accent); border: 0;
  border-radius: 0.625rem; cursor: pointer;
}
.filter output { color: var(--muted); font-size: 0.8125rem; white-space: nowrap; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); }
.contents { padding: 1rem clamp(1rem, 4vw, 3rem) 0; font-size: 0.875rem; }
.contents summary { min-height: 2.75rem; display: flex; align-items: center; font-weight: 600; cursor: pointer; }
.contents ul { list-style: none; margin: 0 0 1rem; padding: 0; }
.contents li a {
  display: flex; gap: 0.625rem; align-items: baseline; padding: 0.35rem 0; color: inherit; text-decoration: none;
}
.contents li a:hover span:last-child, .operation h3 a:hover { text-decoration: underline; }
.contents .tag { display: block; padding: 0.35rem 0; font-weight: 600; color: inherit; text-decoration: none; }
.contents .verb { flex: 0 0 3.25rem; font-size: 0.6875rem; padding: 0; background: none; }
main { min-width: 0; padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; }
main:focus { outline: none; }
main p { max-width: 44rem; margin: 0.75rem 0; }
.group { margin-top: 4rem; }
.operation { margin-top: 2.5rem; padding-top: 2rem; border-top: 1px solid var(--line); }
.operation h3 a { color: inherit; text-decoration: none; }
.operation:target h3 a { color: var(--accent); }
.call { display: flex; gap: 0.75rem; align-items: baseline; }
.verb { font: 600 0.8125rem/1.4 var(--mono); padding: 0.15rem 0.5rem; border-radius: 0.375rem; background: var(--tint); }
.verb-get { color: var(--get); } .verb-post { color: var(--post); } .verb-put { color: var(--put); }
.verb-patch { color: var(--patch); } .verb-delete { color: var(--delete); }
.path { background: none !important; padding: 0 !important; font-size: 0.9375rem; }
.path em { font-style: normal; color: var(--muted); }
.access, .media { color: var(--muted); font-size: 0.875rem; }
.fields { list-style: none; margin: 0; padding: 0; max-width: 52rem; }
.fields > li { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.fields > li:first-child { border-top: 0; }
.fields .fields { margin: 0.25rem 0 0; padding-left: 1rem; border-left: 2px solid var(--line); }
.field { display: flex; flex-wrap: wrap; gap: 0.1rem 0.75rem; align-items: baseline; }
.field .name { background: none; padding: 0; font-weight: 600; }
.field .type, .field .optional, .hint { color: var(--muted); font-size: 0.875rem; }
.field .optional { font-style: italic; }
main .hint { margin: 0.1rem 0 0; }
pre {
  max-width: 52rem; margin: 0.5rem 0; padding: 1rem 1.25rem; overflow-x: auto; line-height: 1.55; tab-size: 2;
  background: var(--sunken); border-radius: 0.75rem;
}
.response { margin: 0.25rem 0; max-width: 52rem; }
.response summary { min-height: 2rem; cursor: pointer; }
.status { font-weight: 600; }
.status-2, .status-3 { color: var(--get); } .status-4 { color: var(--put); } .status-5 { color: var(--delete); }
.problems { display: grid; gap: 0; margin: 1.5rem 0 0; max-width: 52rem; }
.problems > div { padding: 0.625rem 0; border-top: 1px solid var(--line); }
.problems > div:target { background: var(--tint); }
.problems dd { margin: 0.1rem 0 0; color: var(--muted); }
@media (min-width: 60rem) {
  .columns { grid-template-columns: 19rem minmax(0, 1fr); max-width: 88rem; margin-inline: auto; }
  .contents {
    position: sticky; top: 4.5rem; align-self: start; max-height: calc(100dvh - 4.5rem); overflow-y: auto;
    padding: 2rem 0 2rem clamp(1rem, 4vw, 3rem);
  }
  .contents summary { display: none; }
}
@media (max-width: 60rem) {
  .contents { border-bottom: 1px solid var(--line); }
  .top { position: static; }
  .filter { flex-wrap: wrap; margin-left: 0; }
  .filter output { flex-basis: 100%; }
  html { scroll-padding-top: 1rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print { .top, .contents { display: none; } pre { white-space: pre-wrap; } }
`;
