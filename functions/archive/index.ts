/** The Lambda function `archive`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { archiveOperations } from './operations.ts';

export const handler = serve(archiveOperations, awsServices());
