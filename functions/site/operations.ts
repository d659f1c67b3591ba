/** What the function `site` does. */
import type { siteRoutes } from '../../shared/contract/site.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import type { ServeOptions } from '../../shared/http/serve.ts';
import { problemPage } from '../../web/problemPage.ts';
import { explainProblem } from './explainProblem.ts';
import { answerUnknown } from './fallback.ts';
import { readFeed } from './readFeed.ts';
import { readOpenapi } from './readOpenapi.ts';
import { showDisclosurePage } from './showDisclosurePage.ts';
import { showHomePage } from './showHomePage.ts';
import { showInspectionPage } from './showInspectionPage.ts';
import { showRegisterPage } from './showRegisterPage.ts';
import { showResolutionPage } from './showResolutionPage.ts';
import { showVerifyPage } from './showVerifyPage.ts';

export const siteOperations: Implementation<typeof siteRoutes> = {
  explainProblem,
  readFeed,
  readOpenapi,
  showDisclosurePage,
  showHomePage,
  showInspectionPage,
  showRegisterPage,
  showResolutionPage,
  showVerifyPage,
};

export const siteOptions: ServeOptions = { problemPage, fallback: answerUnknown };
