/** The Lambda function `support`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { supportOperations } from './operations.ts';

export const handler = serve(supportOperations, awsServices());
