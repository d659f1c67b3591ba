/** Resolutions and a small model of them go through the same random commands, legal and illegal: they never differ, to nobody. */
import { expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import type { Answered } from '../support/client.ts';
import {
  type Actor,
  actors,
  type CommandName,
  choices,
  commands,
  drafting,
  type Model,
  recusing,
  sees,
  settle,
  voters,
  voting,
  type World,
} from '../support/resolutionModel.ts';
import { bodyOf, type MotionInput, motionOf } from '../support/resolutions.ts';

const steps = Number(process.env.MINUTEBOOK_STEPS ?? 160);
const start = Date.parse('2031-03-01T12:00:00Z') / 1000;
const at = (seconds: number) => new Date(seconds * 1000).toISOString();

describeOnEachStore('the book and a model of it', book => {
  it(`do not differ in ${steps} commands`, { timeout: 240_000 }, async () => {
    const { as, services, setClock, people } = book();
    const seed = Number(process.env.MINUTEBOOK_SEED ?? Date.now() % 2 ** 31);
    const random = randomOf(seed);
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
    const bodyId = await bodyOf(book(), voters);
    const world: World = { all: [], adopted: 0 };
    const followUp = { personId: people.treasurer, due: '2031-06-01' };
    // The clock that everybody sees stands still within a step.
    let now = start;
    try {
      await wholeLife();
      for (let step = 0; step < steps; step++) {
        await goTo(now + 1);
        const touched = await oneStep(step);
        for (const model of new Set(touched)) await compare(book(), model, `seed ${seed}, step ${step}`);
        if (step % 40 === 39) await compareLists(book(), bodyId, world, `seed ${seed}, step ${step}`);
      }
      await compareLists(book(), bodyId, world, `seed ${seed}, at the end`);
    } finally {
      setClock(undefined);
    }

    /** Votes end one after the other: each was opened at a second of its own. */
    async function goTo(second: number): Promise<void> {
      now = second;
      setClock(at(now));
      const due = world.all.filter(({ state, closesAt }) => state === 'open' && closesAt <= now);
      if (due.length === 0) return;
      await countDue(services);
      for (const model of due.toSorted((a, b) => a.closesAt - b.closesAt)) settle(world, model);
    }

    /** The way on which chance seldom comes: amended behind closed doors, public, adopted, followed up, rescinded. */
    async function wholeLife(): Promise<void> {
      const through = async (model: Model, names: readonly CommandName[]) => {
        for (const name of names) {
          await goTo(now + 1);
          const actor = name === 'move' ? 'member' : name === 'second' ? 'director' : 'secretary';
          await perform(now, model, actor, name);
          if (name === 'open') await perform(now, model, 'member', 'vote', 'yes');
          await compare(book(), model, `${name}, on the way through`);
        }
      };
      const adopt = ['move', 'second', 'open', 'close'] as const;
      const motion = await draft(0, 'member', null, true);
      await through(motion, ['hide', 'move', 'second']);
      const amendment = await draft(1, 'member', { kind: 'amend-motion', target: motion }, false);
      await through(amendment, adopt);
      await through(motion, ['show', 'open', 'close', 'finish', 'unfinish']);
      const rescission = await draft(2, 'member', { kind: 'rescinds', target: motion }, false);
      await through(rescission, adopt);
      expect([amendment, motion, rescission].map(({ state }) => state)).toEqual(['carried', 'carried', 'carried']);
      expect([motion.texts, motion.later]).toEqual([2, [rescission]]);
    }

    async function oneStep(step: number): Promise<readonly Model[]> {
      // A few at a time come further than many.
      const isOver = ({ state }: Model) => ['carried', 'failed', 'withdrawn'].includes(state);
      const pool = [...world.all.filter(one => !isOver(one)).slice(-4), ...world.all.filter(isOver).slice(-2)];
      if (pool.filter(one => !isOver(one)).length < 3 || random() < 0.05) return draftOne(step);
      const model = pick(pool);
      const { actor, name } = random() < 0.6 ? sensible(model) : anything();
      // What an amendment or a rescission says is what it does: it is not written anew here.
      if (name === 'revise' && model.effect !== null) return [];
      const touched = model.effect === null ? [model] : [model, model.effect.target];
      if (name === 'wait') {
        await goTo(Math.min(...world.all.filter(({ state }) => state === 'open').map(({ closesAt }) => closesAt)));
        return touched;
      }
      if (name === 'stale') {
        const answer = await as.secretary.closeVote({
          params: { resolutionId: model.id },
          version: model.version + 1,
        });
        expect(answer.problem.code, `seed ${seed}, step ${step}`).toBe('precondition-failed');
      } else await perform(step, model, actor, name, pick(['yes', 'yes', ...choices] as const));
      return touched;
    }

    async function perform(
      step: number,
      model: Model,
      actor: Actor,
      name: Exclude<Name, 'stale' | 'wait'>,
      choice: (typeof choices)[number] = 'yes',
    ): Promise<void> {
      const words = `Words ${step}`;
      const expected =
        name === 'vote'
          ? voting(model, actor, choice)
          : name === 'recuse'
            ? recusing(model, actor)
            : commands[name](model, actor, now, words);
      const where = `seed ${seed}, step ${step}: ${actor}, ${name} while ${model.state}`;
      const answer = await ask(book(), name, actor, model, { choice, words, closesAt: at(now + 600), followUp });
      expect(answer.status, `${where}: ${answer.text}`).toBe(expected.status);
      expected.change?.();
      if (model.state !== 'closed') return;
      await countDue(services);
      settle(world, model);
    }

    async function draftOne(step: number): Promise<readonly Model[]> {
      const kind = pick(['amend-motion', 'rescinds', 'plain', 'plain'] as const);
      const others = random() < 0.3 ? world.all : world.all.filter(model => fits(kind, model));
      const target = pick(others);
      const effect = target === undefined || kind === 'plain' ? null : { kind, target };
      const author = random() < 0.8 ? pick(voters) : pick(actors);
      const hasFollowUp = effect?.kind !== 'amend-motion' && random() < 0.6;
      const expected = drafting(author, effect);
      if (expected === 201) return [await draft(step, author, effect, hasFollowUp)];
      const answer = await as[author].createResolution({ params: { bodyId }, body: bodyFor(step, effect, false) });
      const where = `seed ${seed}, step ${step}: ${author} drafts ${kind}, of ${target?.state}`;
      expect(answer.status, `${where}: ${answer.text}`).toBe(expected);
      return [];
    }

    function bodyFor(step: number, effect: Model['effect'], hasFollowUp: boolean): MotionInput {
      return motionOf({
        title: `Words ${step}`,
        ...(hasFollowUp ? { followUp } : {}),
        effects: effect === null ? [] : [effectOf(effect, `Words ${step}`)],
      });
    }

    async function draft(step: number, author: Actor, effect: Model['effect'], hasFollowUp: boolean): Promise<Model> {
      const body = bodyFor(step, effect, hasFollowUp);
      const isAmendment = effect?.kind === 'amend-motion';
      const model: Model = {
        id: (await as[author].createResolution({ params: { bodyId }, body })).body.id,
        author,
        effect,
        followUp: hasFollowUp,
        state: 'draft',
        version: 1,
        texts: 1,
        textVersion: isAmendment ? effect.target.texts : 0,
        words: `Words ${step}`,
        mover: null,
        before: '',
        closesAt: 0,
        ballots: new Map(),
        recused: new Set(),
        confidential: isAmendment && effect.target.confidential,
        waitsFor: null,
        number: null,
        later: [],
        done: false,
        withoutEffect: 0,
      };
      world.all.push(model);
      return model;
    }

    function sensible(model: Model): { actor: Actor; name: Exclude<Name, 'stale'> } {
      const voter = pick(voters.filter(one => one !== model.mover));
      switch (model.state) {
        case 'draft':
          return { actor: voter, name: 'move' };
        case 'moved':
          return pick([
            { actor: voter, name: 'second' },
            { actor: voter, name: 'second' },
            { actor: voter, name: 'second' },
            { actor: model.mover ?? voter, name: 'withdraw' },
            { actor: model.author, name: 'revise' },
          ]);
        case 'seconded':
          // What cannot be put to the vote any more only stands in the way.
          if (model.waitsFor === null && commands.open(model, 'secretary', now).status !== 200)
            return { actor: model.mover ?? voter, name: 'withdraw' };
          return { actor: 'secretary', name: pick(['open', 'open', 'open', 'open', 'postpone', 'hide']) };
        case 'open':
          return pick([
            { actor: voter, name: 'vote' },
            { actor: voter, name: 'vote' },
            { actor: 'secretary', name: 'wait' },
            { actor: 'secretary', name: 'close' },
          ]);
        case 'postponed':
          return { actor: 'secretary', name: 'takeUp' };
        default: {
          const next = model.confidential ? 'show' : 'hide';
          const name = !model.followUp || random() < 0.3 ? next : model.done ? 'unfinish' : 'finish';
          return { actor: pick(name === next ? ['secretary'] : ['secretary', 'treasurer']), name };
        }
      }
    }

    function anything(): { actor: Actor; name: Name } {
      const isOpen = world.all.some(({ state }) => state === 'open');
      const names: Name[] = [...(Object.keys(commands) as CommandName[]), 'vote', 'recuse', 'stale'];
      return { actor: pick(actors), name: pick(isOpen ? [...names, 'wait'] : names) };
    }
  });
});

type Name = CommandName | 'vote' | 'recuse' | 'stale' | 'wait';

const effectOf = ({ kind, target }: NonNullable<Model['effect']>, words: string) =>
  kind === 'rescinds'
    ? { kind, resolutionId: target.id }
    : {
        kind,
        resolutionId: target.id,
        textVersion: target.texts,
        replacement: { title: words, preamble: '', text: words },
      };

interface Said {
  readonly choice: (typeof choices)[number];
  readonly words: string;
  readonly closesAt: string;
  readonly followUp: NonNullable<MotionInput['followUp']>;
}

function ask(
  { as }: TestBook,
  name: Exclude<Name, 'stale' | 'wait'>,
  actor: Actor,
  { id, version, followUp }: Model,
  said: Said,
): Promise<Answered<unknown>> {
  const client = as[actor];
  const params = { resolutionId: id };
  const request = { params, version };
  const reason = said.words;
  switch (name) {
    case 'vote':
      return client.castVote({ params, body: { choice: said.choice } });
    case 'recuse':
      return client.recuse({ params, body: { facts: reason } });
    case 'revise': {
      const body = motionOf({ title: said.words, ...(followUp ? { followUp: said.followUp } : {}) });
      return client.updateResolution({ ...request, body });
    }
    case 'move':
      return client.moveResolution(request);
    case 'second':
      return client.secondResolution(request);
    case 'withdraw':
      return client.withdrawResolution({ ...request, body: { reason } });
    case 'postpone':
      return client.putAsideResolution({ ...request, body: { reason, to: null } });
    case 'takeUp':
      return client.takeUpResolution(request);
    case 'open':
      return client.openVote({ ...request, body: { closesAt: said.closesAt } });
    case 'close':
      return client.closeVote(request);
    case 'hide':
      return client.changeConfidentiality({
        ...request,
        body: { confidential: { reason, reviewOn: '2999-01-01' }, reason },
      });
    case 'show':
      return client.changeConfidentiality({ ...request, body: { confidential: null, reason } });
    default:
      return client.recordFollowUp({ ...request, body: { done: name === 'finish', note: reason } });
  }
}

const fits = (kind: 'amend-motion' | 'rescinds' | 'plain', target: Model) =>
  kind !== 'plain' && drafting('member', { kind, target }) === 201;

/** To an insider all of it is as the model has it; to others it is there or not. */
async function compare({ as }: TestBook, model: Model, where: string): Promise<void> {
  const params = { resolutionId: model.id };
  const [seen, ballots, texts, ...others] = await Promise.all([
    as.auditor.getResolution({ params }),
    model.state === 'draft' ? undefined : as.auditor.listBallots({ params }),
    as.auditor.listTexts({ params, query: { limit: '1' } }),
    ...outsiders.map(actor => (actor === null ? as.public : as[actor]).getResolution({ params })),
  ]);
  const { state, version, textVersion, title, underAmendment, confidential, adoption, later, done } = seen.body;
  expect(
    {
      state,
      version,
      texts: textVersion,
      words: title,
      waitsFor: underAmendment,
      confidential: confidential !== null,
      number: adoption?.number == null ? null : Number(adoption.number.slice(5)),
      withoutEffect: adoption?.withoutEffect.length ?? 0,
      later: later.map(({ id }) => id),
      done: done !== null,
    },
    where,
  ).toEqual({
    state: model.state,
    version: model.version,
    texts: model.texts,
    words: model.words,
    waitsFor: model.waitsFor?.id ?? null,
    confidential: model.confidential,
    number: model.number,
    withoutEffect: model.withoutEffect,
    later: model.later.map(({ id }) => id),
    done: model.done,
  });
  expect(texts.body.items[0]?.textVersion, where).toBe(model.texts);
  if (ballots !== undefined) {
    const cast = ballots.body.items.map(({ person, choice }) => [person?.name.slice('Person '.length), choice]);
    expect(new Map(cast as [string, string][]), where).toEqual(model.ballots);
  }
  const statuses = outsiders.map(actor => (sees(actor, model) ? 200 : 404));
  expect(
    others.map(({ status }) => status),
    `${where}: ${model.state}, for those outside`,
  ).toEqual(statuses);
}

const outsiders = ['administrator', null] as const;

/** The lists of the body as the auditor, a member of no part in it, and everybody see them. */
async function compareLists({ as }: TestBook, bodyId: string, { all }: World, where: string): Promise<void> {
  const params = { bodyId };
  const query = { year: '2031', limit: '100' };
  const idsOf = async (list: Promise<Answered<{ items: { id: string | null }[] }>>) =>
    (await list).body.items.map(({ id }) => id).toSorted();
  const isHidden = (model: Model) => !sees('administrator', model);
  const ids = (list: readonly Model[]) => list.map(({ id }) => id).toSorted();
  const pending = all.filter(({ state }) => ['draft', 'moved', 'seconded', 'open'].includes(state));
  const ended = all.filter(({ state }) => ['failed', 'withdrawn', 'postponed'].includes(state));
  const due = all.filter(({ number, followUp, done }) => number !== null && followUp && !done);
  const adopted = all.filter(({ number }) => number !== null).toSorted((a, b) => Number(a.number) - Number(b.number));
  const { auditor, administrator } = as;
  const limit = { limit: '100' };
  expect(await idsOf(auditor.listPending({ params, query: limit })), where).toEqual(ids(pending));
  expect(await idsOf(administrator.listPending({ params, query: limit })), where).toEqual(
    ids(pending.filter(model => !isHidden(model))),
  );
  expect(await idsOf(auditor.listEnded({ params, query })), where).toEqual(ids(ended));
  expect(await idsOf(administrator.listEnded({ params, query })), where).toEqual(
    ids(ended.filter(model => model.state === 'failed' && !isHidden(model))),
  );
  expect(await idsOf(auditor.listFollowUps({ params, query: limit })), where).toEqual(ids(due));
  expect(await idsOf(as.public.listFollowUps({ params, query: limit })), where).toEqual(
    ids(due.filter(({ confidential }) => !confidential)),
  );
  for (const client of [auditor, as.public]) {
    const register = (await client.listRegister({ params, query })).body.items;
    expect(
      register.map(({ id, number, later }) => [id, Number(number?.slice(5)), later?.kind ?? null]),
      where,
    ).toEqual(
      adopted.map(({ id, number, later, confidential }) => [
        confidential && client === as.public ? null : id,
        number,
        later.length === 0 ? null : 'rescinds',
      ]),
    );
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
