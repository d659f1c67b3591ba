/** The Lambda function `people`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { peopleOperations } from './operations.ts';

export const handler = serve(peopleOperations, awsServices());
