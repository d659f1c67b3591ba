/** Line 11a: everybody who votes in the board got the complete return before it was filed. */
import type { GovernanceFacts, ReturnFiling } from './facts.ts';
import { type Evidence, type Finding, named, no, notApplicable, unknown, yes } from './questions.ts';

/** What it says of a `yes` is what line 11b asks to be described. */
export function returnGiven({ filing, directors }: GovernanceFacts): Finding {
  if (filing === null) {
    return unknown([
      'The book has no annual return for this year. Record what its form follows from, and give it to the board.',
    ]);
  }
  const { form, filedOn, excused } = filing;
  if (excused) return notApplicable('No annual return was owed for this year.', evidenceOf(filing));
  if (form === '990-N')
    return notApplicable('Form 990-N has no copy that could be given to anybody.', evidenceOf(filing));
  if (directors.length === 0) {
    return unknown(['The book has nobody with a voting seat in the board on that day. Record the seats of the board.']);
  }
  const given = new Map(filing.review?.given.map(({ personId, on }) => [personId, on]));
  const without = directors
    .filter(({ id }) => {
      const on = given.get(id);
      return on === undefined || (filedOn !== null && on > filedOn);
    })
    .map(({ name }) => name);
  if (filedOn === null) {
    const toDo = without.length === 0 ? [] : [`Give the complete return to ${named(without)} before it is filed.`];
    return unknown([...toDo, 'The return is not filed yet.'], evidenceOf(filing));
  }
  if (without.length > 0) {
    return no(
      [
        `${named(without)} did not get the complete return before it was filed on ${filedOn}. Record it if they did; the next return goes to all of them first.`,
      ],
      evidenceOf(filing),
    );
  }
  const last = directors
    .map(({ id }) => given.get(id) ?? filedOn)
    .sort()
    .at(-1);
  const whom = directors.length === 1 ? 'the one voting member' : `all ${directors.length} voting members`;
  return yes(
    evidenceOf(filing),
    `The complete return was given to ${whom} of the board, the last on ${last}, before it was filed on ${filedOn}.`,
  );
}

function evidenceOf({ id, title, filedOn, review }: ReturnFiling): Evidence[] {
  const first = review?.given.map(({ on }) => on).sort()[0] ?? null;
  return [
    { kind: 'filing', id, title, date: filedOn },
    ...(review === null
      ? []
      : [{ kind: 'document', id: review.documentId, title: 'The return that was given', date: first } as const]),
  ];
}
