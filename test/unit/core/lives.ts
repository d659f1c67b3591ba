// Random lives of disclosures: commands at random increasing times, decided by the source and, apart from it, by a naive observer.
import fc from 'fast-check';
import type { Instant } from '../../../shared/core/calendar.ts';
import {
  type Category,
  type Content,
  categories,
  correct,
  type Disclosure,
  draft,
  type PastEdition,
  type Period,
  publish,
  revise,
  unschedule,
  withdraw,
} from '../../../shared/core/disclosures.ts';
import { StateConflictError } from '../../../shared/errors.ts';

export type CommandName = 'create' | 'revise' | 'publish' | 'unschedule' | 'correct' | 'withdraw';

export interface Command {
  readonly name: CommandName;
  /** Milliseconds since the command before. */
  readonly wait: number;
  /** Publication time in milliseconds from the command on; 0 for at once. */
  readonly offset: number;
  readonly category: Category;
  readonly period: Period | null;
}

const second = 1000;
const day = 24 * 60 * 60 * second;
export const begin = Date.parse('2023-12-31T23:00:00.000Z');
export const at = (time: number): Instant => new Date(time).toISOString();

const near = [0, 1, 29_999, 30_000, 30_001, 60 * second].map(offset => fc.constant(offset));
export const anyCommand = (leastWait: number): fc.Arbitrary<Command> =>
  fc.record({
    name: fc.constantFrom<CommandName>('create', 'revise', 'publish', 'publish', 'unschedule', 'correct', 'withdraw'),
    wait: fc.oneof(...near, fc.nat(3600 * second), fc.nat(90 * day)).map(wait => Math.max(wait, leastWait)),
    offset: fc.oneof(...near, fc.constant(-1), fc.integer({ min: -900 * day, max: 500 * day })),
    category: fc.constantFrom(...categories.slice(0, 3)),
    period: fc.option(
      fc
        .tuple(fc.nat(3), fc.nat(2))
        .map(([from, years]) => ({ from: `${2020 + from}-12-31`, to: `${2020 + from + years}-12-31` })),
      { nil: null },
    ),
  });

/** A content that can be recognised in any text: no marker is part of another one. */
export function contentOf(marker: number, { category, period }: Pick<Command, 'category' | 'period'>): Content {
  const mark = `<mark ${marker}>`;
  return {
    title: `Title ${mark}`,
    category,
    summary: `Summary ${mark}`,
    language: 'en',
    period,
    links: [{ title: mark, url: `https://example.org/${mark}` }],
  };
}

/** What an observer notes down who knows only the rules in words. */
export interface Observed {
  /** The contents of all editions; the last one is current. Before publication there is one. */
  readonly editions: Content[];
  publishTime: number | null;
  withdrawn: boolean;
}

/** @returns what has to become of it; undefined when the command has to be refused. */
export function observe(
  before: Observed | undefined,
  command: Command,
  content: Content,
  now: number,
): Observed | undefined {
  if (before === undefined)
    return command.name === 'create' ? { editions: [content], publishTime: null, withdrawn: false } : undefined;
  const { editions, publishTime, withdrawn } = before;
  const isOut = publishTime !== null && publishTime <= now;
  const isOpen = !isOut && (publishTime === null || publishTime - now >= 30 * second);
  switch (command.name) {
    case 'create':
      return undefined;
    case 'revise':
      return isOpen ? { ...before, editions: [content] } : undefined;
    case 'publish':
      return isOpen ? { ...before, publishTime: now + command.offset } : undefined;
    case 'unschedule':
      return isOpen && publishTime !== null ? { ...before, publishTime: null } : undefined;
    case 'correct':
      return isOut && !withdrawn ? { ...before, editions: [...editions, content] } : undefined;
    case 'withdraw':
      return isOut && !withdrawn ? { ...before, withdrawn: true } : undefined;
  }
}

/** The same, decided by the source. */
export function decide(
  before: Disclosure | undefined,
  command: Command,
  content: Content,
  now: number,
): { readonly after: Disclosure; readonly past?: PastEdition } | undefined {
  if (before === undefined) return command.name === 'create' ? { after: draft(content) } : undefined;
  const moment = at(now);
  try {
    switch (command.name) {
      case 'create':
        return undefined;
      case 'revise':
        return { after: revise(before, content, moment) };
      case 'publish':
        return { after: publish(before, at(now + command.offset), moment) };
      case 'unschedule':
        return { after: unschedule(before, moment) };
      case 'correct': {
        const { corrected, past } = correct(before, content, `Corrected at ${moment}.`, moment);
        return { after: corrected, past };
      }
      case 'withdraw':
        return { after: withdraw(before, `Withdrawn at ${moment}.`, moment) };
    }
  } catch (error) {
    if (!(error instanceof StateConflictError)) throw error;
    return undefined;
  }
}
