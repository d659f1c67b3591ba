/** What anyone may inspect, against the law's words counted out day by day. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filing, Submission } from '../../../../shared/core/filings/filings.ts';
import {
  type InspectionFacts,
  inspectableUntil,
  inspectionSetOn,
  type KeptPaper,
} from '../../../../shared/core/filings/inspection.ts';
import {
  anyFacts,
  dayAfter,
  daysInTenYears,
  fileOf,
  filingOf,
  firstDay,
  obligationOf,
  paperOf,
  submissionOf,
} from '../../../support/inspectedFilings.ts';

const taxReturn = (more: Partial<Filing>) =>
  filingOf(2022, { ...more, obligation: obligationOf(2022, { ruleId: 'us-irs-990t', form: '990-T' }) });
const extended = { askedOn: '2023-05-01', until: '2023-11-15', confirmation: null, evidence: null };
const moved = { due: '2023-07-15', reason: 'A disaster.', evidence: null, afterExtension: false };
const rejected = { accepted: false, on: '2023-05-02', note: null };

describe('the last day of inspection', () => {
  it.each<[string, Filing, number, string | null]>([
    [
      'a return filed early: from its due date',
      filingOf(2022, { submissions: [submissionOf('2023-03-01')] }),
      0,
      '2026-05-15',
    ],
    ['a return filed on its due date', filingOf(2022, { submissions: [submissionOf('2023-05-15')] }), 0, '2026-05-15'],
    [
      'a return filed late: from its filing',
      filingOf(2022, { submissions: [submissionOf('2023-09-01')] }),
      0,
      '2026-09-01',
    ],
    [
      'a return with an extension, filed before it ended',
      filingOf(2022, { extension: extended, submissions: [submissionOf('2023-06-01')] }),
      0,
      '2026-11-15',
    ],
    [
      'a return whose due date was moved',
      filingOf(2022, { moved, submissions: [submissionOf('2023-06-01')] }),
      0,
      '2026-07-15',
    ],
    [
      'an amended return: from its filing, even before the due date',
      filingOf(2022, { submissions: [submissionOf('2023-03-01'), submissionOf('2023-04-01', { amends: true })] }),
      1,
      '2026-04-01',
    ],
    [
      'an original that was amended: as if it were not',
      filingOf(2022, { submissions: [submissionOf('2023-03-01'), submissionOf('2025-04-01', { amends: true })] }),
      0,
      '2026-05-15',
    ],
    [
      'what was rejected: never',
      filingOf(2022, { submissions: [submissionOf('2023-05-01', { answer: rejected })] }),
      0,
      null,
    ],
    [
      'what was filed again after a rejection',
      filingOf(2022, { submissions: [submissionOf('2023-05-14', { answer: rejected }), submissionOf('2023-05-20')] }),
      1,
      '2026-05-20',
    ],
    [
      'Form 990-T filed late: from its due date',
      taxReturn({ submissions: [submissionOf('2023-09-01')] }),
      0,
      '2026-05-15',
    ],
    [
      'Form 990-T with an extension',
      taxReturn({ extension: extended, submissions: [submissionOf('2023-09-01')] }),
      0,
      '2026-11-15',
    ],
    ['a return filed on 29 February', filingOf(2022, { submissions: [submissionOf('2024-02-29')] }), 0, '2027-02-28'],
    [
      'what a state asks for: never',
      filingOf(2022, {
        obligation: obligationOf(2022, { ruleId: 'us-va-102' }),
        submissions: [submissionOf('2023-05-01')],
      }),
      0,
      null,
    ],
    ['a submission that there is not', filingOf(2022), 0, null],
  ])('is right for %s', (_, filing, index, until) => {
    expect(inspectableUntil(filing, index)).toBe(until);
  });
});

/** The same day of the month three years on, found by walking there; where there is none, the last day of that month. */
function threeYearsFrom(day: string): string {
  const known = ends.get(day);
  if (known !== undefined) return known;
  const [year = '', month = '', date = ''] = day.split('-');
  const aim = `${Number(year) + 3}-${month}`;
  let last = '';
  for (let one = `${aim}-01`; one.startsWith(aim); one = dayAfter(one, 1)) if (one.slice(8) <= date) last = one;
  ends.set(day, last);
  return last;
}
const ends = new Map<string, string>();

/** Each thing by a name of its own, as the law's text gives it: no code is shared with what is tested. */
function byTheLaw(day: string, facts: InspectionFacts) {
  const set: string[] = [];
  const missing: string[] = [];
  const ends: string[] = [];
  const isCharity = (on: string) => facts.taxStatusOn(on) === '501(c)(3)';
  const has = (submission: Submission, copy: string) =>
    submission.publicCopies.some(one => one.documentId.startsWith(copy));

  const there = facts.papers.filter(paper => paper.since <= day && !(paper.replaced && paper.files.length === 0));
  for (const paper of there) {
    set.push(`${paper.documentId} for ever`);
    if (paper.files.length === 0) missing.push(`no-copy ${paper.documentId}`);
  }
  if (facts.taxStatusOn(day)?.includes('501(c)')) {
    if (!there.some(({ kind }) => kind === 'exemption-application')) missing.push('no-application');
    if (!there.some(({ kind }) => kind === 'determination-letter')) missing.push('no-letter');
  }
  for (const { id, filing } of facts.filings) {
    const { ruleId } = filing.obligation;
    if (ruleId !== 'us-irs-return' && ruleId !== 'us-irs-990t') continue;
    let due = filing.obligation.due;
    if (filing.moved !== null) due = filing.moved.due;
    if (filing.extension !== null && filing.moved?.afterExtension !== true) due = filing.extension.until;
    let wasFiled = false;
    for (const [index, submission] of filing.submissions.entries()) {
      if (submission.answer !== null && !submission.answer.accepted) continue;
      if (submission.on <= day) wasFiled = true;
      if (ruleId === 'us-irs-990t' && !isCharity(submission.on)) continue;
      const begin = submission.amends
        ? submission.on
        : ruleId === 'us-irs-990t'
          ? due
          : [submission.on, due].toSorted().at(1);
      const end = threeYearsFrom(begin ?? '');
      if (submission.on > day || day > end) continue;
      set.push(`${id} ${index + 1} until ${end}`);
      ends.push(`${id} ${index + 1} ${end}`);
      const isNotice = (submission.form ?? filing.obligation.form) === '990-N';
      if ((!isNotice && !has(submission, 'public')) || has(submission, 'withdrawn')) missing.push(`no-copy ${id}`);
    }
    const counts = ruleId === 'us-irs-return' || (isCharity(due) && day <= threeYearsFrom(due));
    if (!wasFiled && due < day && counts && filing.excuse === null) missing.push(`not-filed ${id}`);
  }
  return { set: set.toSorted(), missing: missing.toSorted(), ends: ends.toSorted(), complete: missing.length === 0 };
}

/** What the book says, by the same names. */
function byTheBook(day: string, facts: InspectionFacts) {
  const { items, missing, dropsOut, complete } = inspectionSetOn(day, facts);
  return {
    set: items
      .map(({ filing, documentId, until }) =>
        filing === null ? `${documentId} ${until ?? 'for ever'}` : `${filing.id} ${filing.submission} until ${until}`,
      )
      .toSorted(),
    missing: missing
      .map(({ why, filingId, documentId }) => [why, filingId ?? documentId ?? []].flat().join(' '))
      .toSorted(),
    ends: dropsOut.map(({ item, after }) => `${item.filing?.id} ${item.filing?.submission} ${after}`).toSorted(),
    complete,
  };
}

describe('the inspection set', () => {
  it('equals what the law says, on every day of ten years, whatever was filed, moved, rejected, amended or missed', () => {
    const tenYears = Array.from({ length: daysInTenYears }, (_, count) => dayAfter(firstDay, count));
    let days = 0;
    let inspected = 0;
    fc.assert(
      fc.property(anyFacts, ({ filings, papers, statuses: [before, after, changed] }) => {
        const facts: InspectionFacts = {
          filings,
          papers,
          taxStatusOn: day => (day < changed ? before : after),
          fileOf: paper => (paper.documentId.startsWith('public') ? fileOf(paper) : undefined),
        };
        for (const day of tenYears) {
          const book = byTheBook(day, facts);
          const law = byTheLaw(day, facts);
          // Comparing texts is quick; that of all lines is shown when they differ.
          if (JSON.stringify(book) !== JSON.stringify(law)) expect({ day, ...book }).toEqual({ day, ...law });
          days++;
          inspected += law.set.length;
        }
      }),
      { numRuns: 20 },
    );
    expect(days).toBe(20 * daysInTenYears);
    expect(inspected).toBeGreaterThan(days);
  }, 120_000);

  const paper = (kind: KeptPaper['kind'], more: Partial<KeptPaper> = {}): KeptPaper => ({
    documentId: kind,
    kind,
    title: 'A paper',
    since: '2020-01-01',
    files: [fileOf(paperOf(kind))],
    replaced: false,
    ...more,
  });
  const facts = (more: Partial<InspectionFacts> = {}): InspectionFacts => ({
    filings: [],
    papers: [paper('determination-letter'), paper('exemption-application')],
    taxStatusOn: () => '501(c)(3)',
    fileOf,
    ...more,
  });

  it('is complete with the application, the letters and every return; the papers first, then the latest period', () => {
    const filings = [2021, 2022].map(year => ({
      id: `r${year}`,
      filing: filingOf(year, { submissions: [submissionOf(`${year + 1}-05-01`)] }),
    }));
    const set = inspectionSetOn('2023-06-01', facts({ filings }));
    expect(set).toMatchObject({ complete: true, missing: [] });
    expect(set.items.map(({ what, filing }) => filing?.id ?? what)).toEqual([
      'exemption-application',
      'determination-letter',
      'r2022',
      'r2021',
    ]);
    expect(set.dropsOut.map(({ item, after }) => [item.filing?.id, after])).toEqual([
      ['r2021', '2025-05-15'],
      ['r2022', '2026-05-15'],
    ]);
  });

  it('tells what to do about everything that is missing', () => {
    const late = { id: 'r2022', filing: filingOf(2022) };
    const { missing, complete } = inspectionSetOn('2023-05-16', facts({ filings: [late], papers: [] }));
    expect(complete).toBe(false);
    expect(missing.map(({ why }) => why)).toEqual(['no-application', 'no-letter', 'not-filed']);
    expect(missing.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining('"exemption-application"'),
      expect.stringContaining('"determination-letter"'),
      expect.stringContaining('due on 2023-05-15'),
    ]);
    expect(inspectionSetOn('2023-05-15', facts({ filings: [late] })).missing).toEqual([]);
  });

  it('asks for no application of whoever has no exemption, and shows no Form 990-T but that of a charity', () => {
    const filings = [{ id: 't2022', filing: taxReturn({ submissions: [submissionOf('2023-05-01')] }) }];
    const setOf = (taxStatus: string | null) =>
      inspectionSetOn('2024-01-01', facts({ filings, papers: [], taxStatusOn: () => taxStatus }));
    expect(setOf(null)).toMatchObject({ items: [], missing: [] });
    expect(setOf('501(c)(6)').items).toEqual([]);
    expect(setOf('501(c)(6)').missing).toHaveLength(2);
    expect(setOf('501(c)(3)').items.map(({ what }) => what)).toEqual(['income-tax-return']);
  });

  it('misses a Form 990-T that was not filed until the last day on which anyone could inspect it', () => {
    const filings = [{ id: 't2022', filing: taxReturn({}) }];
    const missingOn = (day: string) => inspectionSetOn(day, facts({ filings })).missing.map(({ why }) => why);
    expect(missingOn('2023-05-15')).toEqual([]);
    expect(missingOn('2023-05-16')).toEqual(['not-filed']);
    expect(missingOn('2026-05-15')).toEqual(['not-filed']);
    expect(missingOn('2026-05-16')).toEqual([]);
  });

  it('leaves out a paper whose place another one took, unless everybody can have it all the same', () => {
    const original = paper('exemption-application', { documentId: 'original', files: [], replaced: true });
    const copy = paper('exemption-application', { documentId: 'copy' });
    const letter = paper('determination-letter');
    const named = (papers: KeptPaper[]) =>
      inspectionSetOn('2024-01-01', facts({ papers })).items.map(one => one.documentId);
    expect(named([original, copy, letter])).toEqual(['copy', 'determination-letter']);
    expect(named([{ ...original, files: copy.files }, copy, letter])).toContain('original');
  });
});
