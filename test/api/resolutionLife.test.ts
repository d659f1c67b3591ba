/** A resolution and a small model of it go through the same random commands, legal and illegal: they never differ. */
import { expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import type { Answered } from '../support/client.ts';
import { bodyOf, motionOf } from '../support/resolutions.ts';

const steps = 150;
const voters = ['member', 'director', 'treasurer'] as const;
const actors = [...voters, 'secretary', 'auditor'] as const;
type Actor = (typeof actors)[number];
const choices = ['yes', 'no', 'abstain'] as const;
const votes = (actor: Actor) => (voters as readonly Actor[]).includes(actor);
const leads = (actor: Actor) => actor === 'secretary';

/** What a reader of the rules would expect of one resolution; time is in seconds. */
interface Model {
  state: string;
  mover: Actor | null;
  version: number;
  closesAt: number;
  ballots: Map<Actor, (typeof choices)[number]>;
  adopted: number;
}

/** Who may do it, in which states, and what becomes of the model. */
interface Command {
  readonly may: (actor: Actor, model: Model) => boolean;
  readonly from: readonly string[];
  readonly after: (model: Model, actor: Actor, now: number) => void;
}

const pending = ['moved', 'seconded'];
const commands: Record<string, Command> = {
  revise: {
    may: actor => votes(actor) || leads(actor),
    from: ['draft', ...pending],
    after: model => Object.assign(model, { state: 'draft', mover: null }),
  },
  move: {
    may: votes,
    from: ['draft'],
    after: (model, actor) => Object.assign(model, { state: 'moved', mover: actor }),
  },
  second: {
    may: (actor, model) => votes(actor) && !(model.state === 'moved' && model.mover === actor),
    from: ['moved'],
    after: model => Object.assign(model, { state: 'seconded' }),
  },
  withdraw: {
    may: (actor, model) => votes(actor) && !(pending.includes(model.state) && model.mover !== actor),
    from: pending,
    after: model => Object.assign(model, { state: 'withdrawn' }),
  },
  postpone: { may: leads, from: pending, after: model => Object.assign(model, { state: 'postponed' }) },
  open: {
    may: leads,
    from: ['seconded'],
    after: (model, _, now) => Object.assign(model, { state: 'open', closesAt: now + 600, ballots: new Map() }),
  },
  close: {
    may: leads,
    from: ['open', 'closed'],
    after: (model, _, now) => Object.assign(model, { state: 'closed', closesAt: Math.min(model.closesAt, now) }),
  },
};

describeOnEachStore('the book and a model of it', book => {
  it(`do not differ in ${steps} commands`, { timeout: 90_000 }, async () => {
    const { as, services, setClock } = book();
    const seed = Number(process.env.MINUTEBOOK_SEED ?? Date.now() % 2 ** 31);
    const random = randomOf(seed);
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
    const bodyId = await bodyOf(book(), voters);
    // Nobody else counts meanwhile: the clock that they see stands still, at a time before every end.
    const start = Date.parse('2031-03-01T12:00:00Z') / 1000;
    let now = start;
    const at = (seconds: number) => new Date(seconds * 1000).toISOString();
    let [params, model] = [{ resolutionId: '' }, undefined as Model | undefined];
    let adopted = 0;
    const done = new Map<string, number>();
    try {
      for (let step = 0; step < steps; step++) {
        now += 1;
        setClock(at(now));
        if (model === undefined || (!['open', 'closed'].includes(model.state) && isOver(model) && random() < 0.7)) {
          const { id } = (await as.member.createResolution({ params: { bodyId }, body: motionOf() })).body;
          params = { resolutionId: id };
          model = { state: 'draft', mover: null, version: 1, closesAt: 0, ballots: new Map(), adopted };
        }
        const actor = pick(actors);
        const name =
          random() < 0.3
            ? pick(sensible[model.state] ?? ['vote'])
            : pick([...Object.keys(commands), 'vote', 'stale', 'wait']);
        const where = `seed ${seed}, step ${step}: ${actor}, ${name} while ${model.state}`;
        const command = commands[name];
        if (name === 'wait') {
          if (model.state === 'open') {
            now = model.closesAt;
            setClock(at(now));
          }
          await countDue(services);
          if (['open', 'closed'].includes(model.state)) {
            if (model.state === 'open') model.version++;
            adopted += settle(model);
          }
        } else if (name === 'stale') {
          const answer = await as.secretary.closeVote({ params, version: model.version + 1 });
          expect(answer.problem.code, where).toBe('precondition-failed');
        } else if (command === undefined) {
          const choice = pick(choices);
          const answer = await as[actor].castVote({ params, body: { choice } });
          const expected = model.state !== 'open' ? 409 : votes(actor) ? 200 : 403;
          expect(answer.status, `${where}: ${answer.text}`).toBe(expected);
          if (expected === 200) model.ballots.set(actor, choice);
        } else {
          const answer = await ask(book(), name, actor, params, model.version, at(now + 600), step);
          // Who may is asked before the state is, but for what only the state can tell.
          const expected = !command.may(actor, model) ? 403 : command.from.includes(model.state) ? 200 : 409;
          expect(answer.status, `${where}: ${answer.text}`).toBe(expected);
          if (expected === 200) {
            command.after(model, actor, now);
            model.version++;
            if (name === 'close') {
              await counted(book(), params);
              adopted += settle(model);
            }
          }
          done.set(`${name} ${expected}`, (done.get(`${name} ${expected}`) ?? 0) + 1);
        }
        const seen = (await as.secretary.getResolution({ params })).body;
        expect([seen.state, seen.version], where).toEqual([model.state, model.version]);
        const ballots = (await as.secretary.listBallots({ params })).body.items;
        expect(
          new Map(ballots.map(({ person, choice }) => [person.name.slice('Person '.length), choice])),
          where,
        ).toEqual(model.ballots);
      }
      const query = { year: at(start).slice(0, 4), limit: '100' };
      const register = (await as.public.listRegister({ params: { bodyId }, query })).body.items;
      expect(register.map(({ number }) => Number(number?.slice(5)))).toEqual(
        Array.from({ length: adopted }, (_, index) => index + 1),
      );
    } finally {
      setClock(undefined);
    }
  });
});

const sensible: Record<string, readonly string[]> = {
  draft: ['move'],
  moved: ['second'],
  seconded: ['open'],
  open: ['vote', 'vote', 'vote', 'wait'],
};

const isOver = ({ state }: Model) => ['carried', 'failed', 'withdrawn', 'postponed'].includes(state);

/** Counts the model's vote, by a majority of the votes cast. @returns how many were adopted. */
function settle(model: Model): number {
  const of = (choice: string) => [...model.ballots.values()].filter(one => one === choice).length;
  const carried = of('yes') > of('no');
  Object.assign(model, { state: carried ? 'carried' : 'failed', version: model.version + 1 });
  return carried ? 1 : 0;
}

async function counted({ as }: TestBook, params: { resolutionId: string }): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await as.secretary.getResolution({ params })).body.vote?.result) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('It is not counted');
}

function ask(
  { as }: TestBook,
  name: string,
  actor: Actor,
  params: { resolutionId: string },
  version: number,
  closesAt: string,
  step: number,
): Promise<Answered<unknown>> {
  const request = { params, version };
  const body = { reason: 'For a reason.' };
  switch (name) {
    case 'revise':
      return as[actor].updateResolution({ ...request, body: motionOf({ title: `Title ${step}` }) });
    case 'move':
      return as[actor].moveResolution(request);
    case 'second':
      return as[actor].secondResolution(request);
    case 'withdraw':
      return as[actor].withdrawResolution({ ...request, body });
    case 'postpone':
      return as[actor].putAsideResolution({ ...request, body: { ...body, to: null } });
    case 'open':
      return as[actor].openVote({ ...request, body: { closesAt } });
    default:
      return as[actor].closeVote(request);
  }
}

/** The same numbers from 0 up to 1 for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
