/** Resolutions for tests, made through the API as people would. */
import type { TestBook } from './book.ts';
import type { Client } from './client.ts';

type Office = 'member' | 'chair' | 'co-chair';
type Seated = keyof TestBook['people'];

type Sent<Id extends keyof Client> = Client[Id] extends (sent?: infer Request) => unknown
  ? NonNullable<Request>
  : never;
export type MotionInput = NonNullable<Extract<Sent<'createResolution'>, { body?: unknown }>['body']>;

export const motionOf = (motion: Partial<MotionInput> = {}): MotionInput => ({
  title: 'A resolution',
  preamble: '',
  text: '1. It is *so*.',
  language: 'en',
  effectiveOn: null,
  ...motion,
});

const bodyFacts = { kind: 'working-group', purpose: '', parentBodyId: null, established: '2020-01-01' } as const;

/** A body in which these people hold voting seats. */
export async function bodyOf(
  { as, people }: TestBook,
  voters: readonly Seated[],
  {
    office = 'member',
    ...facts
  }: { office?: Office; kind?: 'membership' | 'board-of-advisors'; publishesSeats?: boolean } = {},
): Promise<string> {
  const body = { ...bodyFacts, name: 'A body', publishesSeats: true, ...facts };
  const { id } = (await as.secretary.createBody({ body })).body;
  const seat = { office, title: null, voting: true, from: '2020-01-01', to: null };
  for (const voter of voters) {
    await as.secretary
      .createSeat({ params: { bodyId: id }, body: { ...seat, personId: people[voter] } })
      .then(({ body }) => body);
  }
  return id;
}

export async function draftedOf(author: Client, bodyId: string, motion = motionOf()) {
  return (await author.createResolution({ params: { bodyId }, body: motion })).body;
}

export async function movedOf(mover: Client, bodyId: string, motion = motionOf()) {
  const { id, version } = await draftedOf(mover, bodyId, motion);
  return (await mover.moveResolution({ params: { resolutionId: id }, version })).body;
}

export async function secondedOf(mover: Client, seconder: Client, bodyId: string, motion = motionOf()) {
  const { id, version } = await movedOf(mover, bodyId, motion);
  return (await seconder.secondResolution({ params: { resolutionId: id }, version })).body;
}

export const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** Moved by the one, seconded by the other, opened by the secretary of the organisation. */
export async function openedOf(
  { as }: TestBook,
  mover: Client,
  seconder: Client,
  bodyId: string,
  { closesAt = inAnHour(), rule = 'ordinary', motion = motionOf() } = {},
) {
  const { id, version } = await secondedOf(mover, seconder, bodyId, motion);
  return (await as.secretary.openVote({ params: { resolutionId: id }, version, body: { closesAt, rule } })).body;
}

/** Closed by the secretary of the organisation, whatever its version is by then. */
export async function closedOf({ as }: TestBook, resolutionId: string) {
  const params = { resolutionId };
  const { version } = (await as.secretary.getResolution({ params })).body;
  return (await as.secretary.closeVote({ params, version })).body;
}

/** The resolution as soon as it is counted. @throws {Error} it is not within half a minute. */
export async function countedOf({ as }: TestBook, resolutionId: string) {
  for (let tries = 0; tries < 600; tries++) {
    const resolution = (await as.secretary.getResolution({ params: { resolutionId } })).body;
    if (resolution.vote?.result) return { ...resolution, result: resolution.vote.result };
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${resolutionId} is not counted`);
}

/** Decided by one voter of a body in which the member and the director hold voting seats. */
export async function decidedOf(book: TestBook, bodyId: string, motion = motionOf(), choice: 'yes' | 'no' = 'yes') {
  const { member, director } = book.as;
  const { id } = await openedOf(book, member, director, bodyId, { motion });
  return voted(book, id, choice);
}

/** The member votes; then it is closed and counted. */
export async function voted(book: TestBook, resolutionId: string, choice: 'yes' | 'no' = 'yes') {
  await book.as.member.castVote({ params: { resolutionId }, body: { choice } }).then(({ body }) => body);
  await closedOf(book, resolutionId);
  return countedOf(book, resolutionId);
}

/** Who voted how by name, over all pages. @throws {Error} a ballot is listed twice, or a page is too long. */
export async function ballotsOf(client: Client, resolutionId: string, limit = 100): Promise<Map<string, string>> {
  const ballots = new Map<string, string>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: Record<string, string> = { limit: String(limit), ...(cursor === '' ? {} : { cursor }) };
    const { items, next }: Listed = (await client.listBallots({ params: { resolutionId }, query })).body;
    if (items.length > limit) throw new Error(`${items.length} on one page`);
    for (const { person, choice } of items) {
      if (person === null) throw new Error('A ballot of nobody');
      if (ballots.has(person.name)) throw new Error(`${person.name} is listed twice`);
      ballots.set(person.name, String(choice));
    }
    cursor = next === null ? null : new URL(next, 'http://book').searchParams.get('cursor');
  }
  return ballots;
}

type Listed = Awaited<ReturnType<Client['listBallots']>>['body'];
