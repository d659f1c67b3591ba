/** Enters what the bodies of a demonstration book have decided, each step by whoever took it, at the time when it was taken. */
import { addDays, dateIn, instantAt } from '../../shared/core/calendar.ts';
import type { DemoBook } from './book.ts';
import type { DemoClient } from './client.ts';
import type { DemoClock } from './clock.ts';
import type { DemoConsent, DemoDecisions, DemoDeclarations, DemoMeeting, DemoMotion } from './decisionData.ts';
import type { DemoArchive } from './documents.ts';

interface Scene {
  readonly client: DemoClient;
  readonly clock: DemoClock;
  readonly archive: DemoArchive;
  readonly bodyId: string;
  /** The identifier of a person or a body. */
  readonly idOf: (key: string) => string;
  readonly emailOf: (key: string) => string;
  readonly timeZone: string;
  /** What was made so far, by its key. */
  readonly resolutions: Map<string, string>;
  readonly meetings: Map<string, string>;
  readonly step: () => void;
}

type Made = { readonly id: string; readonly version: number };

/** How many steps it takes. */
export const decisionSteps = ({ meetings, consents }: DemoDecisions) =>
  meetings.reduce((sum, { motions }) => sum + motions.length, 0) + consents.length + 2;

/** @param step is called after each resolution and after what is still to come. */
export async function loadDecisions(
  book: DemoBook,
  { archive, ...rest }: Pick<Scene, 'client' | 'clock' | 'archive' | 'idOf' | 'step'>,
): Promise<void> {
  const { decisions, people, founding } = book;
  const scene: Scene = {
    ...rest,
    archive,
    bodyId: rest.idOf(decisions.body),
    emailOf: key => people.find(person => person.key === key)?.email ?? '',
    timeZone: founding.organisation.timeZone,
    resolutions: new Map(),
    meetings: new Map(),
  };
  const past = [
    ...decisions.meetings.map(meeting => ({ at: meeting.startsAt, load: () => loadMeeting(scene, meeting) })),
    ...decisions.consents.map(consent => ({ at: consent.openedAt, load: () => loadConsent(scene, consent) })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  try {
    for (const { load } of past) await load();
    for (const declarations of decisions.declarations) await declare(scene, declarations);
  } finally {
    scene.clock.set(null);
  }
  await openToday(scene, decisions);
}

const minutes = (from: string, count: number) => new Date(Date.parse(from) + count * 60_000).toISOString();
const days = (from: string, count: number) => minutes(from, count * 24 * 60);

async function loadMeeting(scene: Scene, meeting: DemoMeeting): Promise<void> {
  const { client, clock, bodyId, timeZone } = scene;
  const { title, startsAt, hours, place, present, remote, guests, motions } = meeting;
  const secretary = scene.emailOf('secretary');
  const endsAt = minutes(startsAt, hours * 60);
  clock.set(days(startsAt, -21));
  const agenda = motions.map(motion => ({ title: motion.title }));
  const facts = { title, kind: 'regular', startsAt, endsAt, timeZone, place, guests, agenda, isPublic: true };
  const scheduled = await client.send<{ items: Made[] }>(secretary, 'POST', `/v1/bodies/${bodyId}/meetings`, facts);
  const [made] = scheduled.items;
  if (made === undefined) throw new Error(`The meeting "${title}" was not scheduled.`);
  scene.meetings.set(meeting.key, made.id);
  const path = `/v1/meetings/${made.id}`;
  clock.set(days(startsAt, -14));
  const noticed = await client.send<Made>(secretary, 'POST', `${path}/notice`, {}, made.version);
  clock.set(startsAt);
  const open = await client.send<Made>(secretary, 'POST', `${path}/open`, undefined, noticed.version);
  for (const key of present) {
    const arrival = { remote: remote.includes(key) };
    await client.send(secretary, 'POST', `${path}/attendance/${scene.idOf(key)}/arrive`, arrival);
  }
  for (const [index, motion] of motions.entries()) {
    await decide(scene, motion, present, made.id, minutes(startsAt, 5 + index * 20));
    scene.step();
  }
  clock.set(endsAt);
  await client.send(secretary, 'POST', `${path}/adjourn`, undefined, open.version);
  clock.set(days(startsAt, meeting.minutesAfterDays));
  const draft = await client.send<{ text: string }>(secretary, 'GET', `${path}/minutes`);
  await client.send(secretary, 'PUT', `${path}/minutes`, { text: draft.text }, 0);
}

async function declare({ client, clock, emailOf, timeZone }: Scene, declarations: DemoDeclarations): Promise<void> {
  const { at, by } = declarations;
  clock.set(at);
  const year = declarations.year ?? dateIn(timeZone, clock.now().toISOString()).slice(0, 4);
  for (const [person, interests] of Object.entries(by)) {
    await client.send(emailOf(person), 'PUT', `/v1/me/declarations/${year}`, { interests }, 0);
  }
}

/** From the motion to the count, within a few minutes from that time on; later, what followed from it. */
async function decide(
  scene: Scene,
  motion: DemoMotion,
  present: readonly string[],
  meetingId: string,
  at: string,
): Promise<void> {
  const { client, clock } = scene;
  const seconded = await propose(scene, motion, at);
  const path = `/v1/resolutions/${seconded.id}`;
  for (const { person, facts } of motion.recused ?? []) {
    clock.set(minutes(at, 4));
    await client.send(scene.emailOf(person), 'POST', `${path}/recuse`, { facts });
  }
  clock.set(minutes(at, 6));
  const chair = scene.emailOf('chair');
  const opening = { closesAt: minutes(at, 15), meetingId };
  const open = await client.send<Made>(chair, 'POST', `${path}/open`, opening, seconded.version);
  const recused = new Set(motion.recused?.map(({ person }) => person));
  for (const [index, person] of present.filter(key => !recused.has(key)).entries()) {
    const choice = motion.votes === undefined ? 'yes' : motion.votes[person];
    if (choice === undefined) continue;
    clock.set(minutes(at, 7 + index / 4));
    await client.send(scene.emailOf(person), 'POST', `${path}/vote`, { choice });
  }
  clock.set(minutes(at, 10));
  await client.send(chair, 'POST', `${path}/close`, undefined, open.version);
  const counted = await client.counted(chair, seconded.id);
  const { followUp } = motion;
  if (followUp?.doneOn === undefined) return;
  clock.set(followUp.doneOn);
  const done = { done: true, note: followUp.note };
  await client.send(scene.emailOf(followUp.person), 'POST', `${path}/follow-up`, done, counted.version);
}

/** Drafted, moved and seconded. */
async function propose(scene: Scene, motion: DemoMotion, at: string): Promise<Made> {
  const { client, clock } = scene;
  clock.set(at);
  const draft = await draftOf(scene, motion, motion.mover);
  const path = `/v1/resolutions/${draft.id}`;
  clock.set(minutes(at, 1));
  const moved = await client.send<Made>(scene.emailOf(motion.mover), 'POST', `${path}/move`, undefined, draft.version);
  clock.set(minutes(at, 2));
  return client.send<Made>(scene.emailOf(motion.seconder), 'POST', `${path}/second`, undefined, moved.version);
}

async function draftOf(scene: Scene, motion: Omit<DemoMotion, 'mover' | 'seconder'>, author: string): Promise<Made> {
  const { title, preamble, text, effectiveOn = null, attachments = [], effects = [], followUp } = motion;
  const body = {
    title,
    preamble,
    text,
    language: 'en',
    effectiveOn,
    attachments: await scene.archive.cite(attachments),
    effects: effects.map(({ kind, of }) =>
      kind === 'rescinds'
        ? { kind, resolutionId: scene.resolutions.get(of) }
        : { kind, meetingId: scene.meetings.get(of) },
    ),
    followUp: followUp === undefined ? null : { personId: scene.idOf(followUp.person), due: followUp.due },
  };
  const path = `/v1/bodies/${scene.bodyId}/resolutions`;
  const made = await scene.client.send<Made>(scene.emailOf(author), 'POST', path, body);
  scene.resolutions.set(motion.key, made.id);
  return made;
}

async function loadConsent(scene: Scene, consent: DemoConsent): Promise<void> {
  const { client, clock } = scene;
  const { drafter, openedAt, expiresAt, signers } = consent;
  clock.set(minutes(openedAt, -30));
  const draft = await draftOf(scene, consent, drafter);
  const path = `/v1/resolutions/${draft.id}`;
  clock.set(openedAt);
  const opening = { expiresAt, basis: 'unanimous', membersMustApprove: false };
  const { textHash } = await client.send<{ textHash: string }>(
    scene.emailOf('chair'),
    'POST',
    `${path}/consent`,
    opening,
    draft.version,
  );
  for (const { person, at } of signers) {
    clock.set(at);
    await client.send(scene.emailOf(person), 'POST', `${path}/sign`, { textHash });
  }
  scene.step();
}

/** A vote in which the directors can vote right now, and the next meeting. */
async function openToday(scene: Scene, { open, upcoming }: DemoDecisions): Promise<void> {
  const { client, clock, bodyId, timeZone } = scene;
  const now = clock.now().toISOString();
  // Moved and seconded today; the clock stands at each step, so that they follow one another.
  const seconded = await propose(scene, open, minutes(now, -30));
  const path = `/v1/resolutions/${seconded.id}`;
  clock.set(null);
  const closesAt = days(now, open.votesDays);
  await client.send(scene.emailOf('chair'), 'POST', `${path}/open`, { closesAt }, seconded.version);
  for (const [person, choice] of Object.entries(open.votes ?? {})) {
    await client.send(scene.emailOf(person), 'POST', `${path}/vote`, { choice });
  }
  scene.step();
  const startsAt = instantAt(timeZone, addDays(dateIn(timeZone, now), upcoming.inDays), upcoming.hour);
  const { title, place, hours } = upcoming;
  const agenda = upcoming.agenda.map(item => ({ title: item }));
  const times = { startsAt, endsAt: minutes(startsAt, hours * 60), timeZone };
  const secretary = scene.emailOf('secretary');
  const scheduled = await client.send<{ items: Made[] }>(secretary, 'POST', `/v1/bodies/${bodyId}/meetings`, {
    title,
    kind: 'regular',
    ...times,
    place,
    agenda,
    isPublic: true,
  });
  for (const { id, version } of scheduled.items) {
    await client.send(secretary, 'POST', `/v1/meetings/${id}/notice`, {}, version);
  }
  scene.step();
}
