/** The Lambda function `returns`. */
import { awsBlobs } from '../../shared/adapters/awsBlobs.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { returnsOperations } from './operations.ts';

export const handler = serve(returnsOperations, awsServices(awsBlobs()));
