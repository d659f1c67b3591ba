import { expect, it } from 'vitest';
import { type ArchiveState, archiveLine } from '../../../web/archiveState.ts';

const state = (more: Partial<ArchiveState> = {}): ArchiveState => ({
  at: '2024-02-10T02:00:00.000Z',
  files: 21,
  bytes: 812_113,
  good: 21,
  failed: 0,
  oldestCheckAt: '2024-01-15T03:00:00.000Z',
  latestCheckAt: '2024-02-09T11:00:00.000Z',
  periodDays: 30,
  ...more,
});

const said = (more?: Partial<ArchiveState>) => {
  const line = archiveLine(state(more), 'America/New_York');
  return line === null
    ? null
    : String(line)
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll(/\s+/g, ' ');
};

const kept = 'The archive of this book keeps 21 files: documents, and the text read from them.';
const counted = 'Counted on 9 February 2024.';

it('says when all was read again and is as it was sealed, with the date in the time zone of the organisation', () => {
  const good = 'All of them were read again within the last 30 days, and are as they were sealed.';
  expect(said()).toBe(`${kept} ${good} ${counted}`);
});

it('says plainly how many files are not as they were sealed', () => {
  const damaged = (failed: number) => said({ good: 21 - failed, failed });
  const consequence = 'What is damaged is not given out.';
  expect(damaged(1)).toBe(`${kept} 1 of them is not as it was sealed. ${consequence} ${counted}`);
  expect(damaged(3)).toBe(`${kept} 3 of them are not as they were sealed. ${consequence} ${counted}`);
});

it('does not count as good what has not been read again in time', () => {
  const late = '20 were read again within the last day and found as sealed; 1 has still to be read again.';
  expect(said({ good: 20, periodDays: 1 })).toBe(`${kept} ${late} ${counted}`);
});

it('says nothing before the first count, nor of an empty archive', () => {
  expect(said({ at: null, files: 0, good: 0, periodDays: 0 })).toBeNull();
  expect(said({ files: 0, good: 0 })).toBeNull();
});
