/** What the page of a resolution says where the browser tests have no such resolution. */
import { describe, expect, it } from 'vitest';
import { exampleResolution, exampleRules } from '../../../shared/contract/resolutionExamples.ts';
import { explain } from '../../../shared/core/decisions/explain.ts';
import { type Count, tally } from '../../../shared/core/decisions/tally.ts';
import type { Resolution } from '../../../web/howDecided.ts';
import { type ResolutionView, resolutionPage } from '../../../web/resolutionPage.ts';
import { half, majorityRule } from '../../support/votes.ts';

const at = '2024-02-09T18:00:00.000Z';
const site = { legalName: 'A society', shortName: null, demonstration: false };
const words = { title: exampleResolution.title, preamble: exampleResolution.preamble, text: exampleResolution.text };
const counts: Count = {
  inOffice: 7,
  fixed: 9,
  entitled: 7,
  recused: 0,
  present: 6,
  yes: 3,
  no: 3,
  abstained: 0,
  peopleInFavour: 3,
  casting: null,
  groups: [],
};

/** Decided by a vote with that count, by the rule. */
function voted(count: Partial<Count>, rule = majorityRule): Resolution {
  const counted = { ...counts, ...count, groups: [] };
  const outcome = tally(rule, counted);
  const shownRule = { ...exampleRules.rules[0].rule, ...rule, majorities: [...rule.majorities] };
  return {
    ...exampleResolution,
    state: 'carried',
    attachments: [],
    effects: [],
    later: [],
    adoption: { at, from: '2024-02-09', number: '2024-001', withoutEffect: [] },
    vote: {
      openedAt: at,
      closesAt: at,
      rule: shownRule,
      ruleWhenRecused: null,
      inOffice: 7,
      people: 7,
      meetingId: null,
      mine: null,
      tie: null,
      casting: null,
      result: {
        countedAt: at,
        decidedBy: 'rule',
        count: counted,
        standings: [],
        carried: outcome.carried,
        reasons: outcome.reasons as never,
        elected: null,
        explanation: explain(outcome),
        number: '2024-001',
      },
    },
  };
}

const view = (change: Partial<ResolutionView> = {}): ResolutionView => ({
  site,
  timeZone: 'America/New_York',
  today: '2024-06-01',
  body: { id: exampleResolution.bodyId, name: 'The board' },
  resolution: voted({ yes: 4, no: 2 }),
  inForce: {
    on: '2024-06-01',
    holds: true,
    since: '2024-02-09',
    text: words,
    amended: null,
    ended: null,
    changes: [],
    changedBy: [],
  },
  proof: null,
  rollCall: null,
  meeting: null,
  publishesSeats: true,
  approved: [],
  ...change,
});

const htmlOf = (change?: Partial<ResolutionView>) => resolutionPage(view(change)).body;
const wordsOf = (change?: Partial<ResolutionView>) =>
  htmlOf(change)
    .replace(/^[\s\S]*<main/, '')
    .replace(/<\/?(?:a|b|bdi|s|span|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const pictureOf = (resolution: Resolution) => /role="img" aria-label="([^"]*)"/.exec(htmlOf({ resolution }))?.[1];

const later = { id: null, number: '2024-009', title: null } as const;

describe('the page of a resolution', () => {
  it('adds the casting vote of the chair to the side that it was for', () => {
    const rule = { ...majorityRule, tie: 'chair-casts' as const };
    expect(pictureOf(voted({ casting: 'yes' }, rule))).toBe(
      'The votes. For: 3. Casting vote of the chair, for: 1. Against: 3. Did not take part: 1. Needed: 4 for it.',
    );
    expect(wordsOf({ resolution: voted({ casting: 'yes' }, rule) })).toContain('with a casting vote for it.');
  });

  it('marks every majority that was needed, and the quorum', () => {
    const ofAll = { of: 'fixed', fraction: half, comparison: 'at-least', counting: 'votes' } as const;
    const rule = { ...majorityRule, quorum: { number: 5 }, majorities: [...majorityRule.majorities, ofAll] };
    expect(pictureOf(voted({ yes: 5, no: 1 }, rule))).toBe(
      'The votes. For: 5. Against: 1. Did not take part: 1. Quorum: 5 taking part. Needed: 4 for it. Needed: 5 for it.',
    );
  });

  it('counts those who were there without a vote, and those who abstained', () => {
    expect(pictureOf(voted({ yes: 3, no: 1, abstained: 1 }))).toContain('Abstained: 1. There, without a vote: 1.');
  });

  it.each([
    { from: '2024-03-01', says: 'Rescinded by 2024-009 from 1 March 2024 on. It held since 9 February 2024.' },
    { from: '2024-02-09', says: 'Rescinded by 2024-009 from 9 February 2024 on. It never held.' },
  ])('says that it holds no more: $says', ({ from, says }) => {
    const ended = { ...later, kind: 'rescinds', from } as const;
    const inForce = { ...view().inForce, holds: false, ended, changedBy: [ended] };
    expect(wordsOf({ inForce })).toContain(says);
    expect(wordsOf({ inForce })).toContain('It stays here as it was decided.');
  });

  it('says what is still to come', () => {
    const coming = { ...later, kind: 'supersedes', from: '2024-07-01' } as const;
    const text = wordsOf({ inForce: { ...view().inForce, changedBy: [coming] } });
    expect(text).toContain('Will be superseded by 2024-009 from 1 July 2024 on.');
    expect(text).toContain('In force since 9 February 2024');
    expect(wordsOf({ today: '2024-02-08', inForce: { ...view().inForce, holds: false } })).toContain(
      'Adopted, in force from 9 February 2024 on',
    );
  });

  it('shows its own text where the text in force is not public, and leads nowhere', () => {
    const amended = { ...later, kind: 'amends', from: '2024-03-01' } as const;
    const inForce = { ...view().inForce, text: null, amended, changedBy: [amended] };
    expect(wordsOf({ inForce })).toMatch(
      /Amended by 2024-009 from 1 March 2024 on, which is not public\..*approves the Year in Review/,
    );
    expect(wordsOf({ inForce })).toContain('From 1 March 2024 on. It is not public.');
    expect(htmlOf({ inForce })).not.toContain('/resolutions/null');
  });

  it('says that an amendment of a motion has no number, and prints no certificate of it', () => {
    const adoption = { at, from: '2024-02-09', number: null, withoutEffect: [] };
    const inForce = { ...view().inForce, holds: false, since: null, text: null };
    const text = wordsOf({ resolution: { ...voted({ yes: 4, no: 2 }), adoption }, inForce });
    expect(text).toContain('Amendment of a motion');
    expect(text).toContain('Adopted: it changed a motion before the vote on it');
    expect(text).not.toContain('Certificate');
  });

  it('tells of an attachment that is not public its digest only', () => {
    const attachments = [{ number: 1, sha256: 'ab'.repeat(32), document: null }];
    const text = wordsOf({ resolution: { ...voted({ yes: 4, no: 2 }), attachments } });
    expect(text).toMatch(/Attachment 1 It is not public\..*abababab/);
  });

  it('tells who acts where everybody may know it, and of a task that is not done', () => {
    const mover = { by: { id: exampleResolution.id, name: 'Jamie <b>' }, at };
    const followUp = { person: null, due: '2024-03-01' };
    const resolution = { ...voted({ yes: 4, no: 2 }), mover, followUp, done: null };
    expect(wordsOf({ resolution })).toContain('Moved 9 February 2024, Jamie &lt;b&gt;');
    expect(wordsOf({ resolution })).toContain('To be done until 1 March 2024 Done not yet');
  });

  it('says which minutes it approves', () => {
    const meeting = {
      id: exampleResolution.id,
      bodyId: exampleResolution.bodyId,
      title: 'Spring',
      kind: 'regular',
      startsAt: '2024-02-09T03:00:00.000Z',
      endsAt: at,
      timeZone: 'America/New_York',
      state: 'adjourned',
      place: null,
      version: 1,
    } as const;
    expect(wordsOf({ approved: [meeting, null] })).toMatch(
      /minutes of the meeting “Spring” of 8 February 2024 .*minutes of an earlier meeting of the body/,
    );
  });

  it('names no voters where the body does not publish its seats', () => {
    expect(wordsOf({ publishesSeats: false })).toContain('Who voted how is not public');
    const rollCall = [{ name: 'Ana', choice: 'yes', weight: 2, group: 'North', byProxy: true }];
    expect(wordsOf({ publishesSeats: false, rollCall })).not.toContain('Ana');
    expect(wordsOf({ rollCall })).toContain('For Ana (2 votes, North, by proxy)');
  });
});
