/** What may be trusted depends on where this runs. */

/**
 * On AWS only an issuer on the web is possible: the demonstration issuer speaks http on its own machine, so it never is.
 * @throws {Error}
 */
export function demandOnTheWeb(...addresses: readonly string[]): void {
  if (process.env.AWS_LAMBDA_FUNCTION_NAME === undefined) return;
  for (const address of addresses) {
    if (!/^https:\/\/[^/]*\.[a-z]/.test(address)) throw new Error(`On AWS the issuer must be on the web: ${address}`);
  }
}
