import { eventsPerSecond, MONTH_SECONDS, rateOf } from "./jobs-work.ts";
import type { Facts } from "./jobs-work.ts";
import type { Usage } from "./prices.ts";
import { work } from "./work.ts";
import type { Work } from "./work.ts";

const RETENTION_DAYS = 400;
const MONTH_DAYS = MONTH_SECONDS / 86_400;
/** Generations of the index share segments, but not after a rebuild. */
const GENERATIONS = 4;
const GB = 1e9;

/** What lies in the stores at the end of the time that things have piled up. */
export function keptWork(facts: Facts): Work[] {
  const { scenario, figures, measured } = facts;
  const { products, months } = scenario;
  const monthly = (route: string) =>
    rateOf(facts, (visited) => (visited.route === route ? 1 : 0)) * MONTH_SECONDS;
  const kept = (name: string, usage: Partial<Usage>): Work => work(name, "kept", 0, usage);
  const images = products * scenario.imagesPerProduct + monthly("POST /v1/images") * months;
  const days = Math.min(RETENTION_DAYS, months * MONTH_DAYS);
  const events = eventsPerSecond(facts) * 86_400 * days;
  return [
    kept("products in the database", { databaseGb: (products * measured.productBytes) / GB }),
    kept("events in the database", { databaseGb: (events * figures.eventBytes.value) / GB }),
    kept("posts in the database", {
      databaseGb: (monthly("POST /v1/posts") * months * figures.postBytes.value) / GB,
    }),
    kept("images and their pictures", {
      blobGb: (images * (figures.photoBytes.value + figures.pictureBytes.value)) / GB,
    }),
    kept("generations of the index", {
      blobGb: (products * figures.indexBytesPerProduct.value * GENERATIONS) / GB,
    }),
  ];
}
