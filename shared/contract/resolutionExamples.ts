/** Examples of resolutions, for the description of the API. */
const time = '2024-02-09T17:00:00.000Z';
const who = { id: '01890a5d-ac96-774b-bcce-b302099a8058', name: 'Jamie Boex' };

export const exampleMotion = {
  title: 'Approval of the Year in Review 2023',
  preamble: 'The Executive Director has presented the review.',
  text: '1. The board approves the Year in Review 2023.\n2. The secretary publishes it.',
  language: 'en',
  effectiveOn: null,
};

export const exampleResolution = {
  id: '01890a5d-ac96-774b-bcce-b302099a8080',
  bodyId: '01890a5d-ac96-774b-bcce-b302099a8057',
  state: 'moved',
  ...exampleMotion,
  textVersion: 1,
  textHash: '0aeb3a5b04d7c07e5c6a3b3c0e1d8b51e1f8bbd0fa7d3a0d0c1e4a2d3f5b6c79',
  attachments: [],
  followUp: { person: who, due: '2024-03-01' },
  done: null,
  election: null,
  effects: [],
  author: who,
  mover: { by: who, at: time },
  seconder: null,
  aside: null,
  confidential: null,
  underAmendment: null,
  adoption: null,
  later: [],
  vote: null,
  consent: null,
  version: 2,
  proof: null,
} as const;

export const exampleEntry = {
  id: exampleResolution.id,
  bodyId: exampleResolution.bodyId,
  title: exampleMotion.title,
  number: '2024-001',
  decidedAt: '2024-02-09T18:00:00.000Z',
  closesAt: null,
  ended: null,
  amending: null,
  later: null,
  followUp: exampleResolution.followUp,
  confidential: null,
} as const;

export const exampleBallot = {
  person: who,
  choice: 'yes',
  at: time,
  weight: 1,
  group: null,
  byProxy: false,
  proof: 'pending',
} as const;

export const exampleRecusal = { person: who, facts: 'My employer would be paid for it.', at: time } as const;

export const exampleRules = {
  fixedSeats: null,
  groups: [],
  notice: {
    source: 'Bylaws, article 4',
    regular: null,
    special: { leastDays: 2, mostDays: null, counted: 'calendar' },
    holidays: 'us-federal',
  },
  consent: { allowed: 'unanimous', source: 'Bylaws, article 6' },
  rules: [
    {
      name: 'ordinary',
      rule: {
        name: 'Majority of the votes cast',
        source: 'Bylaws, article 5',
        explanation: 'There must be more votes for it than against it.',
        quorum: null,
        majorities: [
          { of: 'cast', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than', counting: 'votes' },
        ],
        tie: 'fails',
        leastDisinterested: 0,
        ballot: 'open',
        proxies: false,
        whenRecused: null,
      },
    },
  ],
} as const;
