/** The description of the API. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { operation } from '../../shared/http/operation.ts';

export const readOpenapi = operation(siteRoutes.readOpenapi, async (_input, { openapi }) => ({ body: openapi() }));
