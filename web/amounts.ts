/** Amounts as people read them. */

const formatters = new Map<string, Intl.NumberFormat>();

/** Making a formatter costs more than using it a thousand times. */
function formatterOf(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = formatters.get(key) ?? new Intl.NumberFormat('en-US', options);
  formatters.set(key, known);
  return known;
}

/** `$12,500`, `$12,500.50` or `-€3`, from minor units. @param currency ISO 4217. */
export function amountText({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  const format = formatterOf(currency, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** `$182,400`, from whole dollars, as returns have them. */
export const dollarsText = (dollars: number): string => amountText({ amount: dollars * 100, currency: 'USD' });

/** `$182K` or `$1.2M`, from whole dollars: for where there is little room. */
export function shortDollarsText(dollars: number): string {
  const options = { style: 'currency', currency: 'USD', notation: 'compact', maximumSignificantDigits: 3 } as const;
  return formatterOf('short', options).format(dollars);
}
