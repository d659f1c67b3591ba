/** The Lambda function `governance`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { governanceOperations } from './operations.ts';

export const handler = serve(governanceOperations, awsServices());
