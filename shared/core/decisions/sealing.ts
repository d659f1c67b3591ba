/** What stands in a sealed ballot: text of the same length however somebody votes, that is good for one ballot only. */
import type { Election } from './motions.ts';
import { type Ballot, type Choice, choices, inVote, type Said } from './votes.ts';

type Whose = Pick<Ballot, 'resolutionId' | 'personId'>;

/** One character for a motion; in elections one for each option. */
export function sealedText({ resolutionId, personId }: Whose, said: Said, election: Election | null): string {
  const mark =
    election === null
      ? String(choices.indexOf(said as Choice))
      : election.options.map(option => (typeof said === 'object' && said.includes(option) ? '1' : '0')).join('');
  return `${inVote(resolutionId, personId)}~${mark}`;
}

/** @throws {Error} it is the text of another ballot, or of none: somebody has changed what is stored. */
export function saidIn(text: string, { resolutionId, personId }: Whose, election: Election | null): Said {
  const whose = `${inVote(resolutionId, personId)}~`;
  const mark = text.slice(whose.length);
  if (!text.startsWith(whose)) throw new Error('A sealed ballot is that of somebody else');
  if (election === null) {
    const choice = choices[Number(mark)];
    if (mark.length !== 1 || choice === undefined) throw new Error('A sealed ballot says nothing');
    return choice;
  }
  if (mark.length !== election.options.length) throw new Error('A sealed ballot is about other options');
  const chosen = election.options.filter((_, index) => mark[index] === '1');
  return chosen.length === 0 ? 'abstain' : chosen;
}

/** What is wrong with a vote, in words that say what to do; null when nothing is. */
export function problemOf(said: Said, election: Election | null): string | null {
  if (election === null) return typeof said === 'string' ? null : 'It is no election: vote yes, no or abstain.';
  const { options, places } = election;
  if (said === 'abstain') return null;
  if (typeof said === 'string') return 'It is an election: name options, or abstain.';
  if (said.length > places) return `Name ${places === 1 ? 'one option' : `${places} options`} at most.`;
  if (new Set(said).size < said.length) return 'Name each option once.';
  return said.every(option => options.includes(option)) ? null : `Name options of the list: ${options.join('; ')}.`;
}
