// Uploads: what state they are in at which moment, and how a file is cut into parts that the store takes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  demandWaiting,
  endOf,
  grantValidity,
  maxFileBytes,
  missingParts,
  type Outcome,
  openUploadKey,
  partBytes,
  partsOf,
  sizeOfPart,
  type Upload,
  type UploadState,
  uploadHours,
  uploadStateAt,
} from '../../../../shared/core/archive/uploads.ts';
import { StateConflictError } from '../../../../shared/errors.ts';

const declaredAt = '2024-03-09T12:00:00.000Z';
const upload: Upload = {
  name: 'report.pdf',
  type: 'application/pdf',
  size: 48_213,
  sha256: 'a'.repeat(64),
  documentId: 'document',
  by: 'ann',
  declaredAt,
  session: null,
  receivedAt: null,
  outcome: null,
};
const received: Upload = { ...upload, receivedAt: '2024-03-09T12:10:00.000Z' };
const ended = (outcome: Outcome): Upload => ({ ...received, outcome });
const at = '2024-03-09T12:11:00.000Z';
const sealed = ended({ at, version: 1, refused: null });
const refused = ended({ at, version: null, refused: 'It is a program.' });

const first = declaredAt;
const last = '2024-03-10T11:59:59.999Z';
const after = '2024-03-10T12:00:00.000Z';
const never = '9999-12-31T23:59:59.999Z';

describe('an upload', () => {
  it.each<[UploadState, Upload, string]>([
    ['waiting', upload, first],
    ['waiting', upload, last],
    ['abandoned', upload, after],
    ['abandoned', upload, never],
    ['received', received, last],
    ['received', received, never],
    ['sealed', sealed, last],
    ['sealed', sealed, never],
    ['refused', refused, last],
    ['refused', refused, never],
    // Whatever ended it counts, even when its bytes were never reported to be there.
    ['refused', { ...refused, receivedAt: null }, never],
  ])('is %s: %j at %s', (state, given, now) => {
    expect(uploadStateAt(given, now)).toBe(state);
    if (state === 'waiting') expect(() => demandWaiting(given, now)).not.toThrow();
    else expect(() => demandWaiting(given, now)).toThrow(StateConflictError);
  });

  it('waits a day of 24 hours, whatever the clocks on the walls do', () => {
    expect([uploadHours, endOf(upload)]).toEqual([24, after]);
  });

  it.each([
    [declaredAt, 900, '2024-03-09T12:15:00.000Z'],
    ['2024-03-10T11:45:00.000Z', 900, after],
    ['2024-03-10T11:45:00.001Z', 899, '2024-03-10T11:59:59.001Z'],
    ['2024-03-10T11:59:59.000Z', 1, after],
  ])('has a grant at %s that is good for %i seconds, until %s', (now, seconds, expiresAt) => {
    expect(grantValidity(upload, now)).toEqual({ at: now, seconds, expiresAt });
  });

  it('has grants of whole seconds, a quarter of an hour at most, none beyond its end', () => {
    const begin = Date.parse(declaredAt);
    const anyTime = fc.integer({ min: begin, max: Date.parse(after) - 1000 });
    fc.assert(
      fc.property(anyTime, time => {
        const { at: from, seconds, expiresAt } = grantValidity(upload, new Date(time).toISOString());
        expect(Date.parse(from)).toBe(time);
        expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 900).toBe(true);
        expect(Date.parse(expiresAt)).toBe(time + seconds * 1000);
        expect(expiresAt <= after).toBe(true);
        // As long as it can be.
        expect(seconds === 900 || time + (seconds + 1) * 1000 > Date.parse(after)).toBe(true);
      }),
    );
  });

  it('stands on the list of the open ones by the time of its declaration', () => {
    const keys = ['2024-03-09T12:00:00.001Z', declaredAt].map(one => openUploadKey('id', { declaredAt: one }).sort);
    expect(keys.toSorted()).toEqual([`${declaredAt}#id`, '2024-03-09T12:00:00.001Z#id']);
  });
});

const least = 5 * 1024 * 1024;
const anySize = fc.oneof(
  fc.integer({ min: 1, max: maxFileBytes }),
  fc
    .tuple(fc.nat(Math.floor(maxFileBytes / partBytes)), fc.integer({ min: -1, max: 1 }))
    .map(([parts, more]) => Math.max(1, parts * partBytes + more)),
  fc.constant(maxFileBytes),
);
const sizesOf = (size: number) => {
  const count = partsOf({ size });
  return count === null ? [] : Array.from({ length: count }, (_, index) => sizeOfPart({ size }, index + 1));
};
const partOf = (size: number) => (number: number) => ({ number, size: sizeOfPart({ size }, number), sha256: '' });

describe('the parts of a file', () => {
  it.each([
    [1, null],
    [partBytes, null],
    [partBytes + 1, 2],
    [2 * partBytes, 2],
    [2 * partBytes + 1, 3],
    [maxFileBytes, 299],
  ])('of %i bytes are %s', (size, count) => {
    expect(partsOf({ size })).toBe(count);
  });

  it('make up the file; none is larger than one piece may be, none smaller than the store takes, but the last', () => {
    fc.assert(
      fc.property(anySize, size => {
        const sizes = sizesOf(size);
        expect(size > partBytes).toBe(sizes.length > 1);
        if (sizes.length === 0) return;
        expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(size);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(partBytes);
        expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(least);
        expect(sizes.at(-1)).toBeGreaterThan(0);
        expect(sizes.length).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  it('are at most 10,000, and the whole at most what S3 copies at once', () => {
    expect(partsOf({ size: maxFileBytes })).toBeLessThanOrEqual(10_000);
    expect(maxFileBytes).toBeLessThanOrEqual(5 * 1024 ** 3);
    expect(partBytes).toBeGreaterThanOrEqual(least);
  });
});

describe('the parts that are missing', () => {
  const few = fc.integer({ min: partBytes + 1, max: 12 * partBytes });

  it('are those that have not arrived, in order, whatever the order of arrival', () => {
    const cut = few.chain(size => {
      const numbers = Array.from({ length: partsOf({ size }) ?? 0 }, (_, index) => index + 1);
      const arrived = fc.shuffledSubarray(numbers);
      return fc.record({ size: fc.constant(size), numbers: fc.constant(numbers), arrived });
    });
    fc.assert(
      fc.property(cut, ({ size, numbers, arrived }) => {
        const missing = missingParts({ ...upload, size }, arrived.map(partOf(size)));
        expect(missing).toEqual(numbers.filter(number => !arrived.includes(number)));
      }),
    );
  });

  it('are also those that arrived in another size, and no part that the file does not have', () => {
    const size = 2 * partBytes + 7;
    const parts = [1, 2, 3].map(partOf(size));
    expect(missingParts({ ...upload, size }, parts)).toEqual([]);
    const wrong = parts.map(part => (part.number === 3 ? { ...part, size: 6 } : part));
    expect(missingParts({ ...upload, size }, wrong)).toEqual([3]);
    expect(missingParts({ ...upload, size }, [{ number: 4, size: 7, sha256: '' }])).toEqual([1, 2, 3]);
  });

  it('are none of a file in one piece', () => {
    expect(missingParts(upload, [])).toEqual([]);
  });
});
