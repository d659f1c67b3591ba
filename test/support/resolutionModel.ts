/** What a reader of the rules would expect of the resolutions of one body, in the simplest words; time is in seconds. */

export const voters = ['member', 'director', 'treasurer'] as const;
/** The administrator has no seat in the body; whoever is public has none at all. */
export const actors = [...voters, 'secretary', 'auditor', 'administrator'] as const;
export type Actor = (typeof actors)[number];
export const choices = ['yes', 'no', 'abstain'] as const;

/** One resolution. */
export interface Model {
  readonly id: string;
  readonly author: Actor;
  /** What it would do, and to which one. */
  readonly effect: { readonly kind: 'amend-motion' | 'rescinds'; readonly target: Model } | null;
  readonly followUp: boolean;
  state: string;
  version: number;
  texts: number;
  /** The text of the target that an amendment was written for. */
  textVersion: number;
  words: string;
  mover: Actor | null;
  /** The state that it had before it was put aside. */
  before: string;
  closesAt: number;
  ballots: Map<Actor, string>;
  recused: Set<Actor>;
  confidential: boolean;
  waitsFor: Model | null;
  number: number | null;
  later: Model[];
  done: boolean;
  withoutEffect: number;
}

/** All of one body. */
export interface World {
  readonly all: Model[];
  adopted: number;
}

export const votes = (actor: Actor) => (voters as readonly Actor[]).includes(actor);
const leads = (actor: Actor) => actor === 'secretary';
const insider = (actor: Actor) => votes(actor) || leads(actor) || actor === 'auditor';
const isAmendment = ({ effect }: Model) => effect?.kind === 'amend-motion';
const pending = ['draft', 'moved', 'seconded'];

/** @param actor null for somebody who is not signed in. */
export function sees(actor: Actor | null, model: Model): boolean {
  if (actor !== null && insider(actor)) return true;
  const { state, confidential, effect } = model;
  const motion = isAmendment(model) ? effect?.target : undefined;
  if (confidential || motion?.confidential) return false;
  if (state === 'carried' && (motion === undefined || sees(actor, motion))) return true;
  return actor !== null && ['open', 'closed', 'carried', 'failed'].includes(state);
}

/** What is answered, and what becomes of the model: undefined where nothing does. */
export interface Expected {
  readonly status: number;
  readonly change?: () => void;
}

const refused = (status: number): Expected => ({ status });

/** Those who may not see it are not told that they may not do it. */
function command(model: Model, actor: Actor, may: boolean, isTime: boolean, change: () => void): Expected {
  if (!sees(actor, model)) return refused(404);
  if (!may) return refused(403);
  if (!isTime) return refused(409);
  return {
    status: 200,
    change: () => {
      model.version++;
      change();
    },
  };
}

/** True while nothing keeps it from being put to the vote, changed or put aside. */
const isFree = (model: Model, states: readonly string[]) => states.includes(model.state) && model.waitsFor === null;

const canAmend = (motion: Model, textVersion: number) =>
  !isAmendment(motion) && ['moved', 'seconded'].includes(motion.state) && motion.texts === textVersion;

const canRescind = ({ number, later }: Model) => number !== null && later.length === 0;

export function drafting(actor: Actor, effect: Model['effect']): number {
  if (!votes(actor) && !leads(actor)) return 403;
  if (effect === null) return 201;
  const { kind, target } = effect;
  const can = kind === 'rescinds' ? canRescind(target) : canAmend(target, target.texts);
  return can ? 201 : 400;
}

type Command = (model: Model, actor: Actor, now: number, words: string) => Expected;

export const commands = {
  revise: (model, actor, _, words) =>
    command(
      model,
      actor,
      leads(actor) || (votes(actor) && [model.author, model.mover].includes(actor)),
      isFree(model, pending),
      () => Object.assign(model, { state: 'draft', mover: null, texts: model.texts + 1, words }),
    ),
  move: (model, actor) =>
    command(model, actor, votes(actor), model.state === 'draft', () =>
      Object.assign(model, { state: 'moved', mover: actor }),
    ),
  second: (model, actor) =>
    command(
      model,
      actor,
      votes(actor) && !(model.state === 'moved' && model.mover === actor),
      model.state === 'moved',
      () => Object.assign(model, { state: 'seconded' }),
    ),
  withdraw: (model, actor) => {
    const isTime = isFree(model, ['moved', 'seconded']);
    return command(model, actor, votes(actor) && !(isTime && model.mover !== actor), isTime, () =>
      Object.assign(model, { state: 'withdrawn' }),
    );
  },
  postpone: (model, actor) =>
    command(model, actor, leads(actor), isFree(model, ['moved', 'seconded']), () =>
      Object.assign(model, { before: model.state, state: 'postponed' }),
    ),
  takeUp: (model, actor) =>
    command(model, actor, leads(actor), model.state === 'postponed', () =>
      Object.assign(model, { state: model.before }),
    ),
  open: (model, actor, now) => {
    const { effect } = model;
    const motion = isAmendment(model) ? effect?.target : undefined;
    const canBegin =
      motion === undefined ||
      (canAmend(motion, model.textVersion) && motion.waitsFor === null && (!motion.confidential || model.confidential));
    const canEnd = effect?.kind !== 'rescinds' || canRescind(effect.target);
    return command(model, actor, leads(actor), isFree(model, ['seconded']) && canBegin && canEnd, () => {
      Object.assign(model, { state: 'open', closesAt: now + 600 });
      if (motion === undefined) return;
      motion.waitsFor = model;
      motion.version++;
    });
  },
  close: (model, actor, now) =>
    command(model, actor, leads(actor), ['open', 'closed'].includes(model.state), () =>
      Object.assign(model, { state: 'closed', closesAt: Math.min(model.closesAt, now) }),
    ),
  hide: (model, actor) =>
    command(
      model,
      actor,
      leads(actor),
      model.waitsFor === null && (model.confidential || model.state !== 'carried'),
      () => Object.assign(model, { confidential: true }),
    ),
  show: (model, actor) =>
    command(
      model,
      actor,
      leads(actor),
      // An amendment is no less confidential than its motion.
      model.waitsFor === null && model.confidential && !(isAmendment(model) && model.effect?.target.confidential),
      () => Object.assign(model, { confidential: false }),
    ),
  finish: (model, actor) =>
    command(
      model,
      actor,
      leads(actor) || (model.followUp && actor === 'treasurer'),
      model.state === 'carried' && model.followUp && !model.done,
      () => Object.assign(model, { done: true }),
    ),
  unfinish: (model, actor) =>
    command(
      model,
      actor,
      leads(actor) || (model.followUp && actor === 'treasurer'),
      model.state === 'carried' && model.followUp && model.done,
      () => Object.assign(model, { done: false }),
    ),
} satisfies Record<string, Command>;
export type CommandName = keyof typeof commands;

/** A ballot, or stepping aside, changes nothing of the resolution itself. */
export function voting(model: Model, actor: Actor, choice: string): Expected {
  if (!sees(actor, model)) return refused(404);
  if (model.state !== 'open') return refused(409);
  if (!votes(actor) || model.recused.has(actor)) return refused(403);
  return { status: 200, change: () => model.ballots.set(actor, choice) };
}

export function recusing(model: Model, actor: Actor): Expected {
  if (!sees(actor, model)) return refused(404);
  if (![...pending, 'postponed', 'open'].includes(model.state)) return refused(409);
  if (!votes(actor)) return refused(403);
  if (model.recused.has(actor)) return refused(409);
  return {
    status: 200,
    change: () => {
      model.recused.add(actor);
      model.ballots.delete(actor);
    },
  };
}

/** Counts a vote, by a majority of the votes cast, with all that follows from it. */
export function settle(world: World, model: Model): void {
  // By its end when nobody closed it.
  model.version += model.state === 'open' ? 2 : 1;
  const of = (choice: string) => [...model.ballots.values()].filter(one => one === choice).length;
  const carried = of('yes') > of('no');
  model.state = carried ? 'carried' : 'failed';
  const target = model.effect?.target;
  if (isAmendment(model) && target !== undefined) {
    target.waitsFor = null;
    target.version++;
    if (carried) Object.assign(target, { words: model.words, texts: target.texts + 1 });
    return;
  }
  if (!carried) return;
  model.number = ++world.adopted;
  if (target === undefined) return;
  if (!canRescind(target)) model.withoutEffect = 1;
  else {
    target.later.push(model);
    target.version++;
  }
}
