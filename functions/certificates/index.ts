/** The Lambda function `certificates`: alone with what prints, so that no other has to load it. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { serve } from '../../shared/http/serve.ts';
import { certificatesOperations } from './operations.ts';

export const handler = serve(certificatesOperations, awsServices());
