/** The Lambda function `obligations`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { obligationsOperations } from './operations.ts';

export const handler = serve(obligationsOperations, awsServices());
