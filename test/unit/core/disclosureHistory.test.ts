// The history of a disclosure: whole for those who may see drafts; the public learns only what was public, and only while it is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Step, stepOf } from '../../../shared/core/disclosureHistory.ts';
import { type Content, type Disclosure, draft, publish } from '../../../shared/core/disclosures.ts';
import { type Act, type BookEvent, changeRecord, type Stored } from '../../../shared/core/records.ts';
import {
  anyCommand,
  at,
  begin,
  type Command,
  type CommandName,
  contentOf,
  decide,
  type Observed,
  observe,
} from './lives.ts';

const operationOf: Record<CommandName, string> = {
  create: 'createDisclosure',
  revise: 'updateDisclosure',
  publish: 'publishDisclosure',
  unschedule: 'unscheduleDisclosure',
  correct: 'correctDisclosure',
  withdraw: 'withdrawDisclosure',
};

interface Life {
  readonly disclosure: Disclosure;
  readonly observed: Observed;
  readonly events: readonly BookEvent[];
  readonly contents: readonly Content[];
  readonly commands: readonly CommandName[];
  readonly time: number;
}

const anyLife = fc.array(anyCommand(1), { maxLength: 25, size: 'max' }).map(commands => live(commands));

function live(commands: readonly Command[]): Life {
  const creation: Command = { name: 'create', wait: 0, offset: 0, category: 'policy', period: null };
  let time = begin;
  let stored: Stored<Disclosure> | undefined;
  let observed: Observed | undefined;
  const [events, contents, done]: [BookEvent[], Content[], CommandName[]] = [[], [], []];
  for (const [index, command] of [creation, ...commands].entries()) {
    time += command.wait;
    const content = contentOf(index, command);
    const next = decide(stored?.data, command, content, time);
    observed = observe(observed, command, content, time) ?? observed;
    if (next === undefined) continue;
    const act: Act = { operation: operationOf[command.name], by: 'person', at: at(time), eventId: `event-${index}` };
    const change = changeRecord('disclosure', 'id', stored, next.after, act, reasonOf(next.after, command));
    const [, eventWrite] = change.writes;
    if (eventWrite === undefined || !('put' in eventWrite)) throw new Error('every accepted command changes something');
    events.push(eventWrite.put.data as unknown as BookEvent);
    contents.push(content);
    done.push(command.name);
    stored = change.stored;
  }
  if (stored === undefined || observed === undefined) throw new Error('a life begins with its creation');
  return { disclosure: stored.data, observed, events, contents, commands: done, time };
}

const reasonOf = ({ correction, withdrawal }: Disclosure, { name }: Command) =>
  name === 'withdraw' ? (withdrawal?.reason ?? null) : name === 'correct' ? (correction?.reason ?? null) : null;

const stepsOf = ({ disclosure, events }: Life, now: number, forPublic: boolean): Step[] =>
  events.flatMap(event => stepOf(event, disclosure, at(now), forPublic) ?? []);

/** Now; around the publication, when it is still to come; long after. */
const momentsOf = ({ observed: { publishTime }, time }: Life) =>
  [time, ...[-1, 0, 1].map(offset => (publishTime ?? time) + offset), time + 1e12].filter(moment => moment >= time);

const markersIn = (value: unknown) => [...new Set(JSON.stringify(value).match(/<mark \d+>/g) ?? [])].sort();

describe('the public', () => {
  it('reads in any life of no content that was never public, and of none once it is withdrawn', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const { editions, withdrawn, publishTime } = life.observed;
        for (const now of momentsOf(life)) {
          const isOut = publishTime !== null && publishTime <= now;
          const shown = withdrawn || !isOut || editions.length === 1 ? [] : markersIn(editions);
          expect(markersIn(stepsOf(life, now, true))).toEqual(shown);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('learns in any life of one publication, every correction and the withdrawal, and of nothing else', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const { editions, withdrawn, publishTime } = life.observed;
        for (const now of momentsOf(life)) {
          const corrections = Array.from({ length: editions.length - 1 }, () => 'corrected');
          const expected =
            publishTime === null || publishTime > now
              ? []
              : ['published', ...corrections, ...(withdrawn ? ['withdrawn'] : [])];
          const steps = stepsOf(life, now, true);
          expect(steps.map(step => step.what)).toEqual(expected);
          if (publishTime !== null)
            expect(steps.slice(0, 1).map(step => step.at)).toEqual(expected.slice(0, 1).map(() => at(publishTime)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is told one publication when its time was moved within the same millisecond', () => {
    const first = publish(draft(contentOf(0, { category: 'policy', period: null })), at(begin + 60_000), at(begin));
    const moved = publish(first, at(begin + 120_000), at(begin));
    const act: Act = { operation: 'publishDisclosure', by: 'person', at: at(begin), eventId: 'event' };
    const events = [
      changeRecord('disclosure', 'id', { id: 'id', version: 1, data: draft(first.content) }, first, act),
      changeRecord('disclosure', 'id', { id: 'id', version: 2, data: first }, moved, act),
    ].map(({ writes: [, write] }) => (write as unknown as { put: { data: BookEvent } }).put.data);
    const steps = events.flatMap(event => stepOf(event, moved, at(begin + 200_000), true) ?? []);
    expect(steps.map(step => step.what)).toEqual(['published']);
  });
});

describe('those who may see drafts', () => {
  it('are told every command that was carried out, by whom and when, with all that was said', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const steps = stepsOf(life, life.time, false);
        expect(steps.map(step => step.enteredAt)).toEqual(life.events.map(event => event.at));
        expect(steps.every(step => step.by === 'person')).toBe(true);
        const replacing = life.contents.filter((_, index) =>
          ['revise', 'correct'].includes(life.commands[index] ?? ''),
        );
        const [first] = life.contents;
        expect(markersIn(steps)).toEqual(replacing.length === 0 ? [] : markersIn([first, ...replacing]));
      }),
    );
  });

  it.each([
    [['create'], ['drafted']],
    [
      ['create', 'revise'],
      ['drafted', 'revised'],
    ],
    [
      ['create', 'later'],
      ['drafted', 'scheduled'],
    ],
    [
      ['create', 'later', 'unschedule'],
      ['drafted', 'scheduled', 'unscheduled'],
    ],
    [
      ['create', 'later', 'unschedule', 'publish'],
      ['drafted', 'scheduled', 'unscheduled', 'published'],
    ],
    [
      ['create', 'later', 'publish'],
      ['drafted', 'scheduled', 'published'],
    ],
    [
      ['create', 'publish', 'correct', 'withdraw'],
      ['drafted', 'published', 'corrected', 'withdrawn'],
    ],
  ])('read %j as %j', (names, expected) => {
    const [, ...commands] = names.map(
      (name): Command => ({
        name: name === 'later' ? 'publish' : (name as CommandName),
        wait: 1000,
        offset: name === 'later' ? 3_600_000 : 0,
        category: 'policy',
        period: null,
      }),
    );
    const life = live(commands);
    expect(stepsOf(life, life.time, false).map(step => step.what)).toEqual(expected);
  });

  it('see a scheduling turn into the publication at its very millisecond', () => {
    const life = live([{ name: 'publish', wait: 1, offset: 60_000, category: 'policy', period: null }]);
    const due = life.time + 60_000;
    expect([-1, 0, 1].map(offset => stepsOf(life, due + offset, false).at(-1)?.what)).toEqual([
      'scheduled',
      'published',
      'published',
    ]);
    expect(stepsOf(life, due, false).at(-1)).toMatchObject({ at: at(due), enteredAt: at(life.time) });
  });
});

it('tells nothing of an operation that it does not know', () => {
  const { disclosure, events } = live([]);
  const [event] = events;
  expect(stepOf({ ...(event as BookEvent), operation: 'somethingNew' }, disclosure, at(begin), false)).toBeNull();
});
