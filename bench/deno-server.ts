import handler from "../src/deno.ts";

interface Server {
  serve(
    options: { port: number; hostname: string; reusePort: boolean },
    answer: (request: Request, info: never) => Response | Promise<Response>,
  ): unknown;
}

/** What `deno serve src/deno.ts` does, on a port that several processes share. */
const deno = Reflect.get(globalThis, "Deno") as Server;
deno.serve({ port: Number(process.argv[2]), hostname: "127.0.0.1", reusePort: true }, (request, info) =>
  handler.fetch(request, info),
);
