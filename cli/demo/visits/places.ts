import { Choice } from "../choice.ts";
import { generateDemoProducts } from "../generate.ts";
import type { Random } from "../random.ts";

const PRODUCTS = 300;

const REFERRERS: readonly (readonly [url: string, weight: number])[] = [
  ["https://www.google.com/", 44],
  ["https://www.instagram.com/", 13],
  ["https://www.pinterest.com/", 10],
  ["https://www.bing.com/", 8],
  ["https://duckduckgo.com/", 7],
  ["https://www.youtube.com/", 5],
  ["https://mail.proton.me/", 3],
  ["https://www.reddit.com/", 3],
  ["https://news.ycombinator.com/", 1],
];

export const NEWSLETTER = "https://newsletter.vitrine.test/";

/** Names as their owners publish them, and how busy each is. */
const BOTS: readonly (readonly [id: string, agent: string, weight: number])[] = [
  ["bot-googlebot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 10],
  ["bot-bingbot", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", 6],
  ["bot-gptbot", "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)", 4],
  ["bot-ahrefs", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", 4],
  ["bot-uptime", "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", 2],
];

/** Where visits lead and come from. */
export interface Places {
  /** The id of a product: few are looked at most. */
  product(random: Random): string;
  referrer(random: Random): string;
  bot(random: Random): { id: string; agent: string };
  /** What a campaign shows. */
  featured: string;
}

/** The places of the demo shop made with `seed`. */
export function placesOf(seed: number): Places {
  const ids = [...generateDemoProducts({ count: PRODUCTS, seed })].map(({ id }) => id);
  const products = new Choice(ids, (_, place) => 1 / (place + 4));
  const referrers = new Choice(REFERRERS, ([, weight]) => weight);
  const bots = new Choice(BOTS, ([, , weight]) => weight);
  return {
    product: (random) => products.pick(random),
    referrer: (random) => referrers.pick(random)[0],
    bot(random) {
      const [id, agent] = bots.pick(random);
      return { id, agent };
    },
    featured: ids[6],
  };
}

export function pathOf(product: string): string {
  return `/p/${product}`;
}
