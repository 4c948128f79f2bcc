import { SOMEONE } from "../http/credentials.ts";
import { png } from "../http/image-files.ts";
import { addSession } from "../http/sessions.ts";
import {
  addDeadLetter,
  mailedToken,
  newAccount,
  PASSWORD,
  post,
  signUp,
  signUpMember,
  type Place,
} from "./fixtures.ts";

type Fields = Readonly<Record<string, string>>;
type Make = (place: Place, headers: Record<string, string>) => Promise<Fields | FormData>;

const always =
  (fields: Fields): Make =>
  async () =>
    fields;

function parts(fields: Fields, file?: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append("file", new File([file], "lamp.png", { type: "image/png" }));
  return form;
}

/** Writes a comment as the page does. */
async function addComment({ t }: Place, headers: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ text: "A lamp" });
  const answer = await t.call("/posts/post_0", { method: "POST", headers, body });
  const [, id = ""] = (answer.headers.get("location") ?? "").split("#");
  return id;
}

async function resetToken({ t }: Place): Promise<string> {
  const email = await signUp(t);
  return mailedToken(t.platform, () => post(t, "/api/auth/request-password-reset", { email }));
}

async function confirmationToken({ t }: Place): Promise<string> {
  t.platform.config.emailConfirmation = true;
  return mailedToken(t.platform, () => post(t, "/api/auth/sign-up/email", newAccount(t)));
}

/** What is filled in, by the page that takes it; `id` stands in its address. */
const FORMS: Readonly<Record<string, Make>> = {
  "/feed": async () => parts({ do: "post", text: "Found a lamp" }),
  "/feed/posts/:id": always({ do: "like" }),
  "/feed/comments/:id": async (place, headers) => ({ id: await addComment(place, headers) }),
  "/posts/:id": always({ text: "A lamp" }),
  "/friends": always({ do: "ask", user: SOMEONE }),
  "/u/:id": always({ do: "mute" }),
  "/upload": async () => parts({}, png()),
  "/upload/:id": always({ do: "delete" }),
  "/account": async ({ t }) => ({ session: `ses_${await addSession(t.platform, "own-admin")}` }),
  "/sign-in": async (place) => ({ email: await signUpMember(place), password: PASSWORD }),
  "/sign-up": async ({ t }) => ({ ...newAccount(t) }),
  "/sign-out": always({}),
  "/forgot-password": async ({ t }) => ({ email: await signUp(t) }),
  "/reset-password": async (place) => ({ token: await resetToken(place), password: "another horse battery" }),
  "/verify-email": async (place) => ({ token: await confirmationToken(place), password: PASSWORD }),
  "/orgs": always({ name: "Lumholt" }),
  "/orgs/:org/members": always({ do: "invite", email: "new@shop.example", role: "member" }),
  "/orgs/:org/keys": always({ do: "create", name: "import", scopes: "catalogue:write" }),
  "/orgs/:org/site-keys": always({ do: "create", name: "shop", origins: "https://shop.example" }),
  "/orgs/:org/webhooks": async ({ world }) => ({ do: "rotate", webhook: world.own.webhookId }),
  "/orgs/:org/settings": always({ do: "name", name: "Lumholt" }),
  "/ops/sign-in": async ({ t }) => ({ key: String(t.platform.config.operatorKey) }),
  "/ops/sign-out": always({}),
  "/ops/dead-letters": async (place) => ({ do: "redrive", letter: await addDeadLetter(place) }),
  "/ops/experiments": async ({ world }) => ({ name: world.own.experiment, decision: "control" }),
};

export interface Form {
  /** Of what the form is about, where it was made for it. */
  id: string | null;
  body: URLSearchParams | FormData;
}

/** A form that succeeds, with what it needs in place. */
export async function formOf(pattern: string, place: Place, headers: Record<string, string>): Promise<Form> {
  const make = FORMS[pattern];
  if (make === undefined) throw new Error(`POST ${pattern} has no form: add it to test/receipts/forms.ts`);
  const made = await make(place, headers);
  if (made instanceof FormData) return { id: null, body: made };
  const { id = null, ...fields } = made;
  return { id, body: new URLSearchParams(fields) };
}
