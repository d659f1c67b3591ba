/** The Lambda function `inspection`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { inspectionOperations } from './operations.ts';

export const handler = serve(inspectionOperations, awsServices());
