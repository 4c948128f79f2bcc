import type { Job } from "../../ports/jobs.ts";

/** The bindings of wrangler.toml, and the variables and secrets that settings.ts reads. */
export interface WorkersEnv {
  VITRINE_KV: KVNamespace;
  BLOBS: R2Bucket;
  JOBS: Queue<Job>;
  IMAGE_JOBS: Queue<Job>;
  /** Where metrics come together; without it they stay in their isolates. */
  METRICS?: DurableObjectNamespace;
  /** Takes a point for each request and job, where it is bound. */
  ANALYTICS?: AnalyticsEngineDataset;
  RATE_READ: RateLimit;
  RATE_WRITE: RateLimit;
  RATE_UPLOAD: RateLimit;
  RATE_POST: RateLimit;
  RATE_LIKE: RateLimit;
  RATE_ASK: RateLimit;
  RATE_SENSITIVE: RateLimit;
  ENVIRONMENT?: string;
  VITRINE_SECRET?: string;
  VITRINE_SECRET_PREVIOUS?: string;
  OPERATOR_KEY?: string;
  OPERATOR_KEY_NEXT?: string;
  TURSO_DATABASE_URL?: string;
  TURSO_AUTH_TOKEN?: string;
  CORS_ORIGINS?: string;
  RATE_LIMITS?: string;
  ADMISSION?: string;
  PUBLIC_ORIGIN?: string;
  EMAIL_CONFIRMATION?: string;
  JWT_ISSUERS?: string;
  PERSON_MAX_IMAGES?: string;
  PERSON_MAX_IMAGE_GB?: string;
  ORG_MAX_IMAGES?: string;
  ORG_MAX_IMAGE_GB?: string;
  MAIL_URL?: string;
  MAIL_TOKEN?: string;
  MAIL_FROM?: string;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  OTEL_EXPORTER_OTLP_HEADERS?: string;
  OTEL_TRACES_SAMPLER?: string;
  OTEL_TRACES_SAMPLER_ARG?: string;
  OTEL_SERVICE_NAME?: string;
}

/** What fails in every delivery of the other queues of wrangler.toml moves to this one. */
export const DEAD_LETTER_QUEUE = "vitrine-jobs-dead";
