import { describe, expect, it } from "vitest";
import { cutStart, type CpuProfile } from "../../../cli/profile/cpu-profile.ts";
import { flameGraph } from "../../../cli/profile/flame-graph.ts";
import { nameInSource } from "../../../cli/profile/name-in-source.ts";
import { SourceNames } from "../../../cli/profile/source-names.ts";
import { foldStacks, functionTimes, type Stacks } from "../../../cli/profile/stacks.ts";

function node(id: number, functionName: string, children: number[] = []) {
  const url = functionName.startsWith("(") ? "" : "file:///project/src/shop.ts";
  return { id, callFrame: { functionName, scriptId: "1", url, lineNumber: id, columnNumber: 0 }, children };
}

/** `all` calls `handle` twice, by two nodes; `walk` calls itself. In milliseconds: handle 2 + 3, walk 4 + 5, idle 6. */
function profileOf(): CpuProfile {
  const nodes = [
    node(1, "(root)", [2, 3, 6]),
    node(2, "handle", [4]),
    { ...node(3, "handle"), callFrame: node(2, "handle").callFrame },
    node(4, "walk", [5]),
    { ...node(5, "walk"), callFrame: node(4, "walk").callFrame },
    node(6, "(idle)"),
  ];
  const timeDeltas = [0, 2_000, 4_000, 5_000, 6_000];
  return { nodes, startTime: 0, endTime: 20_000, samples: [2, 4, 5, 6, 3], timeDeltas };
}

function stacksOf(profile: CpuProfile): Stacks {
  const names = new SourceNames([], "/project", () => undefined);
  return foldStacks(profile, (one) => names.place(one));
}

describe("stacks", () => {
  it("fold what one function called, and leave idle time apart", () => {
    const { root, idleMicros } = stacksOf(profileOf());
    expect([root.totalMicros, idleMicros]).toEqual([14_000, 6_000]);
    expect(root.children).toMatchObject([
      { name: "handle", at: "src/shop.ts:3", origin: "ours", selfMicros: 5_000, totalMicros: 14_000 },
    ]);
  });

  it("count a function once in its total, however deep it calls itself", () => {
    const times = functionTimes(stacksOf(profileOf()));
    expect(times.map(({ name, selfMicros, totalMicros }) => [name, selfMicros, totalMicros])).toEqual([
      ["walk", 9_000, 9_000],
      ["handle", 5_000, 14_000],
    ]);
  });
});

it("of a profile without its first moments counts what came after", () => {
  const cut = stacksOf(cutStart(profileOf(), 4_000));
  expect(cut.root.children[0]).toMatchObject({ selfMicros: 3_000, totalMicros: 8_000 });
  expect(cut.idleMicros).toBe(6_000);
  expect(stacksOf(cutStart(profileOf(), 99_000)).root.totalMicros).toBe(0);
});

describe("a flame graph", () => {
  const text = { title: 'GET /v1/search?q=<b>&"x"', facts: "10 requests/s" };

  it("is the same for the same profile", () => {
    const draw = (): string => flameGraph(stacksOf(profileOf()).root, text);
    expect(draw()).toBe(draw());
  });

  it("says each frame's share, its own and its place", () => {
    const svg = flameGraph(stacksOf(profileOf()).root, text);
    expect(svg).toContain("<title>handle src/shop.ts:3: 100.0 %, itself 35.7 %</title>");
    expect(svg.match(/data-name="walk"/g)).toHaveLength(2);
  });

  it("is XML whatever the names hold", () => {
    const { root } = stacksOf(profileOf());
    const odd = { ...root, children: [{ ...root.children[0], name: '<script>"&\u0000' }] };
    const svg = flameGraph(odd, text);
    expect(svg).toContain("&lt;script&gt;&quot;&amp;\uFFFD");
    expect(svg).not.toContain("<b>");
  });

  it("of nothing is drawn all the same", () => {
    const nothing = { nodes: [node(1, "(root)")], startTime: 0, endTime: 0, samples: [], timeDeltas: [] };
    expect(flameGraph(stacksOf(nothing).root, text)).toContain('data-name="all"');
  });
});

// `|` is where the map says that the function stands.
it.each([
  ["export async function run|(args) {", "run"],
  ["export async function |run(args) {", "run"],
  ["  async |show(c) {", "show"],
  ["  static |of(x) {", "of"],
  ["const wait = async |(x) => 1;", "wait"],
  ["const |wait = (x) => 1;", "wait"],
  ["const f = |x => x", "f"],
  ["  run: |(x) => 1,", "run"],
  ["class |Foo extends Bar {", "Foo"],
  ["function fold<T>|(a: T) {", "fold"],
  ["  #scan|(x) {", "#scan"],
  ["const answer = (|request: Request): Response => {", "answer"],
  ["export async function list({ |limit }: Page) {", "list"],
  ["  async find(|id: string) {", "find"],
  ["items.map(|(item) => item)", ""],
  ["items.map((|item) => item)", ""],
  ["items.map(|item => item)", ""],
  ["app.get('/x', async (|c) => {", ""],
  ["items.|map((item) => item)", ""],
  ["app.get('/x', async |(c) => {", ""],
  ["if |(x) {", ""],
])("in %s the function is called %j", (line, name) => {
  expect(nameInSource(line.replace("|", ""), line.indexOf("|"), "")).toBe(name);
});
