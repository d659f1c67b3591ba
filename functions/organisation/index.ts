/** The Lambda function `organisation`. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { organisationOperations } from './operations.ts';

export const handler = serve(organisationOperations, awsServices());
