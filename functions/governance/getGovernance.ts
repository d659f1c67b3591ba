/** Form 990, Part VI, answered for a fiscal year from the records of the book. */
import { governanceRoutes } from '../../shared/contract/governance.ts';
import { answersOf } from '../../shared/core/governance/answers.ts';
import { operation } from '../../shared/http/operation.ts';
import { readGovernance } from './readGovernance.ts';

export const getGovernance = operation(governanceRoutes.getGovernance, async ({ params, caller, now }, { records }) => {
  const facts = await readGovernance(records, params.end, caller, now);
  const answers = answersOf(facts).map(({ evidence, missing, ...answer }) => ({
    ...answer,
    evidence: [...evidence],
    missing: [...missing],
  }));
  return { body: { period: facts.period, asOf: facts.today, answers } };
});
