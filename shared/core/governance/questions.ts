/** The questions of Form 990, Part VI, that the book can answer from its own records. */
import type { PlainDate } from '../calendar.ts';
import type { RecordKind } from '../records.ts';

export const lines = [
  '8a',
  '8b',
  '10a',
  '10b',
  '11a',
  '12a',
  '12b',
  '12c',
  '13',
  '14',
  '15a',
  '15b',
  '16a',
  '16b',
  '18',
  '19',
] as const;
export type Line = (typeof lines)[number];

export interface Question {
  readonly line: Line;
  /** In plain words. */
  readonly question: string;
  readonly source: string;
}

const words: Readonly<Record<Line, string>> = {
  '8a': 'Was every meeting and every written action of the board in the year documented while it was fresh: by the later of the next meeting and 60 days?',
  '8b': 'Was the same done by each committee that may act for the board?',
  '10a': 'Does the organisation have local chapters, branches or affiliates?',
  '10b':
    'Are there written policies that keep what chapters, branches and affiliates do in line with its exempt purposes?',
  '11a': 'Did every voting member of the board get the complete return before it was filed?',
  '12a': 'Was there a written conflict of interest policy at the end of the year?',
  '12b': 'Did officers and directors disclose, at least once a year, what could give rise to conflicts?',
  '12c': 'Was it watched over, regularly and consistently, that the conflict of interest policy was kept?',
  '13': 'Was there a written whistleblower policy at the end of the year?',
  '14': 'Was there a written policy on keeping and destroying documents at the end of the year?',
  '15a':
    'Was the pay of the top official decided by independent people, with comparable figures, and recorded when it was decided?',
  '15b': 'Was the pay of other officers and key employees decided in the same way?',
  '16a': 'Did the organisation take part in a joint venture, or something like it, with somebody who is taxed?',
  '16b': 'Is there a written policy that judges such ventures under federal tax law and guards the exempt status?',
  '18': 'How can the public have Forms 1023, 990 and 990-T?',
  '19': 'Does the public have the governing documents, the conflict of interest policy and the financial statements?',
};

/** In the order of the form. */
export const questions: readonly Question[] = lines.map(line => ({
  line,
  question: words[line],
  source: `Form 990 (2023), Part VI, line ${line}`,
}));

export const verdicts = ['yes', 'no', 'not-applicable', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

/** A record that shows it. */
export interface Evidence {
  readonly kind: RecordKind;
  /** Null for what the caller may not see. */
  readonly id: string | null;
  readonly title: string | null;
  readonly date: PlainDate | null;
}

/**
 * `no`: the book shows that it was not so. `unknown`: the book does not tell, or the time for it is not over.
 * `not-applicable`: the form does not ask, as things are.
 */
export interface Finding {
  readonly answer: Verdict;
  /** How it was done, in words for Schedule O; null where there is nothing to tell. */
  readonly description: string | null;
  readonly evidence: readonly Evidence[];
  /** What is missing to say yes, and what to do. */
  readonly missing: readonly string[];
}

export type Answer = Question & Finding;

export const yes = (evidence: readonly Evidence[], description: string | null = null): Finding => ({
  answer: 'yes',
  description,
  evidence,
  missing: [],
});

export const no = (missing: readonly string[], evidence: readonly Evidence[] = []): Finding => ({
  answer: 'no',
  description: null,
  evidence,
  missing,
});

export const unknown = (missing: readonly string[], evidence: readonly Evidence[] = []): Finding => ({
  answer: 'unknown',
  description: null,
  evidence,
  missing,
});

export const notApplicable = (description: string, evidence: readonly Evidence[] = []): Finding => ({
  answer: 'not-applicable',
  description,
  evidence,
  missing: [],
});

/** What is missing in a year that is not over yet can still come. */
export const lacking = (isOver: boolean) => (isOver ? no : unknown);

const mostNamed = 20;

/** Names for a sentence; many are counted. */
export function named(names: readonly string[]): string {
  const shown = names.length > mostNamed ? [...names.slice(0, mostNamed), `${names.length - mostNamed} more`] : names;
  const [last = '', ...others] = [...shown].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
