/** The Lambda function `site`; it also answers every address that is not in the contract. */
import { awsServices, besideTheBundle } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { answerUnknown } from './fallback.ts';
import { siteOperations, siteOptions } from './operations.ts';
import { scriptAt } from './scripts.ts';

export const handler = serve(siteOperations, awsServices(), {
  ...siteOptions,
  fallback: (event, services) => scriptAt(event, besideTheBundle) ?? answerUnknown(event, services),
});
