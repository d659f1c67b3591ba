/** The Lambda function `consents`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { consentsOperations } from './operations.ts';

export const handler = serve(consentsOperations, awsServices());
