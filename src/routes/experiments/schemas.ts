import { z } from "@hono/zod-openapi";
import {
  ARMS,
  BOUNDS,
  EXPERIMENT_LIMITS,
  EXPERIMENT_NAME,
  MAX_RANKING_WEIGHT,
  PARAMETERS,
  UNITS,
} from "../../domain/experiment.ts";
import { rfc3339OrNull, toRfc3339 } from "../../domain/time.ts";
import type { Experiment } from "../../services/experiments/experiments.ts";
import { VERDICTS, WARNINGS } from "../../services/experiments/reading-types.ts";
import { listOf } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";
import { readingWire } from "./reading-wire.ts";

const weight = z.number().min(0).max(MAX_RANKING_WEIGHT);

export const RankingWeightsSchema = z
  .strictObject({ proximity: weight, begins: weight, equals: weight, popularity: weight })
  .openapi("RankingWeights", {
    description: "What a product earns beside its words' scores, as docs/search-engine.md says",
    example: { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 1 },
  });

export const parameter = z.enum(PARAMETERS).openapi({ example: "ranking" });

const highest = Math.max(...Object.values(BOUNDS).map(([, max]) => max));

/** Of `ranking` its weights, of the others a whole number within the parameter's bounds. */
export const ParameterValueSchema = z
  .union([RankingWeightsSchema, z.int().min(0).max(highest)])
  .openapi("ParameterValue", {
    description:
      `Of \`ranking\` the weights; of the others a whole number: ` +
      Object.entries(BOUNDS)
        .map(([name, [min, max]]) => `\`${name}\` ${min} to ${max}`)
        .join(", "),
  });

export const experimentName = z
  .string()
  .max(EXPERIMENT_LIMITS.name)
  .regex(EXPERIMENT_NAME, "Expected small letters, digits and inner hyphens")
  .openapi({ description: "Unique in its organisation for ever", example: "popular-first" });

const [leastShare, mostShare] = EXPERIMENT_LIMITS.share;
const share = z
  .number()
  .min(leastShare)
  .max(mostShare)
  .openapi({ description: "Of units, how many get the treatment" });

const description = z.string().max(EXPERIMENT_LIMITS.description);
const outcome = z
  .string()
  .min(1)
  .max(EXPERIMENT_LIMITS.outcome)
  .openapi({ description: "`click`, or the `name` of an activity such as `purchase`", example: "click" });

export const NewExperimentSchema = z
  .strictObject({
    name: experimentName,
    description: description.default(""),
    parameter,
    control: ParameterValueSchema.optional().openapi({ description: "The present setting by default" }),
    treatment: ParameterValueSchema,
    unit: z.enum(UNITS).default("user"),
    share: share.default(0.5),
    outcome: outcome.default("click"),
  })
  .openapi("NewExperiment", {
    example: {
      name: "popular-first",
      description: "Do shoppers open more where popularity counts more?",
      parameter: "ranking",
      treatment: { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 1 },
      unit: "user",
      share: 0.5,
      outcome: "click",
    },
  });

export const ExperimentUpdateSchema = z.strictObject({ description }).openapi("ExperimentUpdate");

export const DecisionSchema = z
  .strictObject({
    decision: z.enum(ARMS).openapi({
      description: "`treatment` becomes the setting for all; `control` leaves it as it was",
      example: "treatment",
    }),
  })
  .openapi("ExperimentDecision");

const EstimateSchema = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .openapi("Estimate", { description: "An estimate and its interval" });

const ArmSchema = z
  .object({
    units: z.int().openapi({ description: "Users or queries that were given this arm" }),
    exposures: z.int().openapi({ description: "Answers that they got" }),
    conversions: z.int().openapi({ description: "Users (or, by query, answers) with the outcome" }),
    rate: EstimateSchema.nullable().openapi({ description: "Conversions by users, or by answers: 0 to 1" }),
    latency_ms: z.object({ median: EstimateSchema, mean: z.number() }).nullable(),
  })
  .openapi("ExperimentArm");

export const ReadingSchema = z
  .object({
    as_of: z.iso.datetime(),
    confidence: z.number().openapi({ example: 0.95 }),
    arms: z.object({ control: ArmSchema, treatment: ArmSchema }),
    difference: EstimateSchema.nullable().openapi({
      description: "Treatment minus control, of the rate; the interval holds however often it is looked at",
    }),
    lift: EstimateSchema.nullable().openapi({
      description: "The difference as a share of control's rate, likewise",
    }),
    fixed_look: z.object({ low: z.number(), high: z.number() }).nullable().openapi({
      description:
        "The narrower interval of the difference for one look at a time set beforehand; null by query",
    }),
    latency_difference_ms: EstimateSchema.nullable().openapi({
      description: "Treatment minus control, of mean latencies; holds however often it is looked at",
    }),
    split: z.object({
      expected: z.number().openapi({ description: "The share that was asked for" }),
      observed: z.number().nullable(),
      chi_square: z.number(),
      p_value: z.number(),
      is_mismatch: z.boolean().openapi({ description: "p below 0.001: something loses units of one arm" }),
    }),
    verdict: z.enum(VERDICTS),
    warnings: z.array(z.enum(WARNINGS)),
  })
  .openapi("ExperimentReading");

export const ExperimentSchema = z
  .object({
    name: experimentName,
    org: z.string().nullable().openapi({ description: "null for one of the whole deployment" }),
    description,
    parameter,
    control: ParameterValueSchema,
    treatment: ParameterValueSchema,
    unit: z.enum(UNITS),
    share,
    outcome,
    started_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
    decision: z.enum(ARMS).nullable(),
    reading: ReadingSchema.openapi({ description: "How it stands, or stood when it ended" }),
  })
  .openapi("Experiment");

export const ExperimentListSchema = listOf("ExperimentList", ExperimentSchema);
export const ofOrg = z.object({ org: orgParam });
export const oneOfDeployment = z.object({ name: experimentName });
export const oneOfOrg = z.object({ org: orgParam, name: experimentName });

export function experimentWire(experiment: Experiment) {
  const { reading, startedAt, endedAt, ...rest } = experiment;
  return {
    name: rest.name,
    org: rest.org,
    description: rest.description,
    parameter: rest.parameter,
    control: rest.control,
    treatment: rest.treatment,
    unit: rest.unit,
    share: rest.share,
    outcome: rest.outcome,
    started_at: toRfc3339(startedAt),
    ended_at: rfc3339OrNull(endedAt),
    decision: rest.decision,
    reading: readingWire(reading),
  };
}
