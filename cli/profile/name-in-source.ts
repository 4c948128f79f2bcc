const DECLARED =
  /^(?:(?:export|default|async|static|get|set|public|private|protected|override)\s+)*(?:(?:function\s*\*?|class|const|let|var)\s+)?\*?([#\w$]+)\s*(?:<[^()]*>)?\s*(\(|\{|extends\b|[=:]\s*(?:async\b\s*)?(?:function\b|class\b|\(|[\w$]+\s*=>))/;
const ASSIGNED = /([#\w$]+)\s*(?:[:=]|\?\?=)\s*(?:async\s*)?(?:function\s*\*?\s*)?(?:<[^()]*>)?$/;
const CALLED = /([#\w$]+)\s*(?:<[^()]*>)?$/;
const KEYWORDS = /^(?:if|for|while|switch|catch|return|function|async|await|new|typeof|class)$/;

/** Where a map has the first parameter, what stands before its parenthesis is the function's. */
const IN_PARAMETERS = /\(\s*[{[]?\s*$/;
const LONE_PARAMETER = /^[\w$]+\s*=>/;

/**
 * The name that the source gives to the function whose place maps to `column` of `line`. V8 places a function at its
 * parameters, and a bundler's map has the nearest token there: a name, a keyword, the parenthesis or the first parameter.
 * `built` is what the bundle calls it: kept where the source has the word too, empty where nobody named it.
 */
export function nameInSource(line: string, column: number, built: string): string {
  const [before, after] = [line.slice(0, column), line.slice(column)];
  const declared = DECLARED.exec(after);
  if (declared !== null && !KEYWORDS.test(declared[1]) && !isCall(before, declared[2])) return declared[1];
  const isInside = !after.startsWith("(") && !LONE_PARAMETER.test(after) && IN_PARAMETERS.test(before);
  const head = isInside ? before.replace(IN_PARAMETERS, "") : before;
  const assigned = ASSIGNED.exec(head)?.[1];
  if (assigned !== undefined && !KEYWORDS.test(assigned)) return assigned;
  const called = isInside || after.startsWith("(") ? CALLED.exec(head)?.[1] : undefined;
  if (called !== undefined && !KEYWORDS.test(called)) return called;
  return built.length > 2 && line.includes(built) ? built : "";
}

/** `items.map((item) => …)`: what stands there is called, not declared. */
function isCall(before: string, opening: string): boolean {
  return opening === "(" && /\.\s*$|\bnew\s+$|\bawait\s+$|[(,]\s*$/.test(before);
}
