/** A year of governance in which everything was in order, and what can be different in one. */
import type { BodyOfYear, GovernanceFacts, MeetingOfYear } from '../../shared/core/governance/facts.ts';
import { topicsAskedFor } from '../../shared/core/governance/policies.ts';
import type { Evidence, Line } from '../../shared/core/governance/questions.ts';

const proof = (kind: Evidence['kind'], id: string, date = '2024-05-05'): Evidence => ({ kind, id, title: id, date });
const meeting = (change: Partial<MeetingOfYear> = {}): MeetingOfYear => ({
  id: 'meeting',
  title: 'Spring meeting',
  openedOn: '2024-03-01',
  endedOn: '2024-03-01',
  documentedOn: '2024-03-02',
  inTime: { state: 'yes', lastDay: '2024-04-30' },
  ...change,
});
export const bodyOf = (name: string, documentIds: readonly string[] = []): BodyOfYear => ({
  name,
  meetings: [meeting({ id: `${name}-meeting` })],
  adopted: [
    {
      resolutionId: `${name}-resolution`,
      evidence: proof('resolution', `${name}-resolution`),
      withoutMeeting: true,
      documentIds,
    },
  ],
});

/** A year in which everything was as the form asks for it, seen when it is over. */
export const inOrder: GovernanceFacts = {
  period: { from: '2024-01-01', to: '2024-12-31' },
  today: '2025-06-15',
  circumstances: {
    committeesActForBoard: true,
    chapters: true,
    paysTopOfficial: true,
    paysOtherOfficers: true,
    jointVenture: true,
  },
  boards: [bodyOf('board', ['compensation-text'])],
  committees: [bodyOf('committee')],
  policies: new Map(
    topicsAskedFor.map(topic => [
      topic,
      {
        documentId: `${topic}-text`,
        since: '2023-01-01',
        adoption: {
          resolutionId: 'adopting',
          by: 'board',
          evidence: proof('resolution', 'adopting', '2022-12-01'),
          endedOn: null,
        },
      },
    ]),
  ),
  filing: {
    id: 'us-irs-return~2024-12-31',
    title: 'Form 990',
    form: '990',
    excused: false,
    filedOn: '2025-05-10',
    review: {
      documentId: 'return-text',
      given: [
        { personId: 'a', on: '2025-04-20' },
        { personId: 'b', on: '2025-05-10' },
      ],
    },
  },
  directors: [
    { id: 'a', name: 'Ada' },
    { id: 'b', name: 'Ben' },
  ],
  declarations: [{ year: '2024', owed: 2, evidence: [proof('declaration', 'a~2024')], missing: [] }],
  recusals: [proof('recusal', 'r~a')],
  schedule: proof('retention-schedule', 'retention-schedule'),
  inspection: { missing: [], isAvailable: true, evidence: [proof('document', 'letter')] },
  papers: [
    { what: 'articles', shown: [proof('document', 'articles')] },
    { what: 'bylaws', shown: [proof('document', 'bylaws')] },
    { what: 'conflict-of-interest', shown: [proof('document', 'conflict-of-interest-text')] },
    { what: 'financial-statement', shown: [proof('document', 'statement')] },
  ],
};

export type Change = (facts: GovernanceFacts) => GovernanceFacts;

const circumstance =
  (change: Partial<GovernanceFacts['circumstances']>): Change =>
  facts => ({ ...facts, circumstances: { ...facts.circumstances, ...change } });
export const withoutPolicy =
  (...topics: readonly string[]): Change =>
  facts => ({ ...facts, policies: new Map([...facts.policies].filter(([topic]) => !topics.includes(topic))) });
const filing =
  (change: Partial<NonNullable<GovernanceFacts['filing']>>): Change =>
  facts => ({ ...facts, filing: facts.filing === null ? null : { ...facts.filing, ...change } });
export const adoption =
  (topic: (typeof topicsAskedFor)[number], change: object | null): Change =>
  facts => {
    const policy = facts.policies.get(topic);
    if (policy === undefined) return facts;
    const adopted = change === null || policy.adoption === null ? null : { ...policy.adoption, ...change };
    return { ...facts, policies: new Map([...facts.policies, [topic, { ...policy, adoption: adopted }]]) };
  };
const boardMet =
  (...meetings: readonly MeetingOfYear[]): Change =>
  facts => ({ ...facts, boards: facts.boards.map(board => ({ ...board, meetings })) });
const late = meeting({ documentedOn: '2024-08-01', inTime: { state: 'no', lastDay: '2024-04-30' } });
const never = meeting({ documentedOn: null, inTime: { state: 'no', lastDay: '2024-04-30' } });
const open = meeting({ endedOn: null, documentedOn: null, inTime: { state: 'pending', lastDay: null } });
const pending = meeting({ documentedOn: null, inTime: { state: 'pending', lastDay: null } });

/** What is different in a year, and the lines that are answered otherwise for it. Those with a letter stand apart from each other. */
export const changes: readonly (readonly [string, Change, Partial<Record<Line, string>>, string])[] = [
  ['minutes of the board were recorded late', boardMet(late, meeting()), { '8a': 'no' }, 'were recorded on 2024-08-01'],
  ['minutes of the board were not recorded in time', boardMet(never), { '8a': 'no' }, 'due by 2024-04-30'],
  ['a meeting of the board was not adjourned', boardMet(open, meeting()), { '8a': 'unknown' }, 'Adjourn it'],
  ['minutes of the board can still be recorded', boardMet(pending, meeting()), { '8a': 'unknown' }, 'the next meeting'],
  [
    'the board did nothing',
    facts => ({ ...facts, boards: [{ name: 'board', meetings: [], adopted: [] }] }),
    { '8a': 'unknown', '15a': 'unknown', '15b': 'unknown' },
    'no meeting and no written action of the board',
  ],
  ['no committee may act', circumstance({ committeesActForBoard: false }), { '8b': 'not-applicable' }, ''],
  [
    'nobody said whether committees may act',
    circumstance({ committeesActForBoard: null }),
    { '8b': 'unknown' },
    'Record with',
  ],
  ['the book has no committee', facts => ({ ...facts, committees: [] }), { '8b': 'no' }, 'no committee'],
  [
    'minutes of a committee are late',
    facts => ({ ...facts, committees: [{ name: 'Pay', meetings: [late], adopted: [] }] }),
    { '8b': 'no' },
    'Pay, "Spring meeting"',
  ],
  ['there are no chapters', circumstance({ chapters: false }), { '10a': 'no', '10b': 'not-applicable' }, ''],
  [
    'nobody said whether there are chapters',
    circumstance({ chapters: null }),
    { '10a': 'unknown', '10b': 'unknown' },
    'chapters',
  ],
  ['there is no policy on chapters', withoutPolicy('chapters'), { '10b': 'no' }, 'designate it as "chapters"'],
  ['there is no filing', facts => ({ ...facts, filing: null }), { '11a': 'unknown' }, 'no annual return'],
  ['it is not filed yet', filing({ filedOn: null }), { '11a': 'unknown' }, 'not filed yet'],
  ['it was given to nobody', filing({ review: null }), { '11a': 'no' }, 'Ada and Ben did not get'],
  [
    'one director got it after it was filed',
    filing({
      review: {
        documentId: 'x',
        given: [
          { personId: 'a', on: '2025-05-11' },
          { personId: 'b', on: '2025-05-10' },
        ],
      },
    }),
    { '11a': 'no' },
    'Ada did not get',
  ],
  ['nothing had to be filed', filing({ excused: true, filedOn: null }), { '11a': 'not-applicable' }, ''],
  ['a postcard was filed', filing({ form: '990-N', review: null }), { '11a': 'not-applicable' }, ''],
  ['the book knows no director', facts => ({ ...facts, directors: [] }), { '11a': 'unknown' }, 'Record the seats'],
  [
    'there is no conflict of interest policy',
    withoutPolicy('conflict-of-interest'),
    { '12a': 'no', '12b': 'not-applicable', '12c': 'not-applicable' },
    'no conflict of interest policy in force as of 2024-12-31',
  ],
  ['nothing shows who adopted it', adoption('conflict-of-interest', null), { '12a': 'unknown' }, 'with the resolution'],
  [
    'the membership adopted it',
    adoption('conflict-of-interest', { by: 'other' }),
    { '12a': 'unknown' },
    'Have the board',
  ],
  ['a committee that may act adopted it', adoption('conflict-of-interest', { by: 'committee' }), {}, ''],
  [
    'its resolution was rescinded in the year',
    adoption('whistleblower', { endedOn: '2024-12-31' }),
    { '13': 'no' },
    'no whistleblower',
  ],
  ['its resolution was rescinded after the year', adoption('whistleblower', { endedOn: '2025-01-01' }), {}, ''],
  [
    'somebody declared nothing',
    facts => ({
      ...facts,
      declarations: [{ year: '2024', owed: 2, evidence: [], missing: [{ id: 'a', name: 'Ada' }] }],
    }),
    { '12b': 'no' },
    'for 2024 are missing: Ada. Ask them',
  ],
  [
    'nobody owed a declaration',
    facts => ({ ...facts, declarations: [{ year: '2024', owed: 0, evidence: [], missing: [] }] }),
    { '12b': 'unknown' },
    'nobody who owed',
  ],
  [
    'nothing shows that it was watched',
    facts => ({ ...facts, recusals: [] }),
    { '12c': 'unknown' },
    'nobody stepped aside',
  ],
  [
    'the board decided on the policy',
    facts => ({
      ...facts,
      recusals: [],
      boards: [bodyOf('board', ['conflict-of-interest-text', 'compensation-text'])],
    }),
    {},
    '',
  ],
  ['there is no whistleblower policy', withoutPolicy('whistleblower'), { '13': 'no' }, 'no whistleblower policy'],
  ['there is no retention policy', withoutPolicy('document-retention'), { '14': 'no' }, 'no document retention'],
  ['the top official is not paid', circumstance({ paysTopOfficial: false }), { '15a': 'not-applicable' }, ''],
  ['nobody said whether others are paid', circumstance({ paysOtherOfficers: null }), { '15b': 'unknown' }, 'paid them'],
  ['there is no policy on pay', withoutPolicy('compensation'), { '15a': 'no', '15b': 'no' }, 'no compensation policy'],
  [
    'no decision names the policy on pay',
    facts => ({ ...facts, boards: [bodyOf('board')] }),
    { '15a': 'unknown', '15b': 'unknown' },
    'No decision of the year on pay',
  ],
  [
    'only its own adoption names the policy on pay',
    adoption('compensation', { resolutionId: 'board-resolution' }),
    { '15a': 'unknown', '15b': 'unknown' },
    'No decision of the year on pay',
  ],
  ['there is no joint venture', circumstance({ jointVenture: false }), { '16a': 'no', '16b': 'not-applicable' }, ''],
  ['there is no policy on joint ventures', withoutPolicy('joint-venture'), { '16b': 'no' }, 'no joint venture policy'],
  [
    'something is missing from the inspection set',
    facts => ({ ...facts, inspection: { ...facts.inspection, missing: ['Form 1023: archive it.'] } }),
    { '18': 'no' },
    'Form 1023: archive it.',
  ],
  [
    'a public file was not found',
    facts => ({ ...facts, inspection: { ...facts.inspection, isAvailable: false } }),
    {},
    'own website',
  ],
  [
    'there is nothing to inspect',
    facts => ({ ...facts, inspection: { missing: [], isAvailable: false, evidence: [] } }),
    { '18': 'not-applicable' },
    '',
  ],
  [
    'the bylaws are not public',
    facts => ({ ...facts, papers: facts.papers.filter(({ what }) => what !== 'bylaws') }),
    { '19': 'no' },
    'cannot have the bylaws',
  ],
];
