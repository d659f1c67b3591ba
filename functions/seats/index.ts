/** The Lambda function `seats`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { seatsOperations } from './operations.ts';

export const handler = serve(seatsOperations, awsServices());
