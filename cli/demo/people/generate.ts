import { Choice } from "../choice.ts";
import { createRandom, type Random } from "../random.ts";
import { COUNTRIES, type Country } from "./countries.ts";

/** A made-up customer of the demo shop. */
export interface DemoUser {
  id: string;
  name: string;
  /** Minutes east of UTC where they live. */
  offset: number;
  /** How often they come: few come most of the time. */
  appetite: number;
  /** When in the time covered they first came, from 0 to 1; rises with the users' numbers. */
  joined: number;
}

export interface PeopleOptions {
  /** 400 by default. */
  count?: number;
  seed?: number;
}

export const DEMO_USER_PREFIX = "demo-user-";

const TRIES = 30;
/** A third of the users is there from the start. */
const FOUNDERS = 0.33;

const countries = new Choice(COUNTRIES, ({ weight }) => weight);

/** Customers from all over the world with names of their own, in the order in which they joined. Same options, same people. */
export function generateDemoUsers({ count = 400, seed = 1 }: PeopleOptions = {}): DemoUser[] {
  const random = createRandom(seed ^ 0x5eed);
  const names = new Set<string>();
  return Array.from({ length: count }, (_, i) => {
    const country = countries.pick(random);
    const place = (i + 1) / count;
    const share = 1 - random.next();
    return {
      id: `${DEMO_USER_PREFIX}${String(i + 1).padStart(4, "0")}`,
      name: uniqueName(random, country, names),
      offset: country.offset,
      appetite: Math.min(12, 0.5 / (share + 0.03)),
      joined: place < FOUNDERS ? 0 : (place - FOUNDERS) / (1 - FOUNDERS),
    };
  });
}

function uniqueName(random: Random, country: Country, names: Set<string>): string {
  let name = nameOf(random, country);
  for (let i = 0; i < TRIES && names.has(name); i++) name = nameOf(random, country);
  names.add(name);
  return name;
}

function nameOf(random: Random, { given, family, familyFirst }: Country): string {
  const [first, last] = [random.pick(given), random.pick(family).replaceAll("_", " ")];
  return familyFirst === true ? `${last} ${first}` : `${first} ${last}`;
}
