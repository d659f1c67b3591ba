/** The keepers record facts about the organisation that hold from a day on. */
import { organisationRoutes } from '../../shared/contract/organisation.ts';
import { expectAgain } from '../../shared/core/filings/expecting.ts';
import { recordFacts } from '../../shared/core/history.ts';
import { type Organisation, organisationId } from '../../shared/core/organisation.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';

export const updateOrganisation = operation(
  organisationRoutes.updateOrganisation,
  async ({ body, expected, act }, { records }) => {
    const before = await readRecord<Organisation>(records, 'organisation', organisationId);
    expectVersion(before, expected);
    const first = before.data.history[0];
    if (first !== undefined && body.from < first.from) throw wrongField('/from', `The book begins on ${first.from}.`);
    if (first?.demonstration !== body.demonstration) {
      throw wrongField('/demonstration', 'Whether a book is a demonstration is decided when it is founded.');
    }
    const after: Organisation = { history: recordFacts(before.data.history, body) };
    const { stored, writes } = changeRecord('organisation', organisationId, before, after, act);
    return {
      body: { ...body, history: [...stored.data.history], version: stored.version },
      version: stored.version,
      writes: [...writes, expectAgain(act.at)],
    };
  },
);
