/** The Lambda function of one resource of the contract, with no more rights than its operations use. */
import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type FunctionName, operations } from '../shared/contract/routes.ts';
import type { Tables } from './dataStack.ts';
import type { IdentityStack } from './identityStack.ts';

export interface FunctionProps {
  /** The folder with the functions' bundles. */
  readonly bundles: string;
  readonly tables: Tables;
  readonly identity: IdentityStack;
}

const reads = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
/** A transaction needs the right to each of the things it is made of. */
const writes = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'];

export function resourceFunction(
  scope: Construct,
  name: FunctionName,
  { bundles, tables, identity }: FunctionProps,
): LambdaFunction {
  const hasCommands = operations.some(
    ({ functionName, route }) => functionName === name && route.command !== undefined,
  );
  const logGroup = new LogGroup(scope, `${name}Log`, { retention: RetentionDays.ONE_MONTH });
  // A role of its own: the one that Lambda offers may write every log of the account.
  const role = new Role(scope, `${name}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const allow = (actions: string[], arn: string) =>
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [arn] }));
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  allow(hasCommands ? [...reads, ...writes] : reads, tables.records.tableArn);
  // Idempotency keys: looked up by their key, and written with the change.
  if (hasCommands) allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.expiring.tableArn);

  const created = new LambdaFunction(scope, `${name}Function`, {
    description: `Minutebook: ${name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(join(bundles, name)),
    handler: 'index.handler',
    role,
    // One whole processor. A start is all computing: with half of it, it takes twice as long for the same price.
    memorySize: 1769,
    // Shorter than the time for which a scheduled disclosure stands still before it becomes public.
    timeout: Duration.seconds(15),
    tracing: Tracing.ACTIVE,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: {
      RECORDS_TABLE: tables.records.tableName,
      EXPIRING_TABLE: tables.expiring.tableName,
      ISSUER: identity.issuer,
      JWKS_URI: `${identity.issuer}/.well-known/jwks.json`,
      CLIENT_IDS: identity.client.userPoolClientId,
    },
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Only xray:PutTraceSegments and xray:PutTelemetryRecords: X-Ray has no resources that a policy could name.',
  });
  return created;
}
