import type { Invocation } from "../command.ts";
import { duration, grouped, printFields } from "../output.ts";
import type { LoadedCommunity } from "./community.ts";
import type { LoadedData } from "./demo-data.ts";
import type { DemoOrg } from "./demo-org.ts";
import type { MadePeople } from "./demo-people.ts";

export interface Seeded {
  demo: DemoOrg;
  people: MadePeople | null;
  data: LoadedData;
  community: LoadedCommunity | null;
  seconds: number;
}

/** Of products, users and events: what a community has lost since it was made says nothing against the call. */
export function rejectedOf({ products, users, events }: LoadedData): number {
  return products.rejected + users.rejected + events.rejected;
}

export function printSeeded(invocation: Invocation, seeded: Seeded): void {
  if (invocation.flag("json")) printJson(invocation, seeded);
  else printText(invocation, seeded);
}

function printJson(invocation: Invocation, { demo, people, data, community, seconds }: Seeded): void {
  const isPasswordNew = people !== null && people.made.length > 0;
  printFields(invocation, {
    org: demo.org,
    accepted: data.products.accepted,
    rejected: rejectedOf(data),
    users: data.users.accepted,
    events: data.events.accepted,
    ...(community === null ? {} : { community: wireOf(community) }),
    seconds,
    ...(demo.createdKey === null ? {} : { key: demo.createdKey }),
    people: people?.made.map(({ email, role }) => ({ email, role })) ?? [],
    ...(isPasswordNew ? { password: people.password } : {}),
  });
}

function wireOf({ sent, accepted, duplicates, rejected, thereUntil }: LoadedCommunity) {
  return { ...sent, accepted, duplicates, rejected, there_until: thereUntil };
}

function printText(invocation: Invocation, { demo, people, data, community, seconds }: Seeded): void {
  const { products, users, events } = data;
  const rejected = rejectedOf(data);
  const rejections = rejected === 0 ? "" : `, ${grouped(rejected)} rejected (see demo-*.rejected.ndjson)`;
  const made = [
    ...(products.accepted > 0 || events.accepted === 0
      ? [`${grouped(products.accepted)} demo products`]
      : []),
    ...(events.accepted > 0
      ? [`${grouped(events.accepted)} events of ${grouped(users.accepted)} users`]
      : []),
    ...(community === null ? [] : [communityText(community)]),
  ];
  invocation.out(`${made.join(", ")}${rejections} in ${duration(seconds)}\n`);
  if (demo.createdKey !== null && invocation.text("key-file") === undefined)
    invocation.out(`Key of the organisation "${demo.org}": ${demo.createdKey}\n`);
  if (people === null || people.made.length === 0 || invocation.text("password-file") !== undefined) return;
  const emails = people.made.map(({ email, role }) => `${email} (${role})`).join(", ");
  invocation.out(`Sign in as ${emails}, password: ${people.password}\n`);
}

function communityText({ sent, accepted, thereUntil }: LoadedCommunity): string {
  if (thereUntil !== null) {
    const more = accepted === 0 ? "nothing new" : `${grouped(accepted)} posts, comments and likes since`;
    return `a community that was there up to ${thereUntil} (${more})`;
  }
  const { person, friendship, post, comment, like } = sent;
  return (
    `a community of ${grouped(person)} people with ${grouped(friendship)} friendships, ` +
    `${grouped(post)} posts, ${grouped(comment)} comments and ${grouped(like)} likes`
  );
}
