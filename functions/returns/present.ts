/** How the API shows returns. */
import type { returnsRoutes } from '../../shared/contract/returns.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Submission } from '../../shared/core/filings/filings.ts';
import type { Stored } from '../../shared/core/records.ts';
import { openPostcard } from '../../shared/core/returns/postcard.ts';
import type { Details, RecordedReturn, ReturnFile } from '../../shared/core/returns/recorded.ts';
import { inDollars, shownCopy, shownFigures } from '../../shared/core/returns/shown.ts';
import { isNamed, type KnownReturn } from './load.ts';

export type PresentedReturn = Answer<typeof returnsRoutes.getReturn>;

export function presentReturn({ recorded, submission, details }: KnownReturn, caller: Caller): PresentedReturn {
  const { id, version, data } = recorded;
  const { figures, file, postcard, recordedBy: _, ...facts } = data;
  const open = postcard === null ? null : openPostcard(postcard);
  const seesAll = may(caller, 'see compliance');
  return {
    id,
    ...facts,
    period: { ...facts.period },
    state: stateOf(submission),
    submittedOn: submission.on,
    ...shownFigures(figures),
    content: file === null || details === null ? null : presentContent(file, details),
    postcard: open === null ? null : presentPostcard(seesAll ? (postcard ?? open.postcard) : open.postcard),
    withheld: [...(details?.withheld ?? open?.withheld ?? [])],
    publicCopy: file !== null && isNamed(file.copy, submission) ? shownCopy(file) : null,
    version,
  };
}

export const presentCard = ({ id, data }: Stored<RecordedReturn>, submission: Submission) => ({
  id,
  filingId: data.filingId,
  submission: data.submission,
  form: data.form,
  amended: data.amended,
  period: { ...data.period },
  name: data.name,
  recordedAt: data.recordedAt,
  state: stateOf(submission),
});

export const stateOf = ({ answer }: Submission): PresentedReturn['state'] =>
  answer === null ? 'submitted' : answer.accepted ? 'accepted' : 'rejected';

const dollarsOrNull = (value: number | null) => (value === null ? null : inDollars(value));

function presentContent(file: ReturnFile, details: Details): NonNullable<PresentedReturn['content']> {
  const { schema, schemaKnown, filedAt, initial, final, state, isWhole } = file;
  return {
    ...{ schema, schemaKnown, filedAt, initial, final, state },
    documents: [...details.documents],
    mission: details.mission,
    officers: details.officers.map(({ compensation, ...officer }) => ({
      ...officer,
      compensation: dollarsOrNull(compensation),
    })),
    accomplishments: details.accomplishments.map(({ description, expenses, grants, revenue }) => ({
      description,
      expenses: dollarsOrNull(expenses),
      grants: dollarsOrNull(grants),
      revenue: dollarsOrNull(revenue),
    })),
    partVI: [...details.partVI],
    explanations: [...details.explanations],
    restricted: [...details.restricted],
    complete: isWhole,
  };
}

type Shown = ReturnType<typeof openPostcard>['postcard'];

function presentPostcard({
  otherNames,
  address,
  officer,
  ...postcard
}: Shown): NonNullable<PresentedReturn['postcard']> {
  return {
    ...postcard,
    otherNames: [...otherNames],
    address: copyOf(address),
    officer: { name: officer.name, address: officer.address === null ? null : copyOf(officer.address) },
  };
}

const copyOf = (address: Shown['address']) => ({ ...address, lines: [...address.lines] });
