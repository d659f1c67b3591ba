/** The Lambda function `meetings`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { meetingsOperations } from './operations.ts';

export const handler = serve(meetingsOperations, awsServices());
