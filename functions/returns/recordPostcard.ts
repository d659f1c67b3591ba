/** An archivist records what was answered on Form 990-N. */
import { returnsRoutes } from '../../shared/contract/returns.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Organisation, organisationId } from '../../shared/core/organisation.ts';
import { changeRecord, moveRows, recordKey } from '../../shared/core/records.ts';
import { demandStanding, type RecordedReturn, returnIdOf, returnRows } from '../../shared/core/returns/recorded.ts';
import { type FieldError, StateConflictError, ValidationError, wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { loadFiling } from '../filings/load.ts';
import { presentReturn } from './present.ts';

export const recordPostcard = operation(
  returnsRoutes.recordPostcard,
  async ({ params, body, caller, now, act }, { records }) => {
    const { filingId } = params;
    const { filing, today } = await loadFiling(records, filingId, now);
    const { submission: number, ein: said, period, ...postcard } = body;
    const submission = demandStanding(filing.data, number);
    const id = returnIdOf(filingId, number);
    if ((await records.get(recordKey('return', id))) !== undefined) {
      throw new StateConflictError('What was answered in this submission is on record already.');
    }
    if (submission.form !== '990-N') throw wrongField('/submission', 'It was not submitted on Form 990-N.');
    const organisation = await readRecord<Organisation>(records, 'organisation', organisationId);
    const own = inForce(organisation.data.history, today)?.ein?.replace('-', '');
    if (own === undefined) throw new StateConflictError('Record the EIN of the organisation first.');
    const ein = said.replace('-', '');
    const { from, to } = filing.data.obligation.period;
    const wrong = (field: string, message: string): FieldError => ({ in: 'body', field, message });
    const errors = [
      ...(ein === own ? [] : [wrong('/ein', `That is another organisation: this one has the EIN ${own}.`)]),
      ...(period.from === from ? [] : [wrong('/period/from', `The period of this filing begins on ${from}.`)]),
      ...(period.to === to ? [] : [wrong('/period/to', `The period of this filing ends on ${to}.`)]),
    ];
    if (errors.length > 0) throw new ValidationError(errors);
    const recorded: RecordedReturn = {
      filingId,
      submission: number,
      form: '990-N',
      amended: submission.amends,
      period,
      ein,
      name: postcard.legalName,
      figures: {},
      file: null,
      postcard,
      recordedBy: caller.personId,
      recordedAt: now,
    };
    const { stored, writes } = changeRecord('return', id, undefined, recorded, act);
    return {
      body: presentReturn({ recorded: stored, submission, details: null }, caller),
      version: stored.version,
      location: `/v1/returns/${id}`,
      writes: [
        ...writes,
        ...moveRows([], returnRows(stored)),
        // The submission is still what was read: it might have been rejected.
        { check: recordKey('filing', filingId), expect: { version: filing.version } },
      ],
    };
  },
);
