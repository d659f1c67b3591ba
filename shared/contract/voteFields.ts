/** What requests and answers about rules and votes are made of. */
import * as z from 'zod/mini';
import { bases, type DecisionRule, ruleProblems } from '../core/decisions/rules.ts';
import { choices } from '../core/decisions/votes.ts';
import { holidayCalendars } from '../core/holidays.ts';
import { id, instant, line } from './fields.ts';

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
    ballot: z
      .enum(['open', 'secret'])
      .check(z.describe('Secret: nobody learns who voted how, but everybody the counts.')),
    proxies: z.boolean().check(z.describe('Whether somebody else may vote for a voter.')),
    whenRecused: z
      .nullable(z.string())
      .check(z.describe('The name of the rule that decides in its place when anybody is recused.')),
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

const period = z
  .strictObject({
    leastDays: count,
    mostDays: z.nullable(count),
    counted: z.enum(['calendar', 'business']),
  })
  .check(z.describe('How long before a meeting its notice has to be given.'));

interface Named {
  readonly name: string;
  readonly rule: { readonly whenRecused: string | null };
}

const areDistinct = (list: readonly { readonly name: string }[]) =>
  new Set(list.map(({ name }) => name)).size === list.length;

const namesAnother = ({ name, rule: { whenRecused } }: Named, list: readonly Named[]) =>
  whenRecused === null || (whenRecused !== name && list.some(other => other.name === whenRecused));

export const ruleSet = {
  fixedSeats: z.nullable(count).check(z.describe("How many seats the body's own rules fix.")),
  groups: z
    .array(z.strictObject({ name: line(80), weight: count }))
    .check(
      z.maxLength(100),
      z.describe('Groups of seats whose majorities can count, such as regions.'),
      z.refine(areDistinct, 'Name each group once.'),
    ),
  notice: z.strictObject({
    source: line(300),
    regular: z.nullable(period),
    special: z.nullable(period),
    holidays: z.enum(holidayCalendars),
  }),
  consent: z.strictObject({ allowed: z.enum(['never', 'unanimous', 'fewer']), source: line(300) }),
  rules: z.array(z.strictObject({ name: ruleName, rule })).check(
    z.maxLength(8),
    z.refine(
      (list: readonly Named[]) => areDistinct(list) && list.some(({ name }) => name === 'ordinary'),
      'Name each rule once, and one of them "ordinary".',
    ),
    z.refine(
      (list: readonly Named[]) => list.every(one => namesAnother(one, list)),
      'Each "whenRecused" must name another of these rules.',
    ),
  ),
};

export const who = z.strictObject({ id, name: z.string() });
/** Null for whoever may not know. */
export const actor = z.nullable(who).check(z.describe('Shown to members.'));

/** A vote for or against, or the options voted for. */
export const said = z
  .union(
    [z.enum(choices), z.array(line(200)).check(z.minLength(1), z.maxLength(100))],
    'Must be "yes", "no" or "abstain"; in elections "abstain", or a list of the options that you vote for.',
  )
  .check(
    z.describe('Yes, no or an abstention; in elections an abstention, or the options voted for.'),
    z.meta({ id: 'Choice' }),
  );

const standing = z.strictObject({ option: z.string(), votes: z.int() });

const counted = {
  count: z
    .strictObject({
      inOffice: z.int(),
      fixed: z.int(),
      entitled: z.int(),
      recused: z.int(),
      present: z.int(),
      yes: z.int().check(z.describe('In elections the ballots that are for an option.')),
      no: z.int(),
      abstained: z.int(),
      peopleInFavour: z.int(),
      casting: z.nullable(z.enum(['yes', 'no'])),
      groups: z.array(z.strictObject({ name: z.string(), weight: z.int(), yes: z.int(), no: z.int() })),
    })
    .check(z.describe('By weight, but for people; with the rule all that the outcome follows from.')),
  standings: z.array(standing).check(z.describe('Of elections, in the order of the list.')),
};

const result = z.strictObject({
  countedAt: instant,
  decidedBy: z.enum(['rule', 'ruleWhenRecused']),
  ...counted,
  carried: z.boolean(),
  reasons: z.array(z.json()).check(z.describe('Every step of the count, as data.')),
  elected: z.nullable(z.array(z.string())).check(z.describe('The options elected; null where it is no election.')),
  explanation: z.array(z.string()).check(z.describe('The reasons, in sentences.')),
  number: z.nullable(z.string()).check(z.describe('Its number in the register of the body.')),
});

export const vote = z
  .strictObject({
    openedAt: instant,
    closesAt: instant,
    rule,
    ruleWhenRecused: z.nullable(rule),
    inOffice: z.int().check(z.describe('Who is entitled, by weight.')),
    people: z.int().check(z.describe('How many people are entitled.')),
    meetingId: z.nullable(id),
    mine: z
      .nullable(z.strictObject({ choice: z.nullable(said), at: instant, byProxy: z.boolean() }))
      .check(z.describe('That you voted and, unless the ballot is secret, how.')),
    tie: z
      .nullable(z.strictObject(counted))
      .check(z.describe('As many for as against: the chair of the body has to decide.')),
    casting: z.nullable(z.strictObject({ by: actor, at: instant, choice: z.nullable(z.enum(['yes', 'no'])) })),
    result: z.nullable(result),
  })
  .check(z.meta({ id: 'Vote' }));
