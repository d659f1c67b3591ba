/** The public copies of real returns: what goes, and that all else stays. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicCopyOf } from '../../../../shared/core/returns/redaction.ts';
import { marker } from '../../../../shared/core/returns/redactionRules.ts';
import type { ReturnType } from '../../../../shared/core/returns/returns.ts';

const folder = join(import.meta.dirname, '../../../../../shared/data/irs990/returns');
const isThere = existsSync(folder);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

const returns: readonly (readonly [string, ReturnType])[] = [
  ['propublica.xml', '990'],
  ['union.xml', '990'],
  ['990EZ-little-league-baseball.xml', '990EZ'],
  ['202303569349100000_public.xml', '990PF'],
  ['202303569349100210_public.xml', '990PF'],
  ['202303569349100600_public.xml', '990PF'],
  ['jnj_patient_assistance.xml', '990PF'],
  ['202303569339300005_public.xml', '990T'],
  ['202303569339300705_public.xml', '990T'],
];

const linesOf = (text: string) => text.split('\n');

describe.skipIf(!isThere)(`real returns${isThere ? '' : ' (skipped: ../shared/data is not here)'}`, () => {
  it.each(returns)('%s keeps every line but those of which something is withheld', (name, type) => {
    const original = read(name);
    const { text, withheld } = publicCopyOf(original, type);
    const [before, after] = [linesOf(original), linesOf(text)];
    expect(after).toHaveLength(before.length);
    const changed = after.filter((line, index) => line !== before[index]);
    expect(changed.length).toBeLessThan(80);
    for (const line of changed) expect(line).toContain(`>${marker}<`);
    expect(publicCopyOf(text, type)).toEqual({ text, withheld: [], stays: [] });
    expect(withheld.length > 0).toBe(changed.length > 0);
    for (const element of ['PTIN', 'SSN', 'IPv4AddressTxt', 'AtSubmissionFilingDeviceId']) {
      for (const [, value] of text.matchAll(new RegExp(`<${element}>([^<]*)<`, 'g'))) expect(value).toBe(marker);
    }
  });

  it('withholds something in all of them but one, of a foundation that gives only its own address', () => {
    const all = returns.filter(([name, type]) => publicCopyOf(read(name), type).withheld.length === 0);
    expect(all.map(([name]) => name)).toEqual(['202303569349100000_public.xml']);
  });

  it('keeps Schedule B of a private foundation, and what the IRS withheld as it withheld it', () => {
    const scheduleB = /<IRS990ScheduleB [\s\S]*<\/IRS990ScheduleB>/;
    for (const [name, type] of returns) {
      const original = read(name);
      const own = scheduleB.exec(original)?.[0];
      if (own !== undefined) expect(publicCopyOf(original, type).text).toContain(own);
    }
  });

  it('withholds the contributors of a foundation when its Schedule B stands in a 990', () => {
    const schedule =
      /<IRS990ScheduleB [\s\S]*<\/IRS990ScheduleB>/.exec(read('202303569349100210_public.xml'))?.[0] ?? '';
    const original = read('union.xml').replace('</ReturnData>', `${schedule}</ReturnData>`);
    const { text } = publicCopyOf(original, '990');
    const parts = [
      ...schedule.matchAll(/<(ContributorPersonNm|AddressLine1Txt|CityNm|ZIPCd|NoncashPropertyDesc)>([^<]*)</g),
    ];
    expect(parts.length).toBeGreaterThan(3);
    for (const [, , value] of parts) expect(text).not.toContain(String(value));
    expect(text).toContain('<TotalContributionsAmt>2729955<');
  });
});
