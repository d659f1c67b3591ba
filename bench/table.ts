/** Prints the tables of the benchmarks. */

export type Row = Readonly<Record<string, string | number>>;

/** Columns are those of the first row; numbers stand to the right. */
export function printTable(title: string, rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | undefined) => String(value ?? '');
  const widths = columns.map(column => Math.max(column.length, ...rows.map(row => cell(row[column]).length)));
  const line = (cells: readonly (string | number | undefined)[]) =>
    cells
      .map((value, index) => {
        const width = widths[index] ?? 0;
        return typeof value === 'number' ? cell(value).padStart(width) : cell(value).padEnd(width);
      })
      .join('  ')
      .trimEnd();
  console.log(`\n${title}\n`);
  console.log(
    line(
      columns.map((column, index) =>
        typeof rows[0]?.[column] === 'number' ? column.padStart(widths[index] ?? 0) : column,
      ),
    ),
  );
  console.log(widths.map(width => '-'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(columns.map(column => row[column])));
}

export const round = (value: number, digits = 0) => Number(value.toFixed(digits));

/** @param share 0.5 for the median. */
export function quantile(values: readonly number[], share = 0.5): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
