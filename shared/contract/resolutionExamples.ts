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
  mover: { by: who, at: time },
  seconder: null,
  aside: null,
  vote: null,
  version: 2,
} as const;

export const exampleBallot = { person: who, choice: 'yes', at: time } as const;

export const exampleRules = {
  fixedSeats: null,
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
      },
    },
  ],
} as const;
