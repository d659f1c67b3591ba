/** The Lambda function `site`; it also answers every address that is not in the contract. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { siteOperations, siteOptions } from './operations.ts';

export const handler = serve(siteOperations, awsServices(), siteOptions);
