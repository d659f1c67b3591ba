/** Enters what a demonstration book owes and filed since it began, each step at the time when it was taken; what lies ahead stays open. */
import { addDays, dateIn, type PlainDate } from '../../shared/core/calendar.ts';
import { annualReturn } from '../../shared/core/filings/inspection.ts';
import { filingIdOf } from '../../shared/core/filings/obligations.ts';
import type { DemoBook } from './book.ts';
import type { DemoClient } from './client.ts';
import type { DemoClock } from './clock.ts';
import type { DemoArchive } from './documents.ts';
import type { DemoDuty, DemoSupport } from './filingData.ts';
import { type DemoYearReturn, type ReturnFile, returnsOf } from './returns.ts';

type Made = { readonly id: string; readonly version: number };
type Cited = { readonly documentId: string; readonly version: number };

/** What decides which acts there are. */
interface Plan {
  readonly book: DemoBook;
  readonly today: PlainDate;
  readonly returns: readonly DemoYearReturn[];
}

interface Scene extends Plan {
  readonly client: DemoClient;
  readonly archive: DemoArchive;
  readonly idOf: (key: string) => string;
  /** The return files as they are sealed. */
  readonly sealed: ReadonlyMap<ReturnFile, Promise<Cited>>;
  /** The versions of filings, as far as they are known. */
  readonly versions: Map<string, number>;
  /** Own obligations that were recorded, by their key. */
  readonly duties: Map<string, string>;
}

/** Something that was done on a day. */
interface Act {
  readonly on: PlainDate;
  readonly carryOut: (scene: Scene) => Promise<unknown>;
}

export const planFilings = (book: DemoBook, now: Date): Plan => {
  const today = dateIn(book.founding.organisation.timeZone, now.toISOString());
  return { book, today, returns: returnsOf(book, today) };
};

/** How many steps it takes. */
export const filingSteps = (plan: Plan) => actsOf(plan).length;

/** @param step is called after each act. */
export async function loadFilings(
  plan: Plan,
  { clock, step, ...rest }: Pick<Scene, 'client' | 'archive' | 'idOf'> & { clock: DemoClock; step: () => void },
): Promise<void> {
  const acts = actsOf(plan);
  const scene: Scene = {
    ...plan,
    ...rest,
    sealed: sendReturns(plan, rest.client),
    versions: new Map(),
    duties: new Map(),
  };
  await Promise.all(scene.sealed.values());
  try {
    for (const { on, carryOut } of acts) {
      clock.set(`${on}T15:00:00.000Z`);
      await carryOut(scene);
      step();
    }
  } finally {
    clock.set(null);
  }
}

/** What was done before that day, in its order. */
function actsOf({ book, today, returns }: Plan): Act[] {
  const { filings, decisions } = book;
  const adoptedAt = decisions.meetings.find(({ motions }) => motions.some(({ key }) => key === filings.adoption));
  const adopted = adoptedAt?.startsAt.slice(0, 10) ?? filings.since;
  const dayOf = (day: PlainDate | number) => (typeof day === 'number' ? addDays(today, day) : day);
  const acts: Act[] = [
    { on: filings.since, carryOut: begin },
    { on: addDays(adopted, 1), carryOut: designatePolicies },
    ...returns.flatMap(actsOfReturn(book)),
    ...annualReports(book, today),
    ...filings.own.flatMap(duty => actsOfDuty(duty, dayOf(duty.due))),
    ...filings.support.map(support => {
      const on = dayOf(support.on);
      return { on, carryOut: (scene: Scene) => recordSupport(scene, support, on) };
    }),
  ];
  // The sort is stable: what was done on one day stays in its order.
  return acts.filter(({ on }) => on < today).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

const keeperOf = ({ book }: Plan) => book.people.find(({ key }) => key === book.filings.keeper)?.email ?? '';

const send = <T = Made>(scene: Scene, method: 'GET' | 'POST' | 'PUT', path: string, body?: object, version?: number) =>
  scene.client.send<T>(keeperOf(scene), method, path, body, version);

/** A command on a filing, which has to be expected in that form where one is named. */
async function change(scene: Scene, filingId: string, command: string, body: object, form?: string): Promise<void> {
  const { client, versions } = scene;
  const version = versions.get(filingId) ?? (await client.expected(keeperOf(scene), filingId, form)).version;
  const changed = await send(scene, 'POST', `/v1/filings/${filingId}/${command}`, body, version);
  versions.set(filingId, changed.version);
}

const submission = (scene: Scene, on: PlainDate) => ({
  on,
  by: scene.book.filings.signs,
  way: 'electronic',
  confirmation: `DEMO-${on.replaceAll('-', '')}`,
});

async function begin(scene: Scene): Promise<void> {
  const { since, solicitsIn, keeper, annualReport } = scene.book.filings;
  const responsible = [{ ruleId: annualReport.ruleId, personIds: [scene.idOf(keeper)] }];
  await send(scene, 'PUT', '/v1/compliance', { since, solicitsIn, responsible }, 0);
}

async function designatePolicies({ book, client, archive, idOf }: Scene): Promise<void> {
  const { filings, decisions, publisher } = book;
  const meeting = decisions.meetings.find(({ motions }) => motions.some(({ key }) => key === filings.adoption));
  const motion = meeting?.motions.find(({ key }) => key === filings.adoption);
  const year = meeting?.startsAt.slice(0, 4);
  const register = `/v1/bodies/${idOf(decisions.body)}/register?year=${year}&limit=100`;
  const { items } = await client.send<{ items: { id: string; title: string }[] }>(publisher, 'GET', register);
  const resolutionId = items.find(({ title }) => title === motion?.title)?.id ?? null;
  const from = meeting?.startsAt.slice(0, 10);
  for (const { topic, document } of filings.policies) {
    const [text] = await archive.cite([{ document, version: 1 }]);
    const body = { from, text: { ...text, resolutionId }, reason: 'Adopted by the board.' };
    await client.send(publisher, 'PUT', `/v1/policies/${topic}`, body, 0);
  }
}

/** From the figures of the year to the answer of the authority, and perhaps to what amended it. */
const actsOfReturn =
  ({ filings }: DemoBook) =>
  (of: DemoYearReturn): Act[] => {
    const { returns, extended, amended, registration } = filings;
    const after = Number(of.year) + 1;
    const { period, givenOn, filedOn, answeredOn } = of;
    const id = filingIdOf({ ruleId: annualReturn, period });
    const isExtended = extended.year === of.year;
    const registered = `${after}-${registration.filed}`;
    return [
      { on: `${after}-${returns.prepared}`, carryOut: scene => recordYear(scene, of, id) },
      ...(isExtended ? [{ on: extended.askedOn, carryOut: (scene: Scene) => extend(scene, id) }] : []),
      { on: givenOn, carryOut: scene => review(scene, of, id) },
      { on: filedOn, carryOut: scene => submitReturn(scene, of.file, id, filedOn, false) },
      { on: answeredOn, carryOut: scene => change(scene, id, 'answer', accepted(1, answeredOn)) },
      {
        on: registered,
        carryOut: scene => register(scene, filingIdOf({ ruleId: registration.ruleId, period }), registered),
      },
      ...(of.amendment === null || amended.year !== of.year
        ? []
        : [
            { on: amended.filed, carryOut: amending(of.amendment, id, amended.filed) },
            {
              on: amended.answered,
              carryOut: (scene: Scene) => change(scene, id, 'answer', accepted(2, amended.answered)),
            },
          ]),
    ];
  };

const accepted = (number: number, on: PlainDate) => ({ submission: number, accepted: true, on });

const amending = (file: ReturnFile, id: string, on: PlainDate) => (scene: Scene) =>
  submitReturn(scene, file, id, on, true);

async function recordYear(scene: Scene, { year, period, grossReceipts, totalAssets }: DemoYearReturn, id: string) {
  const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });
  await send(
    scene,
    'PUT',
    `/v1/fiscal-years/${period.to}`,
    {
      grossReceipts: usd(grossReceipts),
      totalAssets: usd(totalAssets),
      unrelatedIncome: usd(0),
      source: `Accounts of ${year} (demonstration data)`,
      circumstances: {
        committeesActForBoard: false,
        chapters: false,
        paysTopOfficial: false,
        paysOtherOfficers: false,
        jointVenture: false,
      },
    },
    0,
  );
  const { prepared } = scene.book.filings.returns;
  await change(scene, id, 'prepare', { on: `${Number(year) + 1}-${prepared}` }, '990-EZ');
}

async function extend(scene: Scene, id: string): Promise<void> {
  const { askedOn, confirmation, evidence } = scene.book.filings.extended;
  const [paper] = await scene.archive.cite([{ document: evidence, version: 1 }]);
  await change(scene, id, 'extend', { askedOn, confirmation, evidence: paper });
}

/** All who voted on the board on that day got it. */
async function review(scene: Scene, { file, givenOn: on }: DemoYearReturn, id: string): Promise<void> {
  const given = scene.book.seats
    .filter(({ body, voting, from, to }) => body === 'board' && voting && from <= on && (to === null || on <= to))
    .map(({ person }) => ({ personId: scene.idOf(person), on }));
  await change(scene, id, 'review', { paper: await scene.sealed.get(file), given });
}

async function submitReturn(scene: Scene, file: ReturnFile, id: string, on: PlainDate, amends: boolean) {
  const paper = await scene.sealed.get(file);
  await change(scene, id, 'submit', { ...submission(scene, on), amends, papers: [paper] });
  await send(scene, 'POST', `/v1/filings/${id}/return`, { ...paper, submission: amends ? 2 : 1 });
  // The public copy has changed it.
  scene.versions.delete(id);
}

async function register(scene: Scene, id: string, on: PlainDate): Promise<void> {
  await change(scene, id, 'submit', { ...submission(scene, on), way: 'mail', confirmation: null });
}

/** One each year after the incorporation, one of them late. */
function annualReports({ founding, filings }: DemoBook, today: PlainDate): Act[] {
  const { ruleId, due, filed, late } = filings.annualReport;
  const first = Number(founding.organisation.incorporatedOn.slice(0, 4)) + 1;
  const years = Array.from({ length: Math.max(0, Number(today.slice(0, 4)) - first + 1) }, (_, index) => first + index);
  return years.map(year => {
    const on = late[year] ?? `${year}-${filed}`;
    return { on, carryOut: scene => register(scene, `${ruleId}~${year}-${due}`, on) };
  });
}

/** Recorded some time before it is due, and filed where the book says so. */
function actsOfDuty(duty: DemoDuty, due: PlainDate): Act[] {
  const { key, filed } = duty;
  return [
    { on: addDays(due, -daysBefore), carryOut: scene => recordDuty(scene, duty, due) },
    ...(filed === undefined ? [] : [{ on: filed.on, carryOut: (scene: Scene) => fileDuty(scene, key, due, filed) }]),
  ];
}

const daysBefore = 90;

async function recordDuty(scene: Scene, duty: DemoDuty, due: PlainDate): Promise<void> {
  const { key, title, authority, explanation, citation, everyMonths } = duty;
  const facts = { title, authority, explanation, citation, everyMonths, firstDue: due, from: due, to: null };
  const body = { ...facts, movesPast: null, fee: null, replaces: null };
  const { id } = await send(scene, 'POST', '/v1/own-obligations', body);
  scene.duties.set(key, id);
  await scene.client.expected(keeperOf(scene), `${id}~${due}`);
}

async function fileDuty(scene: Scene, key: string, due: PlainDate, filed: NonNullable<DemoDuty['filed']>) {
  const papers = await scene.archive.cite([{ document: filed.paper, version: 1 }]);
  await change(scene, `${scene.duties.get(key)}~${due}`, 'submit', { ...submission(scene, filed.on), papers });
}

async function recordSupport(scene: Scene, support: DemoSupport, on: PlainDate): Promise<void> {
  const { named, shows, ...facts } = support;
  const consent = { given: named, on, shows, evidence: null };
  await send(scene, 'POST', '/v1/support', { ...facts, on, consent, note: null });
}

/** Archives the return files, for those who govern: they name contributors. */
function sendReturns(plan: Plan, client: DemoClient): ReadonlyMap<ReturnFile, Promise<Cited>> {
  const email = keeperOf(plan);
  const seal = async ({ title, name, bytes }: ReturnFile, period: DemoYearReturn['period']): Promise<Cited> => {
    const { id } = await client.send(email, 'POST', '/v1/documents', {
      title,
      kind: 'return',
      period,
      access: 'officers',
      language: plan.book.print.language,
      bodyId: null,
      replaces: null,
      review: null,
    });
    await client.sealed(email, await client.upload(email, id, name, bytes));
    return { documentId: id, version: 1 };
  };
  const shown = plan.returns.filter(({ givenOn }) => givenOn < plan.today);
  return new Map(
    shown.flatMap(({ file, amendment, period }) =>
      [file, amendment].flatMap(one => (one === null ? [] : [[one, seal(one, period)] as const])),
    ),
  );
}
