/** What pages say of the log. */
import { describe, expect, it } from 'vitest';
import { type LogStand, logSection, sealed } from '../../../web/sealed.ts';

const wordsOf = (markup: unknown) =>
  String(markup)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('what a page shows', () => {
  it('leads to where it can be checked, once it is sealed', () => {
    const markup = sealed({ index: 41, url: '/v1/log/records/x' }, '/v1/disclosures/1?a=b&c');
    expect(wordsOf(markup)).toBe('Sealed as entry 41 of the log . Check it');
    expect(String(markup)).toContain('href="/verify?record=%2Fv1%2Fdisclosures%2F1%3Fa%3Db%26c"');
  });

  it('is being sealed for some seconds, and says nothing of the log where nothing is public', () => {
    expect(wordsOf(sealed('pending', '/v1/organisation'))).toBe(
      'It is being sealed in the log , which takes some seconds',
    );
    expect(sealed(null, '/v1/organisation')).toBeNull();
  });
});

describe('the section of the log', () => {
  const stand: LogStand = {
    origin: 'book.example.org/log',
    size: 1234,
    latestAt: '2024-02-09T17:00:00.000Z',
    keys: ['book.example.org/log+0aca0475+AfOJ'],
    address: 'https://book.example.org',
  };

  it('tells its size, its last entry, its key, and how to watch it', () => {
    const words = wordsOf(logSection(stand, 'America/New_York'));
    for (const said of [
      'Entries 1234',
      'Last entry 9 February 2024, 12:00 EST',
      'book.example.org/log+0aca0475+AfOJ',
      'npm run monitor -- https://book.example.org/log',
    ]) {
      expect(words).toContain(said);
    }
  });

  it('names all keys while there are several', () => {
    const words = wordsOf(logSection({ ...stand, keys: ['new', 'old'], latestAt: null }, 'UTC'));
    expect(words).toMatch(/The keys of the log, the newest first.* new old /);
    expect(words).not.toContain('Last entry');
  });
});
