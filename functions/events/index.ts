/** The Lambda function `events`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { eventsOperations } from './operations.ts';

export const handler = serve(eventsOperations, awsServices());
