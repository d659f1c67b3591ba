/** What the bodies of the site's book have decided, and what nobody but they may know. */

import { assemblyOf, consentTo, decide, meetingOf, openVoteOf, rewind, seatVoters } from './siteDecisions.ts';
import { archived } from './siteDocuments.ts';
import { addBody, type SiteServer } from './siteServer.ts';
import { majorityRule } from './votes.ts';

/** Identifiers of resolutions, of bodies, and of somebody who votes. */
export interface SiteDecisions {
  readonly ana: string;
  readonly board: string;
  readonly assembly: string;
  /** Keeps who sits in it from the public; its ballots are secret. */
  readonly quiet: string;
  readonly plan: string;
  /** It amends the plan. */
  readonly amending: string;
  readonly fee: string;
  /** It rescinds the fee, and somebody is recused. */
  readonly rescinding: string;
  readonly confidential: string;
  readonly failed: string;
  readonly open: string;
  readonly draft: string;
  readonly signed: string;
  readonly election: string;
  readonly grouped: string;
  readonly secret: string;
  readonly hostile: readonly string[];
  /** What the public must not find anywhere. */
  readonly secrets: readonly string[];
}

const allFor = { ana: 'yes', ben: 'yes', cleo: 'yes', dov: 'yes', eve: 'yes' } as const;

/** @param awkward titles and a text that a page could stumble over. */
export async function fillDecisions(
  site: SiteServer,
  { boardId, quietId }: { readonly boardId: string; readonly quietId: string },
  awkward: { readonly titles: readonly string[]; readonly text: string },
): Promise<SiteDecisions> {
  const { keeper, setClock } = site;
  const assembly = await assemblyOf(site);
  const regions = { ana: 'North & "South"', ben: 'North & "South"', cleo: 'الشرق', dov: 'الشرق', eve: 'الشرق' };
  const people = await seatVoters(site, [boardId, quietId], {});
  for (const [voter, group] of Object.entries(regions)) {
    const facts = { office: 'member' as const, title: null, voting: true, from: '2022-02-01', to: null, group };
    const body = { personId: String(people[voter]), ...facts };
    await keeper.createSeat({ params: { bodyId: assembly }, body }).then(answer => answer.body);
  }
  const text = { bytes: Buffer.from('The plan in full.'), type: 'text/plain' } as const;
  const attached = await archived(site, 'The plan in full', [{ name: 'plan.txt', ...text }]);
  const held = await meetingOf(site, boardId, 'The strategic plan', '2022-05-13T14:00:00.000Z', true);
  setClock('2022-05-13T14:00:00.000Z');
  const { version } = (await keeper.getMeeting({ params: { meetingId: held } })).body;
  await keeper.openMeeting({ params: { meetingId: held }, version }).then(answer => answer.body);
  const plan = await decide(site, boardId, {
    at: '2022-05-13T14:10:00.000Z',
    meetingId: held,
    motion: {
      title: 'Adoption of the Strategic Plan 2022–2026',
      preamble: 'The board has discussed two drafts.',
      text: '1. The board adopts the *Strategic Plan 2022–2026*.\n2. Its strands are\n   1. knowledge,\n   2. a community of practice.',
      attachments: [attached],
    },
    votes: allFor,
  });
  const due = '2023-03-31';
  const fee = await decide(site, boardId, {
    at: '2023-01-27T15:00:00.000Z',
    motion: {
      title: 'A fee for members',
      text: '1. Members pay a fee of 20 dollars.',
      followUp: { personId: String(people.cleo), due },
    },
    votes: { ana: 'yes', ben: 'yes', cleo: 'yes', dov: 'yes', eve: 'no' },
  });
  const followed = (await keeper.getResolution({ params: { resolutionId: fee } })).body;
  setClock('2023-03-01T15:00:00.000Z');
  const done = { params: { resolutionId: fee }, version: followed.version, body: { done: true, note: 'Told to all.' } };
  await site
    .as('cleo')
    .recordFollowUp(done)
    .then(answer => answer.body);
  const amending = await decide(site, boardId, {
    at: '2023-06-09T14:00:00.000Z',
    motion: {
      title: 'Another strand of the plan',
      text: '1. The plan gets another strand.',
      effects: [
        {
          kind: 'amends',
          resolutionId: plan,
          replacement: {
            title: 'Adoption of the Strategic Plan 2022–2026',
            preamble: '',
            text: '1. The board adopts the plan.\n2. Its strands are knowledge, practice and **convening**.',
          },
        },
      ],
    },
    revised: { preamble: 'Members asked for it.' },
    votes: { ...allFor, dov: 'abstain' },
  });
  const rescinding = await decide(site, boardId, {
    at: '2024-02-09T15:00:00.000Z',
    motion: {
      title: 'No fee for members',
      text: '1. The fee is given up.',
      effects: [{ kind: 'rescinds', resolutionId: fee }],
      effectiveOn: '2024-03-01',
    },
    recused: ['eve'],
    votes: { ana: 'yes', ben: 'yes', cleo: 'yes', dov: 'no' },
  });
  const kept = { at: '2024-02-09T17:00:00.000Z', confidential: true } as const;
  const confidential = await decide(site, boardId, {
    ...kept,
    motion: { title: 'the-confidential-title', text: 'the-confidential-text' },
    votes: allFor,
  });
  const failed = await decide(site, boardId, {
    at: '2024-02-10T15:00:00.000Z',
    motion: { title: 'the-failed-title', text: 'the-failed-text' },
    votes: { ana: 'yes', ben: 'no', cleo: 'abstain' },
  });
  const signed = await consentTo(site, await officeOf(site, people), {
    at: '2024-03-04T15:00:00.000Z',
    motion: { title: 'A bank account', text: '1. The office opens an account.', effectiveOn: '2024-12-01' },
    signers: ['ana', 'ben', 'cleo'],
  });
  const election = await decide(site, assembly, {
    at: '2024-04-05T15:00:00.000Z',
    motion: {
      title: 'Election of two speakers',
      text: 'The assembly elects two speakers.',
      election: { method: 'absolute', places: 2, options: ['Kim “K” <b>Lee</b>', 'ماريا', 'Nobody Else'] },
    },
    votes: {
      ana: ['Kim “K” <b>Lee</b>', 'ماريا'],
      ben: ['Kim “K” <b>Lee</b>'],
      cleo: ['Kim “K” <b>Lee</b>'],
      dov: 'abstain',
    },
  });
  const grouped = await decide(site, assembly, {
    at: '2024-04-06T15:00:00.000Z',
    motion: { title: 'Rules of the assembly', text: '1. The rules are adopted.' },
    votes: { ana: 'yes', ben: 'no', cleo: 'yes', dov: 'yes' },
  });
  await keepBallotsSecret(site, quietId);
  const secret = await decide(site, quietId, {
    at: '2024-04-07T15:00:00.000Z',
    motion: { title: 'A quiet decision', text: '1. So it is.' },
    votes: { ana: 'yes', ben: 'yes', cleo: 'no' },
  });
  const hostile: string[] = [];
  for (const [index, title] of awkward.titles.entries()) {
    const at = `2024-05-${String(index + 1).padStart(2, '0')}T15:00:00.000Z`;
    const motion = { title, preamble: awkward.text, text: awkward.text, language: 'ar' };
    hostile.push(await decide(site, boardId, { at, motion, votes: allFor }));
  }
  const open = await openVoteOf(site, boardId, {
    at: '2024-06-01T11:30:00.000Z',
    motion: { title: 'the-open-title', text: 'the-open-text' },
    votes: { ana: 'yes' },
  });
  const motion = { title: 'the-draft-title', preamble: '', text: 'the-draft-text', language: 'en', effectiveOn: null };
  const draft = (await site.as('ana').createResolution({ params: { bodyId: boardId }, body: motion })).body.id;
  await meetingOf(site, boardId, 'the-secret-meeting', '2024-06-10T14:00:00.000Z', false);
  await meetingOf(site, boardId, 'Summer meeting <i>', '2024-06-14T14:00:00.000Z', true);
  rewind(site);
  const resolutions = { plan, amending, fee, rescinding, confidential, failed, open, draft, signed, election, grouped };
  const secrets = ['the-confidential', 'the-failed', 'the-open', 'the-draft', 'the-secret', 'the-facts', 'the-place'];
  return {
    ana: String(people.ana),
    board: boardId,
    assembly,
    quiet: quietId,
    ...resolutions,
    secret,
    hostile,
    secrets,
  };
}

/** A body of three who sign. */
async function officeOf(site: SiteServer, people: Readonly<Record<string, string>>): Promise<string> {
  const bodyId = await addBody(site, { kind: 'committee', name: 'Finance Committee' });
  for (const voter of ['ana', 'ben', 'cleo']) {
    const facts = { office: 'member' as const, title: null, voting: true, from: '2022-02-01', to: null };
    const body = { personId: String(people[voter]), ...facts };
    await site.keeper.createSeat({ params: { bodyId }, body }).then(answer => answer.body);
  }
  return bodyId;
}

async function keepBallotsSecret({ keeper }: SiteServer, bodyId: string): Promise<void> {
  const params = { bodyId };
  const { version, from, history, proof, ...set } = (await keeper.getRules({ params })).body;
  const rule = { ...majorityRule, majorities: [...majorityRule.majorities], ballot: 'secret' as const };
  const body = { ...set, rules: [{ name: 'ordinary', rule }], from: '2022-02-01', reason: 'For a test.' };
  await keeper.updateRules({ params, version, body }).then(answer => answer.body);
}
