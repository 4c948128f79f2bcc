import { serve, type Service } from "./service.ts";

/** A stand-in for the import route that keeps what it gets, and can be told to fail. */
export interface FakeCatalogue extends Service {
  products: Map<string, Record<string, unknown>>;
  requests: { lines: number; key: string | null }[];
  /** Answers for the next requests, before any is taken; `null` takes it. */
  failures: (Response | null)[];
}

export async function startCatalogue(): Promise<FakeCatalogue> {
  const products = new Map<string, Record<string, unknown>>();
  const requests: FakeCatalogue["requests"] = [];
  const failures: (Response | null)[] = [];
  const service = await serve(async (request) => {
    const failure = failures.shift();
    if (failure !== undefined && failure !== null) return failure;
    const lines = (await request.text()).split("\n").filter((line) => line !== "");
    requests.push({ lines: lines.length, key: request.headers.get("Authorization") });
    const rejected: { line: number; code: string; detail: string }[] = [];
    for (const [at, line] of lines.entries()) {
      const product = JSON.parse(line) as Record<string, unknown>;
      if (typeof product.title === "string") products.set(String(product.id), product);
      else rejected.push({ line: at + 1, code: "invalid_product", detail: "title: Required" });
    }
    return Response.json({ accepted: lines.length - rejected.length, rejected: rejected.slice(0, 100) });
  });
  return { ...service, products, requests, failures };
}
