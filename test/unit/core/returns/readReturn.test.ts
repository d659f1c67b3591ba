// What invented returns of several years say, and that what they do not say is not there.
import { describe, expect, it } from 'vitest';
import type { Figure, ReturnContent, ReturnType } from '../../../../shared/core/returns/returns.ts';
import { changed, sample, sampleXml } from '../../../support/sampleReturns.ts';
import { contentOf } from './reading.ts';

const read = (type: ReturnType, version: string) => contentOf(sampleXml(sample(type, version)));

const header = {
  ein: '012345678',
  name: 'RIVER & HILL LIBRARY FRIENDS',
  period: { from: '2022-07-01', to: '2023-06-30' },
  filedAt: '2023-11-10T09:30:00-05:00',
  state: 'VA',
};

const valuesOf = (figures: ReturnContent['figures']) =>
  Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure?.value]));

const linesOf = (figures: ReturnContent['figures']) =>
  Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, (figure as Figure).source]));

const explanations = [
  { about: 'FORM 990, PART VI, LINE 11B', text: 'The board read it.' },
  { about: null, text: 'Nothing else.' },
];

describe.each([
  '2013v3.0',
  '2013v4.0',
  '2014v5.0',
  '2015v2.1',
  '2016v3.0',
  '2018v3.3',
  '2019v5.0',
  '2020v4.1',
  '2022v5.0',
])('of schema %s reads', version => {
  it('Form 990', () => {
    const content = read('990', version);
    expect(content).toEqual({
      ...header,
      type: '990',
      schema: version,
      schemaKnown: true,
      amended: true,
      initial: false,
      final: false,
      documents: ['IRS990', 'IRS990ScheduleO'],
      mission: 'Books for everybody.',
      figures: expect.anything(),
      officers: [
        { name: 'Ann Example', title: 'CHAIR', compensation: 0, hoursPerWeek: 2.5, director: true, officer: true },
        {
          name: 'EXAMPLE TRUST COMPANY',
          title: null,
          compensation: 1200,
          hoursPerWeek: null,
          director: false,
          officer: false,
        },
      ],
      accomplishments: [
        { description: 'Lent 9,000 books.', expenses: 70, grants: 5, revenue: null },
        { description: 'Read to children.', expenses: null, grants: null, revenue: null },
        { description: null, expenses: null, grants: null, revenue: 8 },
      ],
      partVI: [
        { line: '1a', name: 'GoverningBodyVotingMembersCnt', value: 7 },
        { line: '8a', name: 'MinutesOfGoverningBodyInd', value: true },
        { line: '8b', name: 'MinutesOfCommitteesInd', value: false },
        { line: '11a', name: 'Form990ProvidedToGvrnBodyInd', value: true },
        { line: '12a', name: 'ConflictOfInterestPolicyInd', value: false },
        { line: '18', name: 'OwnWebsiteInd', value: true },
      ],
      explanations,
      restricted: [],
    });
    expect(valuesOf(content.figures)).toEqual({
      grossReceipts: 101,
      votingMembers: 102,
      independentVotingMembers: 103,
      employees: 104,
      volunteers: 105,
      unrelatedBusinessIncome: 106,
      priorTotalRevenue: 107,
      contributions: 108,
      programServiceRevenue: 109,
      investmentIncome: 110,
      otherRevenue: 111,
      totalRevenue: 112,
      grantsPaid: 113,
      salaries: 114,
      priorTotalExpenses: 115,
      totalExpenses: 116,
      revenueLessExpenses: 117,
      totalAssetsBegin: 118,
      totalAssetsEnd: 119,
      totalLiabilitiesBegin: 120,
      totalLiabilitiesEnd: 121,
      netAssetsBegin: 122,
      netAssetsEnd: 123,
      programExpenses: 30,
      managementExpenses: 20,
      fundraisingExpenses: 10,
      netAssetsWithoutRestrictionsEnd: 300,
      netAssetsWithRestrictionsEnd: 42,
    });
  });

  it('Form 990-EZ', () => {
    const content = read('990EZ', version);
    expect(content).toMatchObject({
      ...header,
      type: '990EZ',
      amended: false,
      initial: true,
      mission: 'Chess for everybody.',
      officers: [
        { name: 'Ann Example', title: 'TREASURER', compensation: 0, hoursPerWeek: 4, director: null, officer: null },
      ],
      accomplishments: [{ description: 'Taught chess.', expenses: 217, grants: 0, revenue: null }],
      partVI: [],
      explanations,
    });
    expect(valuesOf(content.figures)).toEqual({
      grossReceipts: 201,
      contributions: 202,
      programServiceRevenue: 203,
      investmentIncome: 204,
      otherRevenue: 205,
      totalRevenue: 206,
      grantsPaid: 207,
      salaries: 208,
      totalExpenses: 209,
      revenueLessExpenses: 210,
      netAssetsBegin: 211,
      netAssetsEnd: 212,
      totalAssetsBegin: 213,
      totalAssetsEnd: 214,
      totalLiabilitiesBegin: 215,
      totalLiabilitiesEnd: 216,
      programExpenses: 217,
    });
  });

  it('Form 990-PF', () => {
    const content = read('990PF', version);
    expect(content).toMatchObject({ ...header, type: '990PF', final: true, mission: null, explanations: [] });
    expect(content.officers).toMatchObject([{ name: 'Ann Example', title: 'TRUSTEE', hoursPerWeek: 0.5 }]);
    expect(valuesOf(content.figures)).toEqual({
      fairMarketValueOfAssetsEnd: 301,
      contributions: 302,
      totalRevenue: 303,
      grantsPaid: 304,
      totalExpenses: 305,
      revenueLessExpenses: 306,
      totalAssetsBegin: 307,
      totalAssetsEnd: 308,
      totalLiabilitiesBegin: 309,
      totalLiabilitiesEnd: 310,
      netAssetsBegin: 311,
      netAssetsEnd: 312,
    });
  });

  it('Form 990-T, whose and for when it is', () => {
    expect(read('990T', version)).toMatchObject({
      ...header,
      type: '990T',
      documents: ['IRS990T', 'IRS990TScheduleA', 'IRS990TScheduleA'],
      figures: {},
      officers: [],
    });
  });
});

describe('names the line of the form', () => {
  it('of the year: lines of net assets moved in 2019', () => {
    expect(linesOf(read('990', '2016v3.0').figures)).toMatchObject({
      totalRevenue: 'Form 990, Part I, line 12',
      netAssetsWithoutRestrictionsEnd: 'Form 990, Part X, line 27, column (B)',
      netAssetsWithRestrictionsEnd: 'Form 990, Part X, line 28, column (B); Form 990, Part X, line 29, column (B)',
    });
    expect(linesOf(read('990', '2020v4.1').figures)).toMatchObject({
      netAssetsWithRestrictionsEnd: 'Form 990, Part X, line 28, column (B)',
    });
    expect(linesOf(read('990PF', '2018v3.3').figures).netAssetsEnd).toBe('Form 990-PF, Part II, line 30, column (b)');
    expect(linesOf(read('990PF', '2019v5.0').figures).netAssetsEnd).toBe('Form 990-PF, Part II, line 29, column (b)');
  });
});

describe('takes what stands elsewhere in other years for nothing', () => {
  it.each([
    ['2018v3.3', 'UnrestrictedNetAssetsGrp', 'NoDonorRestrictionNetAssetsGrp'],
    ['2020v4.1', 'NoDonorRestrictionNetAssetsGrp', 'UnrestrictedNetAssetsGrp'],
  ])('in %s', (version, own, other) => {
    const xml = sampleXml(sample('990', version)).replaceAll(own, other);
    expect(contentOf(xml).figures).not.toHaveProperty('netAssetsWithoutRestrictionsEnd');
  });
});

it('reads newer schemas by the newest table, and says so', () => {
  const known = contentOf(sampleXml(sample('990', '2022v5.0')));
  const newer = contentOf(sampleXml(sample('990', '2031v1.0')));
  expect(newer).toEqual({ ...known, schema: '2031v1.0', schemaKnown: false });
});

it('keeps zero apart from nothing', () => {
  const xml = sampleXml(sample('990', '2022v5.0'));
  const zero = changed(
    xml,
    '<TotalVolunteersCnt>105</TotalVolunteersCnt>',
    '<TotalVolunteersCnt>0</TotalVolunteersCnt>',
  );
  const none = changed(xml, '<TotalVolunteersCnt>105</TotalVolunteersCnt>', '');
  expect(contentOf(zero).figures.volunteers).toEqual({ value: 0, source: 'Form 990, Part I, line 6' });
  expect(contentOf(none).figures).not.toHaveProperty('volunteers');
});

it('reads negative amounts, comments and CDATA sections', () => {
  const xml = changed(
    sampleXml(sample('990', '2022v5.0')),
    '<CYRevenuesLessExpensesAmt>117<',
    '<CYRevenuesLessExpensesAmt><!-- a loss -->-117<',
  );
  const text = changed(xml, 'Lent 9,000 books.', '<![CDATA[Lent <9,000> &amp; more books]]>.');
  const content = contentOf(text);
  expect(content.figures.revenueLessExpenses?.value).toBe(-117);
  expect(content.accomplishments[0]?.description).toBe('Lent <9,000> &amp; more books.');
});

it('resolves the five entities of XML and numbers of characters, once', () => {
  const xml = changed(
    sampleXml(sample('990', '2022v5.0')),
    'Books for everybody.',
    '&lt;&amp;amp;&#65;&#x1F4DA;&quot;&apos;&gt;',
  );
  expect(contentOf(xml).mission).toBe('<&amp;A📚"\'>');
});

it('reads elements with a prefix of the namespace, and without any namespace', () => {
  const xml = sampleXml(sample('990', '2022v5.0'));
  const prefixed = xml.replace('xmlns="', 'xmlns:irs="').replaceAll(/<(\/?)(?=[A-Z])/g, '<$1irs:');
  const bare = changed(xml, ' xmlns="http://www.irs.gov/efile"', '');
  expect(contentOf(prefixed)).toEqual(contentOf(xml));
  expect(contentOf(bare)).toEqual(contentOf(xml));
});

it('lists numbers that the authority withheld, and has no figure for them', () => {
  const xml = changed(
    sampleXml(sample('990', '2022v5.0')),
    '<CYTotalRevenueAmt>112<',
    '<CYTotalRevenueAmt>RESTRICTED<',
  );
  const schedule = `<IRS990ScheduleB>${'<G><TotalContributionsAmt>RESTRICTED</TotalContributionsAmt><PersonNm>RESTRICTED</PersonNm></G>'.repeat(2)}</IRS990ScheduleB>`;
  const content = contentOf(changed(xml, '<IRS990ScheduleO>', `${schedule}<IRS990ScheduleO>`));
  expect(content.figures).not.toHaveProperty('totalRevenue');
  expect(content.restricted).toEqual([
    '/Return/ReturnData/IRS990/CYTotalRevenueAmt',
    '/Return/ReturnData/IRS990ScheduleB/G/TotalContributionsAmt',
  ]);
});
