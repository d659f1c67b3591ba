/** Starts a function by the clock, with a role that may do nothing else. */
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { BookFunction } from './bookFunction.ts';

/** @param scheduleExpression such as `rate(1 hour)`. @param input what the function is told. */
export function startByTheClock(
  scope: Construct,
  name: string,
  { handler }: BookFunction,
  scheduleExpression: string,
  input: object = {},
): void {
  const role = new Role(scope, `${name}ClockRole`, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
  const actions = ['lambda:InvokeFunction'];
  role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [handler.functionArn] }));
  new CfnSchedule(scope, `${name}Clock`, {
    scheduleExpression,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: handler.functionArn,
      roleArn: role.roleArn,
      input: JSON.stringify(input),
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 600 },
    },
  });
}
