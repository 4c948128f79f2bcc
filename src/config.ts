/** Settings of one deployment, parsed once an isolate from the platform's variables. */
export interface Config {
  environment: "production" | "development" | "test";
  /** Signs cursors and encrypts stored answers; at least 32 characters. */
  secret: string;
  /** `null`: no operator, so the routes of the operator answer 401. */
  operatorKey: string | null;
  /** Origins that browsers may call the API from; `*` for any (the API takes no cookies from elsewhere). */
  corsOrigins: readonly string[];
  rateLimits: boolean;
}
