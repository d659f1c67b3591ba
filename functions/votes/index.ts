/** The Lambda function `votes`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { votesOperations } from './operations.ts';

export const handler = serve(votesOperations, awsServices());
