/** Real votes come out as they officially did: the roll calls of the Congress of the United States, the referendums of Switzerland. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DecisionRule, Majority } from '../../../../shared/core/decisions/rules.ts';
import { type Group, tally } from '../../../../shared/core/decisions/tally.ts';
import { countOf, ruleOf } from './votes.ts';

const folder = '../shared/data/votes';
const isThere = existsSync(folder);
const missing = isThere ? '' : ` (needs ${folder})`;

type Row = Readonly<Record<string, string>>;

function rowsOf(file: string): Row[] {
  const [head = [], ...rows] = parseCsv(readFileSync(`${folder}/${file}`, 'utf8'));
  return rows.map(row => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.filter(row => row.length > 1);
}

const majority = (of: Majority['of'], fraction: string, comparison: Majority['comparison']): Majority => {
  const [numerator, denominator] = fraction.split('/').map(Number);
  return {
    of,
    fraction: { numerator: Number(numerator), denominator: Number(denominator) },
    comparison,
    counting: 'votes',
  };
};

describe.skipIf(!isThere)(`official votes${missing}`, () => {
  it('decides every decidable roll call of the Congress as it was decided', () => {
    const rows = rowsOf('us-congress-1989-2012.csv').filter(
      ({ agrees, official_outcome }) => agrees === 'True' && official_outcome !== 'other',
    );
    const wrong = rows.filter(
      row => tally(congressRule(row), congressCount(row)).carried !== (row.official_outcome === 'pass'),
    );
    expect(wrong.map(({ id, result_text }) => `${id}: ${result_text}`)).toEqual([]);
    expect(rows.length).toBe(22_560);
  });

  it('decides every decidable referendum of Switzerland as it was decided', () => {
    const rows = rowsOf('swissvotes-to-1979.csv').filter(row => row['kt-match'] === '1');
    const wrong = rows.filter(row => {
      const groups = cantonsOf(row);
      const [yes, no] = [Number(row.volkja), Number(row.volknein)];
      const outcome = tally(swissRule(row, groups), countOf({ yes, no, present: yes + no, groups }));
      return outcome.carried !== (row.annahme === '1');
    });
    expect(wrong.map(({ anr, titel_kurz_e }) => `${anr}: ${titel_kurz_e}`)).toEqual([]);
    expect(rows.length).toBe(294);
  });
});

/** The House, and two thirds, go by votes cast; three fifths of the Senate by all members. */
function congressRule({ chamber, requires = '' }: Row): DecisionRule {
  const of = chamber === 's' && requires === '3/5' ? 'in-office' : 'cast';
  const comparison = requires === '1/2' ? 'more-than' : 'at-least';
  return ruleOf({ majorities: [majority(of, requires, comparison)], tie: chamber === 's' ? 'chair-casts' : 'fails' });
}

/** The counts hold the vote of the Vice President, who casts one only when votes are even. */
function congressCount({ yes, no, present, members, vp_vote }: Row) {
  const [favour, against] = [Number(yes) - (vp_vote === 'Yea' ? 1 : 0), Number(no) - (vp_vote === 'Nay' ? 1 : 0)];
  return countOf({
    yes: favour,
    no: against,
    abstained: Number(present),
    present: favour + against + Number(present),
    inOffice: Number(members),
    casting: vp_vote === 'Yea' ? 'yes' : vp_vote === 'Nay' ? 'no' : null,
  });
}

const halfCantons = new Set(['ow', 'nw', 'bs', 'bl', 'ar', 'ai']);

/** A canton has two votes, a half canton one. */
function cantonsOf(row: Row): Group[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const canton = /^(..)-annahme$/.exec(name)?.[1];
    if (canton === undefined || (value !== '0' && value !== '1')) return [];
    return [{ name: canton, weight: halfCantons.has(canton) ? 1 : 2, yes: Number(value), no: 1 - Number(value) }];
  });
}

/** An optional referendum needs the people only; everything else the people and the cantons. */
function swissRule({ rechtsform }: Row, groups: readonly Group[]): DecisionRule {
  const people = majority('cast', '1/2', 'more-than');
  const needsCantons = rechtsform !== '2' && groups.length > 0;
  return ruleOf({ majorities: needsCantons ? [people, { ...people, counting: 'groups' }] : [people] });
}
