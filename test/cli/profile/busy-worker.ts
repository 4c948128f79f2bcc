/** Bundled and minified, so that only its source map knows these names. */
function burnBranches(depth: number): number {
  return depth < 2 ? depth : burnBranches(depth - 1) + burnBranches(depth - 2);
}

const answerBusily = (request: Request): Response => {
  const depth = new URL(request.url).searchParams.get("depth");
  return new Response(String(burnBranches(Number(depth))));
};

export default { fetch: answerBusily };
