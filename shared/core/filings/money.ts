/** Amounts of money. */

export interface Money {
  /** In minor units: cents. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}
