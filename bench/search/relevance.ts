import { parseArgs } from "node:util";
import { hashText, seeded } from "../random.ts";
import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import { mean } from "../statistics.ts";
import { loadCatalogue } from "./catalogue.ts";
import { loadJudgments } from "./judgments.ts";
import type { JudgedQuery } from "./judgments.ts";
import { ndcg } from "./ndcg.ts";
import { withTypo } from "./typos.ts";
import { RANKED } from "./rivals/contenders.ts";
import type { OpenRival, Rival } from "./rivals/rival.ts";

const TYPO_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const HALVES = ["all", "tuning", "judging"] as const;
type Half = (typeof HALVES)[number];

interface Question extends JudgedQuery {
  half: Half;
  /** The query with one typo, by seed; `null` where no word is long enough. */
  typos: readonly (string | null)[];
}

interface QuestionScore {
  query: string;
  half: Half;
  graded: boolean;
  clean: number;
  cleanLinear: number;
  /** The ten answers and their grades (`null`: unrated). */
  answers: { id: string; grade: number | null }[];
  typos: { query: string; score: number }[];
}

interface RivalScore {
  name: string;
  settings: string;
  questions: QuestionScore[];
}

function toQuestion(judged: JudgedQuery): Question {
  const half = hashText(judged.query) % 2 === 0 ? "tuning" : "judging";
  const typos = TYPO_SEEDS.map((seed) => withTypo(judged.query, seeded(hashText(judged.query) ^ seed)));
  return { ...judged, half, typos };
}

async function ask(rival: OpenRival, text: string): Promise<readonly string[]> {
  return await rival.search({ text, limit: 10, facets: false, filters: [] });
}

async function scoreQuestion(rival: OpenRival, question: Question): Promise<QuestionScore> {
  const { query, half, grades } = question;
  const ids = await ask(rival, query);
  const typos = [];
  for (const typo of question.typos) {
    if (typo !== null) typos.push({ query: typo, score: ndcg(await ask(rival, typo), grades) });
  }
  return {
    query,
    half,
    graded: [...grades.values()].some((grade) => grade > 0),
    clean: ndcg(ids, grades),
    cleanLinear: ndcg(ids, grades, 10, "linear"),
    answers: ids.map((id) => ({ id, grade: grades.get(id) ?? null })),
    typos,
  };
}

async function scoreRival(rival: Rival, questions: readonly Question[]): Promise<RivalScore> {
  const open = await rival.build(loadCatalogue("icecat").products);
  const scores = [];
  for (const question of questions) scores.push(await scoreQuestion(open, question));
  open.close?.();
  return { name: rival.name, settings: rival.settings, questions: scores };
}

function inHalf(score: RivalScore, half: Half, graded: boolean): QuestionScore[] {
  return score.questions.filter((one) => (half === "all" || one.half === half) && (one.graded || !graded));
}

/** Mean score with typos over the mean clean score of the same queries, each as often as it got a typo. */
function typoFigures(questions: readonly QuestionScore[]): { typo: number; kept: number } {
  const typo = mean(questions.flatMap((one) => one.typos.map(({ score }) => score)));
  const clean = mean(questions.flatMap((one) => one.typos.map(() => one.clean)));
  return { typo, kept: typo / clean };
}

function figures(score: RivalScore, half: Half) {
  const graded = inHalf(score, half, true);
  return {
    clean: mean(graded.map((one) => one.clean)),
    linear: mean(graded.map((one) => one.cleanLinear)),
    withUngraded: mean(inHalf(score, half, false).map((one) => one.clean)),
    ...typoFigures(graded),
  };
}

function ratioTable(scores: readonly RivalScore[]): Table {
  const [ours, ...rivals] = scores;
  const rows = rivals.map((rival) => {
    const ratios = HALVES.map((half) => (figures(ours, half).clean / figures(rival, half).clean).toFixed(3));
    const typo = (figures(ours, "all").typo / figures(rival, "all").typo).toFixed(3);
    return [rival.name, ...ratios, typo];
  });
  return {
    title: `NDCG@10 of ${ours.name} as a multiple of each rival's`,
    columns: ["rival", "all queries", "tuning half", "judging half", "with one typo"],
    rows,
  };
}

function scoreTable(scores: readonly RivalScore[], half: Half): Table {
  const rows = scores.map((score) => {
    const { clean, linear, withUngraded, typo, kept } = figures(score, half);
    const numbers = [clean, linear, withUngraded, typo, kept].map((value) => value.toFixed(4));
    return [`${score.name} (${score.settings})`, ...numbers];
  });
  const count = inHalf(scores[0], half, true).length;
  return {
    title: half === "all" ? `NDCG@10, all ${count} queries` : `NDCG@10, ${half} half, ${count} queries`,
    columns: ["engine", "clean", "clean, linear gain", "ungraded queries as 0", "one typo", "typo ÷ clean"],
    rows,
  };
}

function perQuery(scores: readonly RivalScore[]) {
  return scores[0].questions.map(({ query, half, graded }, i) => ({
    query,
    half,
    graded,
    engines: Object.fromEntries(
      scores.map(({ name, questions }, rank) => {
        const { clean, answers, typos } = questions[i];
        const score = { clean, typo: typos.length > 0 ? mean(typos.map((one) => one.score)) : null };
        // What a rival answered is of no use to whoever tunes ours.
        return [name, rank === 0 ? { ...score, answers, typos } : score];
      }),
    ),
  }));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const questions = loadJudgments().map(toQuestion);
  const chosen = RANKED.filter(
    ({ name }) => values.only === undefined || values.only.split(",").includes(name),
  );
  const scores: RivalScore[] = [];
  for (const rival of chosen) scores.push(await scoreRival(rival, questions));
  const ungraded = questions.filter(({ grades }) =>
    [...grades.values()].every((grade) => grade === 0),
  ).length;
  writeReport({
    name: values.only === undefined ? "relevance" : "relevance-partial",
    title: "Relevance on judged queries",
    command: "npm run bench relevance",
    notes: [
      "19,406 Icecat products, 91 judged queries; unrated products count as 0; gain 2^grade − 1.",
      `${ungraded} queries have no product graded above 0 and are left out, but for the column that says so.`,
      "Halves by a hash of the query: settings are chosen on the tuning half, the judging half is only looked at.",
      `Typos: one random edit a query in a word of four letters or more, ${TYPO_SEEDS.length} seeds averaged.`,
    ],
    tables: [ratioTable(scores), ...HALVES.map((half) => scoreTable(scores, half))],
    data: {
      summary: scores.map((one) => ({ name: one.name, ...figures(one, "all") })),
      queries: perQuery(scores),
    },
  });
}

await main();
