/** The Lambda function `witness`: cosigns the checkpoints of the logs in `WITNESS_POLICY`, the text of a tlog-policy file. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { setting } from '../../shared/adapters/awsServices.ts';
import { awsWitness } from '../../shared/adapters/awsWitness.ts';
import { readPolicy } from '../../shared/core/log/policy.ts';
import { answer } from './answer.ts';
import { logsOf } from './services.ts';

const services = { ...awsWitness(), logs: logsOf(readPolicy(setting('WITNESS_POLICY'))) };

export async function handler({
  requestContext,
  rawPath: path,
  body = '',
  isBase64Encoded,
}: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = requestContext.http;
  const reply = await answer({ method, path, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }, services);
  return { statusCode: reply.status, headers: { ...reply.headers }, body: method === 'HEAD' ? '' : reply.body };
}
