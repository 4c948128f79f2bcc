/** An amount in minor units (cents) of an ISO 4217 currency. */
export interface Money {
  amount: number;
  currency: string;
}

export const MAX_AMOUNT = 1_000_000_000_000;
