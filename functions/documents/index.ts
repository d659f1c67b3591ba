/** The Lambda function `documents`. */
import { awsBlobs } from '../../shared/adapters/awsBlobs.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { documentsOperations } from './operations.ts';

export const handler = serve(documentsOperations, awsServices(awsBlobs()));
