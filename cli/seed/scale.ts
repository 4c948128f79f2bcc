import { wholeNumber, type Invocation } from "../command.ts";
import { FULL, SMALL, type CommunitySize } from "../demo/community/generate.ts";
import { UsageError } from "../errors.ts";

/** How much of everything the demo has. */
export interface DemoScale {
  products: number;
  events: number;
  /** Of the shop, whose visits are counted. */
  users: number;
  /** `null` for none. */
  community: CommunitySize | null;
}

const SCALES = {
  small: { products: 2_000, events: 150_000, users: 400, community: SMALL },
  full: { products: 10_000, events: 1_000_000, users: 2_000, community: FULL },
} as const satisfies Record<string, DemoScale>;

/** The scale of the call, with what it says of single amounts. Throws `UsageError`. */
export function scaleOf(invocation: Invocation): DemoScale {
  const scale = namedScale(invocation.text("scale") ?? "small");
  const people = wholeNumber(invocation, "people", scale.community.people, [0, 100_000]);
  return {
    products: wholeNumber(invocation, "count", scale.products, [0, 1_000_000]),
    events: wholeNumber(invocation, "events", scale.events, [0, 20_000_000]),
    users: scale.users,
    community: people === 0 ? null : ofPeople(scale.community, people),
  };
}

function namedScale(name: string): (typeof SCALES)[keyof typeof SCALES] {
  if (name === "small" || name === "full") return SCALES[name];
  throw new UsageError(`--scale is "${name}": small or full is needed`);
}

/** The same life among others in number. */
function ofPeople(size: CommunitySize, people: number): CommunitySize {
  const share = people / size.people;
  return {
    ...size,
    people,
    posts: Math.ceil(size.posts * share),
    friends: Math.min(size.friends, people / 4),
  };
}
