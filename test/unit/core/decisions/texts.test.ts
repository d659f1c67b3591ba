// The hash of a text, and the differences between two.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liftConfidentiality, makeConfidential } from '../../../../shared/core/decisions/confidentiality.ts';
import { noteDone, noteUndone } from '../../../../shared/core/decisions/followUps.ts';
import type { Motion } from '../../../../shared/core/decisions/motions.ts';
import { differences, textDifferences, textHash } from '../../../../shared/core/decisions/texts.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { adoptedOf, draftOf, end, failedOf, motionOf, now, openOf, secondedOf } from './resolutions.ts';

describe('the hash of a text', () => {
  it('is that of its canonical JSON, written out here by hand', () => {
    const motion = motionOf({
      title: 'Ä "b"',
      effectiveOn: '2024-06-01',
      attachments: [{ documentId: 'd', version: 2, sha256: 'ab' }],
      effects: [{ kind: 'rescinds', resolutionId: 'r' }],
    });
    const json =
      '{"attachments":["ab"],"effectiveOn":"2024-06-01","effects":[{"kind":"rescinds","resolutionId":"r"}],"election":null,"language":"en","preamble":"","text":"1. So be it.","title":"Ä \\"b\\""}';
    expect(textHash(motion)).toBe(createHash('sha256').update(json, 'utf8').digest('hex'));
  });

  const others: Partial<Motion>[] = [
    { title: 'Another' },
    { preamble: 'Because.' },
    { text: '1. So be it. ' },
    { language: 'de' },
    { effectiveOn: '2024-06-01' },
    { attachments: [{ documentId: 'd', version: 1, sha256: 'ab' }] },
    { election: { method: 'plurality', places: 1, options: ['A'] } },
    { effects: [{ kind: 'approves-minutes', meetingId: 'm' }] },
  ];
  it.each(others)('differs with %j', other => {
    expect(textHash(motionOf(other))).not.toBe(textHash(motionOf()));
  });

  it('does not depend on who sees to it, nor on the order in which fields were written', () => {
    const motion = motionOf({ followUp: { personId: 'p', due: '2024-06-01' } });
    expect(textHash(motion)).toBe(textHash(motionOf()));
    const reversed = Object.fromEntries(Object.entries(motion).reverse()) as unknown as Motion;
    expect(textHash(reversed)).toBe(textHash(motion));
  });
});

describe('the differences of two texts', () => {
  const of = (kind: string, pieces: readonly { kind: string; text: string }[]) =>
    pieces.filter(piece => piece.kind === 'same' || piece.kind === kind).map(piece => piece.text);
  const show = (before: string, after: string) =>
    differences(before, after)
      .map(({ kind, text }) => ({ same: text, added: `[+${text}]`, removed: `[-${text}]` })[kind])
      .join('');

  it.each([
    ['', '', ''],
    ['So.', 'So.', 'So.'],
    ['', 'So.', '[+So.]'],
    ['So.', '', '[-So.]'],
    ['The board notes it.', 'The board approves it.', 'The board [-notes][+approves] it.'],
    ['one two three', 'four five six', '[-one two three][+four five six]'],
    ['1. A\n2. B\n', '1. A\n2. B\n3. C\n', '1. A\n2. B\n[+3. C\n]'],
    ['für 100 €', 'für 200 €', 'für [-100][+200] €'],
    ['ein Café', 'ein Cafe', 'ein [-Café][+Cafe]'],
  ])('%j, %j: %s', (before, after, expected) => {
    expect(show(before, after)).toBe(expected);
  });

  const words = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '  ', '\n', '.', '𝄞', 'é'), { maxLength: 60 });
  it('are complete: both texts can be put together from them, and no two of a kind stand side by side', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [before, after] = [one.join(''), other.join('')];
        const pieces = differences(before, after);
        expect(of('removed', pieces).join('')).toBe(before);
        expect(of('added', pieces).join('')).toBe(after);
        expect(pieces.every(({ text }) => text !== '')).toBe(true);
        expect(pieces.every(({ kind }, index) => kind !== pieces[index + 1]?.kind)).toBe(true);
        if (before === after) expect(pieces.every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });

  const long = (piece: (index: number) => string) =>
    Array.from({ length: 30_000 }, (_, index) => piece(index))
      .join('')
      .slice(0, 30_000);
  const random = (seed: number) => {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
  };
  const noise = (seed: number, alphabet: string) => {
    const next = random(seed);
    return long(() => alphabet[Math.floor(next() * alphabet.length)] ?? '');
  };
  it.each([
    ['nothing but signs', noise(1, '.,;'), noise(2, '.,;')],
    ['nothing but line ends', noise(1, '\n '), noise(2, '\n ')],
    ['other words throughout', long(index => `a${index} `), long(index => `b${index} `)],
    ['other lines throughout', long(index => `a${index}\n`), long(index => `b${index}\n`)],
    ['one sign against its repetition', '.'.repeat(30_000), '.,'.repeat(15_000)],
    [
      'the beginning at the end',
      `${'a '.repeat(7500)}${'b '.repeat(7500)}`,
      `${'b '.repeat(7500)}${'a '.repeat(7500)}`,
    ],
  ])('of 30,000 characters are found in a second at most: %s', (_, before, after) => {
    const started = performance.now();
    const pieces = differences(before, after);
    expect(of('removed', pieces).join('')).toBe(before);
    expect(of('added', pieces).join('')).toBe(after);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('are all added in a first text', () => {
    const { title, preamble, text } = motionOf();
    expect(textDifferences(undefined, { title, preamble, text })).toEqual({
      title: [{ kind: 'added', text: title }],
      preamble: [],
      text: [{ kind: 'added', text }],
    });
  });
});

describe('confidentiality', () => {
  const confidential = { reason: 'A person.', reviewOn: '2024-06-01' };
  const today = '2024-03-02';

  it.each([
    ['a draft', draftOf(), true],
    ['what is put to the vote', openOf(), true],
    ['what failed', failedOf(), true],
    ['what is public', adoptedOf(), false],
    ['what was adopted confidentially', { ...adoptedOf(), confidential }, true],
    ['what waits for its amendment', { ...secondedOf(), underAmendment: 'amendment' }, false],
  ])('can be given to %s: %3$s', (_, resolution, may) => {
    const giving = () => makeConfidential(resolution, confidential, today, now);
    if (may) expect(giving().confidential).toEqual(confidential);
    else expect(giving).toThrow(StateConflictError);
  });

  it('is looked at again on a day to come', () => {
    const on = (reviewOn: string) => () => makeConfidential(draftOf(), { ...confidential, reviewOn }, today, now);
    expect(on(today)).toThrow(StateConflictError);
    expect(on('2024-03-03')().confidential?.reviewOn).toBe('2024-03-03');
  });

  it('is lifted once, at any time but while an amendment is put to the vote', () => {
    expect(liftConfidentiality({ ...adoptedOf(), confidential }).confidential).toBeNull();
    expect(() => liftConfidentiality(adoptedOf())).toThrow(StateConflictError);
    const waiting = { ...secondedOf(), confidential, underAmendment: 'amendment' };
    expect(() => liftConfidentiality(waiting)).toThrow(StateConflictError);
  });
});

describe('a follow-up', () => {
  const followUp = { personId: 'person', due: '2024-06-01' };
  const done = { by: 'person', at: end, note: 'Done.' };

  it('is done or not, and said so once', () => {
    const open = adoptedOf({ followUp });
    const closed = noteDone(open, 'person', 'Done.', end);
    expect(closed.done).toEqual(done);
    expect(noteUndone(closed)).toEqual(open);
    expect(() => noteDone(closed, 'person', 'Done.', end)).toThrow(StateConflictError);
    expect(() => noteUndone(open)).toThrow(StateConflictError);
  });

  it.each([
    ['nobody is named', adoptedOf()],
    ['it is not adopted', secondedOf({ followUp })],
    ['it failed', failedOf({ followUp })],
  ])('is none where %s', (_, resolution) => {
    expect(() => noteDone(resolution, 'person', 'Done.', end)).toThrow(StateConflictError);
    expect(() => noteUndone({ ...resolution, done })).toThrow(StateConflictError);
  });
});
