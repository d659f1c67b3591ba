/** The Lambda function `resolutions`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { resolutionsOperations } from './operations.ts';

export const handler = serve(resolutionsOperations, awsServices());
