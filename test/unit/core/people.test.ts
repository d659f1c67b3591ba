// How people are found: by an address that belongs to one person only, by their sign-in, by the code of an invitation.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/core/digest.ts';
import {
  emailKey,
  identityKey,
  invitationKey,
  normalEmail,
  type Person,
  personRow,
  pointerTo,
} from '../../../shared/core/people.ts';

const person = (name: string): Person => ({ name, email: 'ann@example.org', identity: null, invitation: null });

describe('an e-mail address', () => {
  it('is one whatever its capitals', () => {
    const printable = fc.string({ unit: 'grapheme-ascii', maxLength: 100 });
    fc.assert(
      fc.property(printable, email => {
        expect(emailKey(email.toUpperCase())).toEqual(emailKey(email.toLowerCase()));
        expect(normalEmail(normalEmail(email))).toBe(normalEmail(email));
      }),
    );
    expect(normalEmail('Ann@Example.ORG')).toBe('ann@example.org');
  });

  it.each([
    ['another name', 'ann@example.org', 'anne@example.org'],
    ['a dot', 'ann@example.org', 'a.nn@example.org'],
    ['a plus', 'ann@example.org', 'ann+book@example.org'],
    ['a Cyrillic letter', 'ann@example.org', '\u0430nn@example.org'],
    ['a fullwidth letter', 'ann@example.org', '\uff41nn@example.org'],
    ['a dotless i', 'kim@example.org', 'k\u0131m@example.org'],
  ])('is not another one: %s', (_what, one, other) => {
    expect(emailKey(one)).not.toEqual(emailKey(other));
  });

  it('of characters outside ASCII, which a token may name, never finds the person of one within', () => {
    const found: string[] = [];
    for (let point = 0x80; point <= 0x10ffff; point++) {
      const letter = String.fromCodePoint(point);
      if (/^[\x21-\x7e]+$/.test(normalEmail(letter))) found.push(`U+${point.toString(16)}`);
    }
    expect(found).toEqual([]);
  });
});

describe('keys', () => {
  it('tell the sign-ins of different issuers and subjects apart', () => {
    const keys = [
      identityKey({ issuer: 'https://a.example', subject: '1' }),
      identityKey({ issuer: 'https://b.example', subject: '1' }),
      identityKey({ issuer: 'https://a.example', subject: '2' }),
      emailKey('1'),
      invitationKey('1'),
    ];
    expect(new Set(keys.map(key => key.partition)).size).toBe(keys.length);
    expect(identityKey({ issuer: 'https://a.example', subject: '1' })).toEqual(keys[0]);
  });

  it('have room for a subject of any length', () => {
    expect(identityKey({ issuer: 'https://a.example', subject: 's'.repeat(100_000) }).partition.length).toBeLessThan(
      200,
    );
  });

  it('lead to the person, under the expectation that is asked for', () => {
    const key = emailKey('ann@example.org');
    expect(pointerTo(key, 'p1', 'absent')).toEqual({
      put: { key, version: 1, data: { personId: 'p1' } },
      expect: 'absent',
    });
  });

  it('hold SHA-256 in hexadecimal', () => {
    // FIPS 180-2, appendix B.1.
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('the row of a person', () => {
  it('shows the name and nothing to reach the person by', () => {
    expect(personRow({ id: 'p1', version: 1, data: person('Ann') }).card).toEqual({ id: 'p1', name: 'Ann' });
    expect(JSON.stringify(personRow({ id: 'p1', version: 1, data: person('Ann') }))).not.toContain('example.org');
  });

  it('stands by name, without regard to capitals, and apart from a namesake', () => {
    const sort = (name: string, id: string) => personRow({ id, version: 1, data: person(name) }).key.sort;
    expect(sort('ann', 'p2') > sort('Ann', 'p1')).toBe(true);
    expect(sort('bob', 'p0') > sort('ANN', 'p9')).toBe(true);
  });

  it('fits the sort key of the store for any name of 200 characters', () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8058';
    const anyName = fc.string({ unit: 'binary', minLength: 200, maxLength: 200 }).map(name => name.slice(0, 200));
    const longest = ['\u0130', '\uffff', '😀', 'ẞ', '\u1e9e'].map(one => fc.constant(one.repeat(200 / one.length)));
    fc.assert(
      fc.property(fc.oneof(anyName, ...longest), name => {
        expect(Buffer.byteLength(personRow({ id, version: 1, data: person(name) }).key.sort)).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 20 },
    );
  });
});
