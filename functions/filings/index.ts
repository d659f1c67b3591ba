/** The Lambda function `filings`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { filingsOperations } from './operations.ts';

export const handler = serve(filingsOperations, awsServices());
