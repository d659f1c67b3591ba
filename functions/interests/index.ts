/** The Lambda function `interests`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { interestsOperations } from './operations.ts';

export const handler = serve(interestsOperations, awsServices());
