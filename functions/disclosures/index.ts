/** The Lambda function `disclosures`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { disclosuresOperations } from './operations.ts';

export const handler = serve(disclosuresOperations, awsServices());
