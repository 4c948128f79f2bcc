import { existsSync, readFileSync } from "node:fs";
import { dataFolder } from "../paths.ts";

export interface JudgedQuery {
  query: string;
  /** Grade 0 to 3 by product id; a product without one counts as 0. */
  grades: ReadonlyMap<string, number>;
}

/** The 91 judged queries, with the catalogue's ids. */
export function loadJudgments(): JudgedQuery[] {
  const file = `${dataFolder() ?? ""}/relevance/judgments.jsonl`;
  if (!existsSync(file)) throw new Error("Cannot load the judgments: no data folder; set VITRINE_DATA to it");
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { query, ratings } = JSON.parse(line) as {
        query: string;
        ratings: { id: string; rel: number }[];
      };
      return { query, grades: new Map(ratings.map(({ id, rel }) => [`ice-${id}`, rel])) };
    });
}
