/** The Lambda function `bodies`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { bodiesOperations } from './operations.ts';

export const handler = serve(bodiesOperations, awsServices());
