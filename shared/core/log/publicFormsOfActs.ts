/** What the book says to everybody of meetings, open ballots, returns and supporters, in the fields in which the API shows it. */
import type { Ballot } from '../decisions/votes.ts';
import { isKnown, type Meeting, meetingState } from '../meetings/meetings.ts';
import { openPostcard, type Postcard } from '../returns/postcard.ts';
import type { RecordedReturn, ReturnFile } from '../returns/recorded.ts';
import { shownCopy, shownFigures } from '../returns/shown.ts';
import { namedSupport, type Support } from '../support.ts';

/** That there is one. Where it is, and all that happens in it, is for the body. */
export function formOfMeeting(meeting: Meeting): object | null {
  if (!isKnown(meeting)) return null;
  const { bodyId, title, kind, startsAt, endsAt, timeZone, cancelled } = meeting;
  const told = cancelled === null ? null : { at: cancelled.at, reason: cancelled.reason };
  return { bodyId, title, kind, startsAt, endsAt, timeZone, state: meetingState(meeting), cancelled: told };
}

/** Null where ballots are secret, and for one that is void. Whose it is, is in the name of the record. */
export const formOfBallot = ({ said, at, by, personId }: Ballot): object | null =>
  said === null ? null : { choice: said, at, byProxy: by !== personId };

/**
 * As long as its copy is open to everybody. What the submission tells of it follows from the filing. Officers, texts and what was
 * withheld of them stand beside the record and are longer than a statement may be: they are those of the copy, whose SHA-256 is said.
 */
export function formOfReturn(data: RecordedReturn): object {
  const { filingId, submission, form, amended, period, name, recordedAt, ein, figures, file, postcard } = data;
  return {
    ...{ filingId, submission, form, amended, period, name, recordedAt, ein },
    ...shownFigures(figures),
    content: file && contentOf(file),
    ...(postcard === null ? { postcard: null } : formOfPostcard(postcard)),
    publicCopy: file && shownCopy(file),
  };
}

function contentOf({ schema, schemaKnown, filedAt, initial, final, state, isWhole }: ReturnFile): object {
  return { schema, schemaKnown, filedAt, initial, final, state, complete: isWhole };
}

/** Without the address that is withheld: those who see it are shown the rest as everybody is. */
function formOfPostcard(postcard: Postcard): object {
  const { postcard: open, withheld } = openPostcard(postcard);
  const { name, address } = open.officer;
  return { postcard: { ...open, officer: address === null ? { name } : { name, address } }, withheld };
}

/** Of those who agreed to be named, as far as they agreed. */
export function formOfSupport(support: Support): object | null {
  const named = namedSupport(support);
  return named === null ? null : { ...named, named: true };
}
