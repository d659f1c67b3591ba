/** How the book shows what was read of a return: its figures, each with its line, and its copy for everybody. */
import type { RecordedReturn, ReturnFile } from './recorded.ts';
import { figureNames } from './returns.ts';

/** Figures that count people; all others are amounts. */
export const countNames = ['employees', 'volunteers', 'votingMembers', 'independentVotingMembers'] as const;
type CountName = (typeof countNames)[number];
export type AmountName = Exclude<(typeof figureNames)[number], CountName>;
export const amountNames = figureNames.filter(
  (name): name is AmountName => !(countNames as readonly string[]).includes(name),
);

interface Amount {
  /** In cents. */
  readonly amount: number;
  readonly currency: 'USD';
}

/** Returns are in whole dollars. */
export const inDollars = (value: number): Amount => ({ amount: value * 100, currency: 'USD' });

export interface ShownFigures {
  readonly amounts: Record<AmountName, (Amount & { readonly source: string }) | null>;
  readonly counts: Record<CountName, { readonly count: number; readonly source: string } | null>;
}

/** What is missing is null. */
export function shownFigures(figures: RecordedReturn['figures']): ShownFigures {
  return {
    amounts: of(amountNames, name => {
      const figure = figures[name];
      return figure === undefined ? null : { ...inDollars(figure.value), source: figure.source };
    }),
    counts: of(countNames, name => {
      const figure = figures[name];
      return figure === undefined ? null : { count: figure.value, source: figure.source };
    }),
  };
}

const of = <Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value) =>
  Object.fromEntries(names.map(name => [name, value(name)])) as Record<Name, Value>;

/** The copy that anyone can have while the filing names it. */
export function shownCopy({ copy }: Pick<ReturnFile, 'copy'>) {
  const { documentId, version, name, size, sha256 } = copy;
  return { documentId, version, name, size, sha256, url: `/v1/documents/${documentId}/versions/${version}/file` };
}
