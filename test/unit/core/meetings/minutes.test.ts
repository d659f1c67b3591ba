// Minutes: recorded once in time or not, and standing still once they are approved.
import { describe, expect, it } from 'vitest';
import { approve, contemporaneous, record } from '../../../../shared/core/meetings/minutes.ts';
import { StateConflictError } from '../../../../shared/errors.ts';

const ended = '2024-02-09';
const sixtieth = '2024-04-09';

describe('minutes are contemporaneous', () => {
  it.each([
    // documented, next meeting, today
    ['on the sixtieth day', sixtieth, '2024-03-08', '2024-05-01', 'yes', sixtieth],
    ['not a day later, when the next meeting was before', '2024-04-10', '2024-03-08', '2024-05-01', 'no', sixtieth],
    ['on the day of a next meeting after that', '2024-06-14', '2024-06-14', '2024-07-01', 'yes', '2024-06-14'],
    ['not the day after it', '2024-06-15', '2024-06-14', '2024-07-01', 'no', '2024-06-14'],
    ['later still, while there was no next meeting', '2024-09-01', null, '2024-10-01', 'yes', null],
    ['on the day of the meeting', ended, null, '2024-02-10', 'yes', sixtieth],
  ] as const)('%s', (_what, documentedOn, nextOn, today, state, lastDay) => {
    expect(contemporaneous(ended, nextOn, documentedOn, today)).toEqual({ state, lastDay });
  });

  it.each([
    ['on the sixtieth day', '2024-03-08', sixtieth, 'pending', sixtieth],
    ['a day later, when the next meeting was before', '2024-03-08', '2024-04-10', 'no', sixtieth],
    ['after sixty days, while no next meeting is known', null, '2024-09-01', 'pending', null],
    ['on the day of the next meeting', '2024-06-14', '2024-06-14', 'pending', '2024-06-14'],
    ['after the next meeting', '2024-06-14', '2024-06-15', 'no', '2024-06-14'],
  ] as const)('or not yet, when there are none %s', (_what, nextOn, today, state, lastDay) => {
    expect(contemporaneous(ended, nextOn, null, today)).toEqual({ state, lastDay });
  });
});

describe('the text of minutes', () => {
  const first = record(undefined, 'body', 'First', '2024-02-10T00:00:00.000Z');
  const approval = { resolutionId: 'r', number: '2024-007', at: '2024-03-08T00:00:00.000Z' };

  it('can be mended until they are approved, and keeps the day on which they were first recorded', () => {
    const mended = record(first, 'body', 'Second', '2024-03-01T00:00:00.000Z');
    expect(mended).toEqual({ ...first, text: 'Second', recordedAt: '2024-03-01T00:00:00.000Z' });
    expect(record(mended, 'body', 'Second', '2024-03-02T00:00:00.000Z')).toEqual(mended);
    const approved = approve(first, 'body', approval);
    expect(approved).toEqual({ ...first, approved: approval });
    expect(() => record(approved, 'body', 'Third', '2024-03-09T00:00:00.000Z')).toThrow(StateConflictError);
  });

  it('is approved once, and by its own body only', () => {
    const approved = approve(first, 'body', approval);
    expect(approve(approved, 'body', { ...approval, resolutionId: 'other' })).toBe(approved);
    expect(approve(first, 'another body', approval)).toBe(first);
  });
});
