import { bodyOf, type Draft } from "./draft.ts";
import type { Answer, Send } from "./fuzz-world.ts";

/** A fault between the requests and the application, and what is to be said of it. */
export interface Planted {
  name: string;
  /** The operations to ask. */
  only: string;
  through: (send: Send) => Send;
  kind: RegExp;
}

type Change = (answer: Answer, draft: Draft) => Partial<Answer> | null;

function changing(change: Change): Planted["through"] {
  return (send) => async (draft) => {
    const answer = await send(draft);
    return { ...answer, ...change(answer, draft) };
  };
}

const LONE_SURROGATE = /\\ud[89a-f][0-9a-f]{2}/;

export const PLANTED: readonly Planted[] = [
  {
    name: "a status that is not documented",
    only: "GET /v1/me",
    through: changing(({ status }) => (status === 200 ? { status: 203 } : null)),
    kind: /GET \/v1\/me: undocumented status 203/,
  },
  {
    name: "a null where there is none",
    only: "GET /v1/products",
    through: changing(({ text }) => ({ text: text.replaceAll('"title":"A lamp"', '"title":null') })),
    kind: /GET \/v1\/products\S*: body of 200: \/(?:items\/\*\/)?title is null, not string/,
  },
  {
    name: "a failure at half a character",
    only: "POST /v1/posts",
    through: changing((_, draft) =>
      LONE_SURROGATE.test(String(bodyOf(draft))) ? { status: 500, text: "RangeError" } : null,
    ),
    kind: /POST \/v1\/posts\S*: status 500 .+\n(?:.+\n)+.*\\ud/,
  },
  {
    name: "a limit that has none",
    only: "GET /v1/friends",
    through: (send) => (draft) => {
      const query = draft.query.map((part) => {
        return part.name === "limit" && Number(part.value) > 100 ? { ...part, value: "100" } : part;
      });
      return send({ ...draft, query });
    },
    kind: /GET \/v1\/friends\S*: took query limit: is over the maximum/,
  },
  {
    name: "another organisation's rows",
    only: "GET /v1/orgs/{org}/members",
    through: (send) => (draft) =>
      send(draft.credential === "the analyst" ? { ...draft, credential: "the other's owner" } : draft),
    kind: /GET \/v1\/orgs\/{org}\/members: another's rows/,
  },
];
