/** What requests and answers about resolutions are made of. */
import * as z from 'zod/mini';
import { choices } from '../core/decisions/resolutions.ts';
import { bases, type DecisionRule, ruleProblems } from '../core/decisions/rules.ts';
import { date, id, instant, language, line, markdown, version } from './fields.ts';

const count = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
const fraction = z.strictObject({ numerator: count, denominator: count });
const comparison = z.enum(['more-than', 'at-least']);
const base = z.enum(bases).check(z.describe('What the fraction is taken of; abstentions are never votes cast.'));

const rule = z
  .strictObject({
    name: line(200),
    source: line(300).check(z.describe('Where it stands: the statute, the article, the bylaw.')),
    explanation: line(1000).check(z.describe('What it means, for everybody.')),
    quorum: z.nullable(
      z.union([
        z.strictObject({ of: z.enum(['in-office', 'disinterested', 'fixed', 'entitled']), fraction, comparison }),
        z.strictObject({ number: count }),
      ]),
    ),
    majorities: z
      .array(z.strictObject({ of: base, fraction, comparison, counting: z.enum(['votes', 'groups']) }))
      .check(z.maxLength(4)),
    tie: z.enum(['fails', 'chair-casts']),
    leastDisinterested: count,
  })
  .check(
    z.superRefine((value: DecisionRule, context) => {
      for (const message of ruleProblems(value)) context.addIssue({ code: 'custom', message });
    }),
    z.meta({ id: 'DecisionRule' }),
  );

export const ruleName = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, 'Must be lower-case letters, digits and hyphens, such as bylaws.'));

export const ruleSet = {
  fixedSeats: z.nullable(count).check(z.describe("How many seats the body's own rules fix.")),
  rules: z.array(z.strictObject({ name: ruleName, rule })).check(
    z.maxLength(8),
    z.refine(
      (list: readonly { readonly name: string }[]) =>
        new Set(list.map(({ name }) => name)).size === list.length && list.some(({ name }) => name === 'ordinary'),
      'Name each rule once, and one of them "ordinary".',
    ),
  ),
};

const motion = {
  title: line(300),
  preamble: markdown(20_000),
  text: markdown(50_000),
  language,
  effectiveOn: z.nullable(date).check(z.describe('From when on it holds; null from its adoption on.')),
};
export const motionInput = z.strictObject(motion).check(z.meta({ id: 'Motion' }));

export const who = z.strictObject({ id, name: z.string() });
const actor = z.nullable(who).check(z.describe('Shown to members.'));
const act = z.nullable(z.strictObject({ by: actor, at: instant }));

const vote = z
  .strictObject({
    openedAt: instant,
    closesAt: instant,
    rule,
    inOffice: z.int(),
    mine: z.nullable(z.enum(choices)).check(z.describe('How you voted.')),
    result: z.nullable(
      z.strictObject({
        countedAt: instant,
        yes: z.int(),
        no: z.int(),
        abstained: z.int(),
        carried: z.boolean(),
        reasons: z.array(z.json()).check(z.describe('Every step of the count, as data.')),
        explanation: z.array(z.string()).check(z.describe('The same, in sentences.')),
        number: z.nullable(z.string()).check(z.describe('Its number in the register of the body.')),
      }),
    ),
  })
  .check(z.meta({ id: 'Vote' }));

export const resolution = z
  .strictObject({
    id,
    bodyId: id,
    state: z.enum([
      'draft',
      'moved',
      'seconded',
      'open',
      'closed',
      'carried',
      'failed',
      'withdrawn',
      'postponed',
      'referred',
    ]),
    ...motion,
    mover: act,
    seconder: act,
    aside: z.nullable(z.strictObject({ by: actor, at: instant, reason: z.string(), to: z.nullable(id) })),
    vote: z.nullable(vote),
    version,
  })
  .check(z.meta({ id: 'Resolution' }));

export const entry = z
  .strictObject({
    id,
    bodyId: id,
    title: z.string(),
    number: z.nullable(z.string()),
    decidedAt: z.nullable(instant),
    closesAt: z.nullable(instant),
  })
  .check(z.meta({ id: 'ResolutionEntry' }));
