/** What a mailing tells of a resolution today, and whom. */
import { instant } from '../../shared/core/calendar.ts';
import type { Consent } from '../../shared/core/decisions/consents.ts';
import { explain } from '../../shared/core/decisions/explain.ts';
import { explainConsent } from '../../shared/core/decisions/explainConsent.ts';
import { type Resolution, resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import { electorateKey, inVote, type Result, shards, votersOf } from '../../shared/core/decisions/votes.ts';
import type { Mailing } from '../../shared/core/mailings.ts';
import { momentText } from '../../shared/core/mailTexts.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { isSeatOfBody, isVoting, readHouse, seated } from './house.ts';
import type { MailServices } from './services.ts';
import type { Told } from './told.ts';

/** Undefined when it makes no sense any more: the vote is over, the consent complete. */
export async function tellOfResolution(mailing: Mailing, services: MailServices): Promise<Told | undefined> {
  const { records, now, origin } = services;
  const { kind, about: id } = mailing;
  const resolution = (await records.get(recordKey('resolution', id)))?.data as unknown as Resolution | undefined;
  if (resolution === undefined) return undefined;
  const { bodyId, vote, consent, mover } = resolution;
  const state = resolutionStateAt(resolution, instant(now()));
  const isOutcome = kind === 'outcome';
  const expected = { outcome: ['carried', 'failed'], 'consent-opened': ['signing'] }[kind as string] ?? ['open'];
  const house = expected.includes(state) ? await readHouse(bodyId, services) : undefined;
  if (house === undefined) return undefined;

  const { letterhead, isDemonstration, today, sits } = house;
  const isConfidential = resolution.confidential !== null;
  return {
    notice: {
      kind,
      title: isConfidential ? null : resolution.motion.title,
      at: isOutcome ? null : (vote?.closesAt ?? consent?.expiresAt ?? null),
      link: `${origin}/resolutions/${id}`,
      details: isOutcome ? (isConfidential ? [] : outcomeOf(resolution)) : objectionsOf(consent, letterhead.timeZone),
    },
    letterhead,
    isDemonstration,
    recipients: async function* () {
      yield* vote === null ? seated(records, bodyId, today(), isVoting) : entitled(records, id);
      if (isOutcome && mover !== null) yield [mover.by];
    },
    concerns: async personId => {
      if (!(await sits(personId, isOutcome ? isSeatOfBody : isVoting))) return false;
      return kind !== 'vote-closing' || !(await hasActed(records, id, personId));
    },
  };
}

/** Who was entitled when the vote opened, up to a hundred at a time; of few there is one portion. */
async function* entitled(records: RecordStore, resolutionId: string): AsyncGenerator<readonly string[]> {
  let waiting: string[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const electorate = await records.get(electorateKey(resolutionId, shard));
    waiting.push(...votersOf(electorate?.data).map(({ personId }) => personId));
    for (; waiting.length >= portion; waiting = waiting.slice(portion)) yield waiting.slice(0, portion);
  }
  if (waiting.length > 0) yield waiting;
}

/** So many items are read at once. */
const portion = 100;

/** Voted, or stepped aside. One read. */
async function hasActed(records: RecordStore, resolutionId: string, personId: string): Promise<boolean> {
  const id = inVote(resolutionId, personId);
  const acts = await records.getMany([recordKey('ballot', id), recordKey('recusal', id)]);
  return acts.some(item => item !== undefined);
}

function outcomeOf({ vote, consent, adoption }: Resolution): string[] {
  const reasons = vote?.result ? reasonsOf(vote.result) : consent === null ? [] : explainConsent(consent);
  const number = adoption?.number ?? null;
  return [...(number === null ? [] : [`It has the number ${number} in the register.`]), reasons.join(' ')];
}

function reasonsOf({ outcome, election }: Result): string[] {
  if (election === null) return explain(outcome);
  return [election.elected.length === 0 ? 'Nobody was elected.' : `Elected: ${election.elected.join(', ')}.`];
}

function objectionsOf(consent: Consent | null, timeZone: string): string[] {
  const until = consent?.objectionsUntil ?? null;
  if (until === null) return [];
  return [
    `Not everybody has to sign. If you object, say so before ${momentText(until, timeZone)}: one objection ends it.`,
  ];
}
