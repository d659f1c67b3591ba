/** The function that cosigns the logs of others, its key, and its addresses beside those of the book. */
import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { bookFunction, type FunctionProps } from './bookFunction.ts';
import { policyText } from './policyText.ts';
import { hasPublicAddress, publicAddress } from './publicAddress.ts';
import { setting } from './settings.ts';
import { signingKey } from './signingKey.ts';

export interface WitnessStackProps extends StackProps, FunctionProps {
  readonly api: HttpApi;
}

/** Nobody is a witness who was not told of what. */
export const isWitness = (scope: Construct) => setting(scope, 'witnessPolicy') !== '';

export class WitnessStack extends Stack {
  /** @throws {Error} a setting of the witness is missing or not right. */
  constructor(scope: Construct, id: string, props: WitnessStackProps) {
    super(scope, id, props);
    const { api, tables } = props;
    const witness = bookFunction(
      this,
      'witness',
      props,
      [
        // What it cosigned last, and nothing of the book nor of its log.
        {
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          on: tables.log.tableArn,
          partitions: ['witness#*'],
        },
      ],
      {
        environment: {
          LOG_TABLE: tables.log.tableName,
          WITNESS_NAME: nameOf(this),
          WITNESS_POLICY: policyText(this, 'witnessPolicy'),
        },
      },
    );
    const key = signingKey(this, 'Key', 'the key of the witness', witness.role);
    witness.handler.addEnvironment('WITNESS_KEY', key.keyArn);
    new CfnOutput(this, 'WitnessKey', { value: key.keyId });

    const integration = new HttpLambdaIntegration('witnessIntegration', witness.handler, {
      scopePermissionToRoute: false,
    });
    for (const [name, path] of [
      ['Introduction', '/witness'],
      ['Requests', '/witness/{proxy+}'],
    ] as const) {
      const route = new HttpRoute(this, name, {
        httpApi: api,
        routeKey: HttpRouteKey.with(path, HttpMethod.ANY),
        integration,
      });
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          'Logs do not sign in: each request carries the signature of a log that the witness was told of, or is refused.',
      });
    }
  }
}

/** @throws {Error} it has none, or one that cannot stand in a cosignature. */
function nameOf(scope: Construct): string {
  const chosen = setting(scope, 'witnessName');
  const name =
    chosen === '' && hasPublicAddress(scope) ? `${new URL(publicAddress(scope, 'The witness')).host}/witness` : chosen;
  if (/^[a-z0-9.-]+(\/[a-z0-9._-]+)*$/.test(name)) return name;
  throw new Error(`The setting witnessName must be a host and a path, such as witness.example.org, not "${name}"`);
}
