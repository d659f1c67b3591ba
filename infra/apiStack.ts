/** The HTTP API of the contract: its routes, who may pass the gateway, and the functions that answer. */
import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { contract, type FunctionName, operations } from '../shared/contract/routes.ts';
import { type ResourceFunctionProps, resourceFunction } from './resourceFunction.ts';

export interface ApiStackProps extends StackProps, ResourceFunctionProps {}

export class ApiStack extends Stack {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    this.api = new HttpApi(this, 'Api', { apiName: 'minutebook', createDefaultStage: false });
    const integrations = Object.fromEntries(
      Object.keys(contract).map(name => {
        const answering = resourceFunction(this, name as FunctionName, props);
        // One permission for each function: one for each route would be more resources than a stack may have.
        return [name, new HttpLambdaIntegration(`${name}Integration`, answering, { scopePermissionToRoute: false })];
      }),
    ) as Record<FunctionName, HttpLambdaIntegration>;

    const authorizer = new HttpUserPoolAuthorizer('SignedIn', props.identity.userPool, {
      userPoolClients: [props.identity.client],
    });
    for (const { functionName, id: operationId, route, isPublic } of operations) {
      for (const method of route.method === 'GET' ? [HttpMethod.GET, HttpMethod.HEAD] : [HttpMethod[route.method]]) {
        const added = new HttpRoute(this, `${operationId}${method}`, {
          httpApi: this.api,
          routeKey: HttpRouteKey.with(route.path, method),
          integration: integrations[functionName],
          ...(isPublic ? {} : { authorizer }),
        });
        if (isPublic)
          acknowledgeOpen(
            added,
            `${operationId} is for the public by the contract; a token that is sent is verified by the function.`,
          );
      }
    }
    const unknown = new HttpRoute(this, 'Unknown', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: integrations.site,
    });
    acknowledgeOpen(
      unknown,
      'Answers addresses that are not in the contract with 404 or 405, and the preflight of browsers; it reads nothing.',
    );

    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // Far above what one organisation is asked, and a bound to what a flood can cost.
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH }),
        ),
        format: accessLogFormat,
      },
    });
    new CfnOutput(this, 'Address', { value: this.api.apiEndpoint });
  }
}

/** Who reads the public record is nobody's business: no address, no browser, no path with what was looked at. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    at: '$context.requestTime',
    requestId: '$context.requestId',
    route: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    functionMilliseconds: '$context.integrationLatency',
    error: '$context.error.message',
    functionError: '$context.integrationErrorMessage',
    signInError: '$context.authorizer.error',
  }),
);

const acknowledgeOpen = (route: HttpRoute, reason: string) =>
  Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
