/** What the function `bodies` does. */
import type { bodiesRoutes } from '../../shared/contract/bodies.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { createBody } from './createBody.ts';
import { getBody } from './getBody.ts';
import { listBodies } from './listBodies.ts';
import { updateBody } from './updateBody.ts';

export const bodiesOperations: Implementation<typeof bodiesRoutes> = { createBody, getBody, listBodies, updateBody };
