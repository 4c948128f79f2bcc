import type { Credential } from "../../http/credentials.ts";
import { refusal } from "../../http/sweep.ts";
import type { Tenant } from "../../http/tenants.ts";
import { findingsIn, type Finding } from "./checks.ts";
import { contracts, type Contract } from "./contract.ts";
import { Dice } from "./dice.ts";
import { shown, type Draft } from "./draft.ts";
import { openFuzzWorld, type FuzzWorld, type Send } from "./fuzz-world.ts";
import { RequestMaker } from "./make-request.ts";
import { Pool } from "./pool.ts";
import { shrunk } from "./shrink.ts";

/** Requests end sessions and delete what they find: after so many a new world begins. */
const WORLD_REQUESTS = 600;
/** One world in so many counts requests. */
const LIMITED_WORLDS = 5;

/** They take a while whatever they do, so that it tells nothing: one in so many of their turns is taken. */
const EVEN_TIMED = ["/api/auth/request-password-reset", "/api/auth/send-verification-email"];
const EVEN_TIMED_TURNS = 8;

export interface FuzzOptions {
  seed: number;
  requests: number;
  /** Only operations whose name holds this. */
  only?: string;
  /** What stands between the requests and the application, to plant faults in answers. */
  through?: (send: Send) => Send;
}

export interface Report {
  /** One line of head and the shrunk request of each different fault. */
  findings: string[];
  sent: number;
  /** Operations by how often they answered with a success. */
  successes: Map<string, number>;
  statuses: Map<number, number>;
}

const KINDS = ["none", "bad", "operator", "key", "person"] as const;

function idsOf(tenant: Tenant): string[] {
  return Object.values(tenant).filter((value): value is string => typeof value === "string");
}

/** Of any kind, but mostly one that is let in: most of what is to be found is behind the door. */
function credentialFor(dice: Dice, { operation }: Contract, { credentials }: FuzzWorld): Credential {
  const kind = dice.pick(KINDS);
  if (dice.chance(0.3)) return dice.pick(credentials.filter((one) => one.kind === kind));
  const letIn = credentials.filter((one) => one.kind !== "bad" && refusal(operation, one, "own") === null);
  return dice.pick(letIn.length === 0 ? credentials : letIn);
}

class Run {
  readonly #options: FuzzOptions;
  readonly #found = new Map<string, string>();
  readonly report: Report = { findings: [], sent: 0, successes: new Map(), statuses: new Map() };
  readonly #contracts: Contract[];

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#contracts = contracts.filter(({ operation }) => operation.name.includes(options.only ?? ""));
  }

  async all(): Promise<Report> {
    const { requests } = this.#options;
    for (let from = 0; from < requests; from += WORLD_REQUESTS) {
      const world = await openFuzzWorld({ rateLimits: (from / WORLD_REQUESTS) % LIMITED_WORLDS === 4 });
      try {
        await this.#inWorld(world, from, Math.min(requests, from + WORLD_REQUESTS));
      } finally {
        world.t.platform.close();
      }
    }
    this.report.findings.push(...this.#found.values());
    return this.report;
  }

  async #inWorld(world: FuzzWorld, from: number, to: number): Promise<void> {
    const { seed, through = (send: Send): Send => send } = this.#options;
    const send = through(world.send);
    const pool = new Pool([
      ...idsOf(world.own),
      ...idsOf(world.foreign),
      "own-owner",
      "foreign-owner",
      "post_1",
    ]);
    for (let i = from; i < to; i++) {
      const dice = new Dice(Math.imul(seed, 0x9e3779b1) + i);
      const contract = this.#contracts[i % this.#contracts.length];
      if (EVEN_TIMED.includes(contract.operation.path) && dice.below(EVEN_TIMED_TURNS) > 0) continue;
      const credential = credentialFor(dice, contract, world);
      const tenant = dice.chance(0.75) ? world.own : world.foreign;
      const draft = new RequestMaker(dice, pool).make({ contract, credential, tenant });
      const check = async (one: Draft): Promise<Finding[]> => {
        const answer = await send(one);
        if (one === draft) this.#count(contract, answer.status);
        if (one === draft && credential.tenant !== "foreign")
          pool.take(draft.operation, bodyOf(answer.text), answer.headers.get("etag"));
        return findingsIn({ draft: one, answer, contract, credential });
      };
      for (const found of await check(draft)) await this.#tell(found, draft, i, check);
    }
  }

  #count({ operation }: Contract, status: number): void {
    const { successes, statuses } = this.report;
    this.report.sent++;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 200 && status < 400)
      successes.set(operation.name, (successes.get(operation.name) ?? 0) + 1);
  }

  async #tell(
    found: Finding,
    draft: Draft,
    i: number,
    check: (draft: Draft) => Promise<Finding[]>,
  ): Promise<void> {
    const name = `${draft.operation}: ${found.kind}`;
    if (this.#found.has(name)) return;
    this.#found.set(name, name);
    const least = await shrunk(draft, async (one) =>
      (await check(one)).some(({ kind }) => kind === found.kind),
    );
    const head = `${name} (seed ${this.#options.seed}, request ${i})`;
    this.#found.set(name, `${head}\n${shown(least)}\n  → ${found.detail}`);
  }
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Sends so many requests made of `seed` to the application and tells what was wrong with the answers. */
export function fuzz(options: FuzzOptions): Promise<Report> {
  return new Run(options).all();
}
