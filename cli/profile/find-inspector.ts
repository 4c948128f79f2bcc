import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Invocation } from "../command.ts";
import { NetworkError, UsageError } from "../errors.ts";

export interface InspectorTarget {
  /** "wrangler/v4.155.0", "node.js/v24.21.0", "Deno/2.9.5". */
  runtime: string;
  socket: string;
  /** Where it was asked for. */
  address: string;
}

/** What `--inspect` of Node and Deno listen on where nothing else is said. */
const USUAL = "127.0.0.1:9229";
const PATIENCE_MS = 3_000;

const HOW_TO = `Start the deployment with one:
  npm run dev                                       listens by itself, and says where in .vitrine/inspector.json
  deno serve -A --inspect … src/deno.ts             on ${USUAL}
  node --inspect server.ts                          on ${USUAL}
and name it by --inspector HOST:PORT where it is elsewhere.`;

/** The inspector named by `--inspector`, that of `npm run dev` at this URL, or the usual one. Throws what to do without. */
export async function findInspector(invocation: Invocation, url: URL): Promise<InspectorTarget> {
  const named = invocation.text("inspector");
  if (named !== undefined) {
    const found = await askInspector(addressOf(named));
    if (found === null) throw new NetworkError(`No inspector answers at ${named}.\n${HOW_TO}`);
    return found;
  }
  const own = ofDevelopment(invocation, url);
  for (const address of own === null ? [USUAL] : [own, USUAL]) {
    const found = await askInspector(address);
    if (found !== null) return found;
  }
  throw new NetworkError(`No inspector found for ${url.origin}.\n${HOW_TO}`);
}

function addressOf(text: string): string {
  const address = /^\d+$/.test(text) ? `127.0.0.1:${text}` : text.replace(/^(?:https?|wss?):\/\//, "");
  const bare = address.replace(/\/.*$/, "");
  if (URL.canParse(`http://${bare}`) && /:\d+$/.test(bare)) return bare;
  throw new UsageError(`--inspector is "${text}": a port, or HOST:PORT, is needed`);
}

/** `npm run dev` writes down what it serves and where its inspector listens. */
function ofDevelopment({ environment }: Invocation, url: URL): string | null {
  try {
    const file = join(environment.VITRINE_STATE ?? ".vitrine", "inspector.json");
    const told = JSON.parse(readFileSync(file, "utf8")) as { url?: string; inspector?: string };
    const isSame = told.url !== undefined && URL.parse(told.url)?.port === url.port;
    return isSame ? (told.inspector ?? null) : null;
  } catch {
    // There is none, or it is half written.
    return null;
  }
}

async function askInspector(address: string): Promise<InspectorTarget | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(`http://${address}${path}`, { signal });
    return answer.ok ? answer.json() : null;
  };
  try {
    const targets = (await get("/json/list")) as { id?: string; webSocketDebuggerUrl?: string }[] | null;
    const target = targets?.find(({ webSocketDebuggerUrl }) => webSocketDebuggerUrl !== undefined);
    if (target?.webSocketDebuggerUrl === undefined) return null;
    const version = (await get("/json/version").catch(() => null)) as { Browser?: string } | null;
    return { runtime: version?.Browser ?? "V8", socket: target.webSocketDebuggerUrl, address };
  } catch {
    // Nothing listens there, or something else does.
    return null;
  }
}
