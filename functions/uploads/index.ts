/** The Lambda function `uploads`. */
import { awsBlobs } from '../../shared/adapters/awsBlobs.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { uploadsOperations } from './operations.ts';

export const handler = serve(uploadsOperations, awsServices(awsBlobs()));
