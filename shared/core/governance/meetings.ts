/** Lines 8a and 8b: meetings and written actions documented while they were fresh. */
import type { BodyOfYear, GovernanceFacts, MeetingOfYear } from './facts.ts';
import { type Finding, lacking, no, notApplicable, unknown, yes } from './questions.ts';

export const boardDocumented = ({ boards }: GovernanceFacts): Finding => documented('board', boards);

/** A committee without authority to act for the board, such as one that advises it, is not asked about. */
export function committeesDocumented({ circumstances, committees, period, today }: GovernanceFacts): Finding {
  const { committeesActForBoard } = circumstances;
  if (committeesActForBoard === null) {
    return unknown(['Record with the fiscal year whether there were committees that may act for the board.']);
  }
  if (!committeesActForBoard) return notApplicable('No committee may act for the board.');
  if (committees.length > 0) return documented('committees', committees);
  return lacking(period.to < today)([
    'The book has no committee in this year. Record the bodies of the kind "committee" that may act for the board.',
  ]);
}

/** Form 990, Part VI, line 8: by the later of the next meeting of the body and 60 days after the meeting. */
function documented(whose: string, bodies: readonly BodyOfYear[]): Finding {
  const meetings = bodies.flatMap(body => body.meetings.map(meeting => ({ ...meeting, body: body.name })));
  const actions = bodies.flatMap(({ adopted }) => adopted.filter(({ withoutMeeting }) => withoutMeeting));
  const evidence = [
    ...meetings.flatMap(({ id, title, documentedOn, inTime }) =>
      documentedOn === null || inTime.state !== 'yes'
        ? []
        : [{ kind: 'minutes', id, title, date: documentedOn } as const],
    ),
    ...actions.map(action => action.evidence),
  ];
  const late = meetings.filter(({ inTime }) => inTime.state === 'no');
  const pending = meetings.filter(({ inTime }) => inTime.state === 'pending');
  const missing = [...late.map(sayLate), ...pending.map(sayPending)];
  if (late.length > 0) return no(missing, evidence);
  if (pending.length > 0) return unknown(missing, evidence);
  if (evidence.length === 0) {
    return unknown([
      `The book has no meeting and no written action of the ${whose} in this year. Record those that there were, with their minutes.`,
    ]);
  }
  const counted = [many(meetings.length, 'meeting'), many(actions.length, 'written action')];
  return yes(evidence, `${counted.join(' and ')} of the ${whose}, each documented in time.`);
}

const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

type Of = MeetingOfYear & { readonly body: string };

const sayLate = ({ body, title, openedOn, documentedOn, inTime }: Of) =>
  `${body}, "${title}" of ${openedOn}: ${
    documentedOn === null ? 'its minutes are not recorded' : `its minutes were recorded on ${documentedOn}`
  }, and were due by ${inTime.lastDay ?? 'the next meeting'}. ${
    documentedOn === null ? 'Record them, and explain the delay in Schedule O.' : 'Explain the delay in Schedule O.'
  }`;

const sayPending = ({ body, title, openedOn, endedOn, inTime }: Of) =>
  `${body}, "${title}" of ${openedOn}: ${
    endedOn === null
      ? 'it is not adjourned. Adjourn it, and record its minutes'
      : 'its minutes are not recorded. Record them'
  } by ${inTime.lastDay ?? 'the next meeting'}.`;
