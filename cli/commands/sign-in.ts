import { Api, record } from "../api.ts";
import { urlOf, type Command, type Invocation } from "../command.ts";
import { ApiError, EXIT, NetworkError, UsageError } from "../errors.ts";
import { printFields } from "../output.ts";
import { storedSession, storeSession } from "../sessions.ts";

export const signIn: Command = {
  name: "sign-in",
  summary: "Sign in as a person; the session is kept for the commands that follow",
  usage: "[--email EMAIL]",
  help: [["--email EMAIL", "Else VITRINE_EMAIL, else asked; the password is asked or in VITRINE_PASSWORD"]],
  options: { email: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const { environment } = invocation;
    const url = urlOf(invocation);
    const email =
      invocation.text("email") ?? environment.VITRINE_EMAIL ?? (await asked(invocation, "E-mail: ", false));
    const password = environment.VITRINE_PASSWORD ?? (await asked(invocation, "Password: ", true));
    const { token, name } = await openSession(url, { email: email.trim(), password });
    const file = storeSession(environment, url, { token, email: email.trim() });
    if (invocation.flag("json")) printFields(invocation, { url, email: email.trim(), name, file });
    else invocation.out(`Signed in at ${url} as ${name} (kept in ${file})\n`);
    return EXIT.ok;
  },
};

export const signOut: Command = {
  name: "sign-out",
  summary: "End the session of vitrine sign-in, here and at the deployment",
  usage: "",
  help: [],
  options: {},
  words: [0, 0],
  async run(invocation) {
    const url = urlOf(invocation);
    const session = storedSession(invocation.environment, url);
    if (session === null) {
      invocation.out(`Nobody is signed in at ${url}.\n`);
      return EXIT.ok;
    }
    try {
      const api = new Api({ url, key: session.token });
      await api.call({ method: "POST", path: "/api/auth/sign-out", body: {} });
    } catch (error) {
      // One that has ended already is what was asked for.
      if (!(error instanceof ApiError) || error.problem.status >= 500) throw error;
    }
    storeSession(invocation.environment, url, null);
    invocation.out(`Signed out at ${url}.\n`);
    return EXIT.ok;
  },
};

/** A new session by e-mail and password. Throws `ApiError`. */
export async function openSession(
  url: string,
  credentials: { email: string; password: string },
): Promise<{ token: string; name: string }> {
  const api = new Api({ url, key: null });
  const call = { method: "POST", path: "/api/auth/sign-in/email", body: credentials };
  const { headers, body } = await api.callWithHeaders(call).catch((error: unknown) => {
    // A key would not help here.
    throw error instanceof ApiError ? new ApiError({ ...error.problem, hint: "" }) : error;
  });
  const token = headers.get("set-auth-token");
  if (token === null) throw new NetworkError("The answer has no session: is the URL right?");
  const { user } = record(body);
  return { token, name: String(record(user).name) };
}

function asked(invocation: Invocation, question: string, hidden: boolean): Promise<string> {
  if (invocation.ask !== null) return invocation.ask(question, { hidden });
  throw new UsageError("There is nobody to ask: set VITRINE_EMAIL and VITRINE_PASSWORD");
}
