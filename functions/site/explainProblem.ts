/** What an error code means and what to do. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { type ErrorCode, errorCodes, NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { explanationPage } from '../../web/problemPage.ts';

export const explainProblem = operation(siteRoutes.explainProblem, async ({ params }) => {
  if (!isErrorCode(params.code)) throw new NotFoundError();
  return explanationPage(params.code);
});

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);
