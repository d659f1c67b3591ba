/** An archivist has a return read that was filed: what it says, and its public copy, enter the book together. */
import { returnsRoutes } from '../../shared/contract/returns.ts';
import type { Submission } from '../../shared/core/filings/filings.ts';
import { profileOn } from '../../shared/core/filings/fiscalYears.ts';
import type { Form } from '../../shared/core/filings/obligations.ts';
import { publishCopies } from '../../shared/core/filings/submitting.ts';
import { type Organisation, organisationId } from '../../shared/core/organisation.ts';
import { actBeside, changeRecord, moveRows, recordKey } from '../../shared/core/records.ts';
import { demandFits } from '../../shared/core/returns/demandFits.ts';
import {
  demandStanding,
  mostStays,
  partsOf,
  type RecordedReturn,
  returnIdOf,
  returnRows,
} from '../../shared/core/returns/recorded.ts';
import type { ReturnContent, Unreadable } from '../../shared/core/returns/returns.ts';
import { shownCopy } from '../../shared/core/returns/shown.ts';
import { NotFoundError, StateConflictError, ValidationError, wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { loadFiling } from '../filings/load.ts';
import { copyReferences } from '../filings/publicCopies.ts';
import { writeFiling } from '../filings/write.ts';
import { detailsKey } from './load.ts';
import { openPaper } from './openPaper.ts';
import { presentCard } from './present.ts';
import { sealCopy } from './sealCopy.ts';

const readable: readonly (Form | null)[] = ['990', '990-EZ', '990-PF', '990-T'];

export const readReturn = operation(returnsRoutes.readReturn, async ({ params, body, caller, now, act }, services) => {
  const { records } = services;
  const { filingId } = params;
  const { personId } = caller;
  if (personId === null) throw new NotFoundError();
  const { filing, timeZone } = await loadFiling(records, filingId, now);
  const submission = demandStanding(filing.data, body.submission);
  const id = returnIdOf(filingId, body.submission);
  if ((await records.get(recordKey('return', id))) !== undefined) {
    throw new StateConflictError(
      'The return of this submission is read already. What amends it is a submission of its own.',
    );
  }
  const form = demandReadable(submission.form);
  const organisation = await readRecord<Organisation>(records, 'organisation', organisationId);
  const { history } = organisation.data;
  const eins = history.flatMap(({ ein }) => ein ?? []);
  if (eins.length === 0)
    throw new StateConflictError('Record the EIN of the organisation first: the return is compared with it.');
  if (form === '990-T' && profileOn(history, submission.on)?.taxStatus !== '501(c)(3)') {
    throw new StateConflictError(
      'Only the 990-T of an organisation under 501(c)(3) is open to everybody: IRC 6104(d)(1)(A)(ii).',
    );
  }

  const { paper, read } = await openPaper(body, submission, caller, now, services);
  const result = await read();
  if ('problems' in result) throw refusal(result.problems);
  const { content, copy: made } = result;
  const { period } = filing.data.obligation;
  const unfit = [...demandFits(content, { eins, period, form }), ...demandAmendment(content, submission)];
  if (unfit.length > 0) throw refusal(unfit);

  const facts = { form, amended: content.amended, period: content.period };
  const { copy, writes: sealed } = await sealCopy(made.text, facts, { act: actBeside(act, 1), by: personId }, services);
  const papers = [
    ...submission.publicCopies,
    { documentId: copy.documentId, version: copy.version, sha256: copy.sha256 },
  ];
  const after = publishCopies(filing.data, body.submission, papers);
  const { parts, isWhole } = partsOf({ ...content, withheld: made.withheld });
  const { schema, schemaKnown, filedAt, initial, final, state } = content;
  const recorded: RecordedReturn = {
    filingId,
    submission: body.submission,
    ...facts,
    ein: content.ein,
    name: content.name.slice(0, 300),
    figures: content.figures,
    file: { schema, schemaKnown, filedAt, initial, final, state, original: paper, copy, parts: parts.length, isWhole },
    postcard: null,
    recordedBy: personId,
    recordedAt: now,
  };
  const { stored, writes } = changeRecord('return', id, undefined, recorded, actBeside(act, 2));
  return {
    body: {
      ...presentCard(stored, submission),
      publicCopy: shownCopy({ copy }),
      stays: made.stays.slice(0, mostStays),
    },
    version: stored.version,
    location: `/v1/returns/${id}`,
    writes: [
      ...writes,
      ...moveRows([], returnRows(stored)),
      ...parts.map(
        (text, index): Write => ({
          put: { key: detailsKey(id, index + 1), version: 1, data: { text } },
          expect: 'absent',
        }),
      ),
      ...sealed,
      ...writeFiling(filingId, filing, after, { act, timeZone }).writes,
      ...(await copyReferences(records, filingId, filing.data, after, now)),
    ],
  };
});

function demandReadable(form: Form | null): Form {
  if (form !== null && readable.includes(form)) return form;
  throw wrongField(
    '/submission',
    form === '990-N'
      ? 'There is no file of a Form 990-N. Record what was answered on it instead.'
      : 'Only returns of the forms 990, 990-EZ, 990-PF and 990-T are read.',
  );
}

/** An amended return amends, and no other does. */
function demandAmendment({ amended }: ReturnContent, { amends }: Submission): readonly Unreadable[] {
  if (amended === amends) return [];
  const message = amended
    ? 'The return says that it is amended, and the submission that it is not. Read the one that was filed.'
    : 'The submission amends, but the return does not say that it is amended. Read the one that was filed.';
  return [{ field: '/Return/ReturnData/AmendedReturnInd', message }];
}

const refusal = (problems: readonly Unreadable[]) =>
  new ValidationError(
    problems.map(({ field, message }) => ({ in: 'body', field: '/documentId', message: `${field}: ${message}` })),
  );
