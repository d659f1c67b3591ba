/** The Lambda function `log`. */
import { awsPublishedLog } from '../../shared/adapters/awsPublishedLog.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { logOperations } from './operations.ts';

export const handler = serve(logOperations, { ...awsServices(), publishedLog: awsPublishedLog() });
