/** Versions of the IRS e-file schemas, such as `2022v5.0`, and places in a return that hold for some of them. */

/** The first version of the schemas whose elements are named as they are today; every later one builds on it. */
export const firstVersion = '2013v3.0';
/** The tables were compared with the schemas up to this year. Newer returns are read by the newest table, and say so. */
export const lastYear = 2022;

/** Where something stands, by a path within its form, in a range of versions. */
export interface Place {
  readonly path: string;
  /** The line of the form that says it, such as `Form 990, Part I, line 12`. */
  readonly line: string;
  readonly from: string;
  /** The first version in which it stands there no more. */
  readonly before: string | null;
}

export const isVersion = (text: string) => /^20\d\dv\d{1,2}\.\d{1,2}$/.test(text);

/** Negative when the first is older. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  return x.map((number, index) => number - (y[index] ?? 0)).find(difference => difference !== 0) ?? 0;
}

const numbers = (version: string) => version.split(/[v.]/).map(Number);

export const yearOf = (version: string) => Number(version.slice(0, 4));

export const holdsIn = ({ from, before }: Pick<Place, 'from' | 'before'>, version: string) =>
  compareVersions(version, from) >= 0 && (before === null || compareVersions(version, before) < 0);
