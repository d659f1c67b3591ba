/** Says in sentences that everybody understands why a vote came out as it did. */
import type { Standing } from './election.ts';
import type { Base, Comparison, Fraction } from './rules.ts';
import type { Outcome, Reason } from './tally.ts';

/** One sentence for each reason, and the outcome last. */
export function explain({ carried, reasons }: Outcome): string[] {
  const election = reasons.find(({ kind }) => kind === 'election');
  return [...reasons.map(sentence), election?.kind === 'election' ? whoWon(election, carried) : whether(carried)];
}

const whether = (carried: boolean) => (carried ? 'So it was carried.' : 'So it failed.');

type Election = Extract<Reason, { kind: 'election' }>;

function whoWon({ elected, places }: Election, carried: boolean): string {
  if (!carried) return 'So nobody was elected.';
  const vacant = places - elected.length;
  const rest = vacant === 0 ? '' : `; ${vacant} ${vacant === 1 ? 'place stays' : 'places stay'} vacant`;
  return `So ${list(elected.map(({ option }) => option))} ${elected.length === 1 ? 'was' : 'were'} elected${rest}.`;
}

function sentence(reason: Reason): string {
  switch (reason.kind) {
    case 'electorate':
      return electorate(reason);
    case 'quorum':
      return `At least ${reason.needed} had to take part; ${reason.got} did, so there was ${reason.met ? 'a' : 'no'} quorum.`;
    case 'disinterested': {
      const people = reason.needed === 1 ? 'person' : 'people';
      return `As some were recused, at least ${reason.needed} ${people} without an interest had to be in favour; ${were(reason.got)}.`;
    }
    case 'casting':
      return casting(reason);
    case 'majority':
      return majority(reason);
    case 'election':
      return election(reason);
  }
}

function election({ method, places, ballots, needed, elected, tied }: Election): string {
  const votes = `${ballots} ${ballots === 1 ? 'ballot' : 'ballots'} for an option`;
  const asked =
    method === 'absolute'
      ? `More than half of the ${votes} had to be for one, that is at least ${needed}`
      : `Of the ${votes} the most decided`;
  const got = (standings: readonly Standing[]) => list(standings.map(({ option, votes }) => `${option} (${votes})`));
  const left = places - elected.length;
  return [
    `${asked}: ${elected.length === 0 ? 'nobody' : got(elected)} had enough.`,
    ...(tied.length === 0
      ? []
      : [
          `${got(tied)} had as many as each other, and there ${left === 1 ? 'was 1 place' : `were ${left} places`} for them.`,
        ]),
  ].join(' ');
}

const list = (names: readonly string[]) =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');

function electorate({ entitled, recused, present }: Extract<Reason, { kind: 'electorate' }>): string {
  const parts = [
    `${entitled} ${entitled === 1 ? 'vote was' : 'votes were'} entitled`,
    ...(recused === 0 ? [] : [`${recused} recused`]),
    `${present} took part`,
  ];
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}.`;
}

function casting({ votes, vote }: Extract<Reason, { kind: 'casting' }>): string {
  const even = `There were as many votes for as against: ${votes} each.`;
  if (vote === null) return `${even} The chair, who could have decided, did not.`;
  return `${even} The chair decided with a casting vote ${vote === 'yes' ? 'for' : 'against'} it.`;
}

function majority({
  of,
  counting,
  fraction,
  comparison,
  base,
  needed,
  got,
}: Extract<Reason, { kind: 'majority' }>): string {
  const whole =
    counting === 'groups' ? `the ${base} ${base === 1 ? 'vote' : 'votes'} of the groups` : baseText(of, base);
  return `${capital(fractionText(fraction, comparison))} ${whole} had to be in favour, that is at least ${needed}; ${were(got)}.`;
}

const were = (count: number) => (count === 1 ? '1 was' : `${count === 0 ? 'none' : count} were`);

const baseTexts: Readonly<Record<Base, (count: string) => string>> = {
  cast: count => `${count} cast`,
  present: count => `${count} of those who took part`,
  'in-office': count => `${count} of all seats in office`,
  disinterested: count => `${count} of all seats in office without an interest`,
  fixed: count => `${count} of all seats that the rules fix`,
  entitled: count => `${count} of everybody entitled`,
};

const baseText = (base: Base, count: number) => `the ${baseTexts[base](`${count} ${count === 1 ? 'vote' : 'votes'}`)}`;

const names: Readonly<Record<string, string>> = {
  '1/2': 'half',
  '1/3': 'a third',
  '2/3': 'two thirds',
  '1/4': 'a quarter',
  '3/4': 'three quarters',
  '3/5': 'three fifths',
  '1/1': 'all',
};

/** Such as `more than half of`. */
export function fractionText({ numerator, denominator }: Fraction, comparison: Comparison): string {
  const name = names[`${numerator}/${denominator}`] ?? `${numerator}/${denominator}`;
  if (numerator === denominator) return 'all of';
  return `${comparison === 'more-than' ? 'more than' : 'at least'} ${name} of`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
