/** The API and its functions: exactly the contract, and no right beyond it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type FunctionName, operations } from '../../shared/contract/routes.ts';
import { allowed } from '../../shared/core/authorisation.ts';
import { stillSeconds } from '../../shared/core/disclosures.ts';
import {
  allow,
  allowIn,
  context,
  resource,
  resources,
  rightsOf,
  root,
  type Synthesis,
  synthesiseTemplates,
} from './synthesis.ts';

const functions = Object.keys(contract) as FunctionName[];
let made: Synthesis;

beforeAll(async () => {
  made = await synthesiseTemplates();
});
afterAll(() => made.remove());

const functionOf = (name: string) => resource(made.api, 'AWS::Lambda::Function', `${name}Function`);
const on = (value: string) => ({ 'Fn::ImportValue': expect.stringContaining(value) });
const objectsOn = (value: string, pattern: string) => ({ 'Fn::Join': ['', [on(value), `/${pattern}`]] });
/**
 * Nobody gets a file through a function: `documents` signs links, `uploads` grants, and the bytes go past both. `returns` reads what was
 * filed and puts public copies there.
 */
const inArchive: Partial<Record<string, object[]>> = {
  documents: [allow('s3:GetObject', objectsOn('FnGetAttBucketsArchive', 'archive/*'))],
  uploads: [
    allow('s3:ListBucket', on('FnGetAttBucketsQuarantine')),
    allow(['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], objectsOn('FnGetAttBucketsQuarantine', '*')),
  ],
  returns: [
    allow('s3:ListBucket', on('FnGetAttBucketsArchive')),
    allow(
      [
        's3:GetObject',
        's3:GetObjectLegalHold',
        's3:GetObjectRetention',
        's3:PutObject',
        's3:PutObjectLegalHold',
        's3:PutObjectRetention',
      ],
      objectsOn('FnGetAttBucketsArchive', 'archive/*'),
    ),
  ],
};
/** Who answers requests knows what everybody may read of the log; the first page tells how large it is, and asks its table for that. */
const inLog: Partial<Record<string, object[]>> = {
  log: [allow('s3:ListBucket', on('FnGetAttBucket')), allow('s3:GetObject', objectsOn('FnGetAttBucket', 'log/*'))],
  site: [allowIn(['log', 'entries#*'], 'dynamodb:GetItem', on('FnGetAttLog'))],
};
const isCommand = (name: string) =>
  operations.some(({ functionName, route }) => functionName === name && route.command !== undefined);

describe('the routes', () => {
  it('are those of the contract, each GET as HEAD too, and one for everything else', () => {
    const routes = Object.values(resources(made.api, 'AWS::ApiGatewayV2::Route'));
    const declared = operations.flatMap(({ route: { method, path } }) =>
      method === 'GET' ? [`GET ${path}`, `HEAD ${path}`] : [`${method} ${path}`],
    );
    expect(routes.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([...declared, '$default'].sort());
  });

  it('let nobody without a token through to what is not public, and everybody to what is', () => {
    const byKey = new Map(
      Object.values(resources(made.api, 'AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
        Properties.RouteKey,
        Properties,
      ]),
    );
    const [authorizer] = Object.keys(resources(made.api, 'AWS::ApiGatewayV2::Authorizer'));
    for (const { id, route } of operations) {
      const isPublic = (allowed[id] as readonly string[]).includes('public');
      for (const method of route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]) {
        const { AuthorizationType, AuthorizerId } = byKey.get(`${method} ${route.path}`) ?? {};
        expect({ id, AuthorizationType, AuthorizerId }).toEqual(
          isPublic
            ? { id, AuthorizationType: 'NONE', AuthorizerId: undefined }
            : { id, AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizer } },
        );
      }
    }
    expect(byKey.get('$default')).toMatchObject({ AuthorizationType: 'NONE' });
  });

  it('lead to the function of their resource, as events of version 2.0', () => {
    const integrations = resources(made.api, 'AWS::ApiGatewayV2::Integration');
    for (const { Properties } of Object.values(integrations)) expect(Properties.PayloadFormatVersion).toBe('2.0');
    const routes = Object.values(resources(made.api, 'AWS::ApiGatewayV2::Route'));
    for (const { functionName, route } of operations) {
      const { Properties } = routes.find(one => one.Properties.RouteKey === `${route.method} ${route.path}`) ?? {};
      const target = JSON.stringify(Properties?.Target);
      const [, integration] = Object.entries(integrations).find(([id]) => target.includes(id)) ?? [];
      expect(JSON.stringify(integration?.Properties.IntegrationUri)).toContain(`"${functionName}Function`);
    }
  });

  it('trust the tokens of the user pool only, as the functions do', () => {
    const { JwtConfiguration } = resource(made.api, 'AWS::ApiGatewayV2::Authorizer', '').Properties;
    const [pool] = Object.keys(resources(made.identity, 'AWS::Cognito::UserPool'));
    expect(JSON.stringify(JwtConfiguration)).toMatch(new RegExp(`cognito-idp.*ImportValue.*${pool}`));
    for (const name of functions) {
      const { Variables } = functionOf(name).Properties.Environment as { Variables: Record<string, unknown> };
      expect(JSON.stringify(Variables.ISSUER)).toMatch(new RegExp(`^{"Fn::ImportValue":"[^"]*${pool}ProviderURL`));
      expect(Variables.JWKS_URI).toEqual({ 'Fn::Join': ['', [Variables.ISSUER, '/.well-known/jwks.json']] });
    }
  });

  it('are bounded, and logged without anything about who asked', () => {
    const { DefaultRouteSettings, AccessLogSettings } = resource(made.api, 'AWS::ApiGatewayV2::Stage', '').Properties;
    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100 });
    const fields = JSON.stringify(AccessLogSettings).match(/\$context\.[\w.]+/g) ?? [];
    expect(fields).toContain('$context.status');
    expect(fields.filter(field => /identity|sourceIp|userAgent|\.path|claims/.test(field))).toEqual([]);
  });
});

describe('every function', () => {
  it('exists once for each resource of the contract', () => {
    expect(Object.keys(resources(made.api, 'AWS::Lambda::Function'))).toHaveLength(functions.length);
  });

  it.each(functions)('%s runs on arm64 and Node 24, traced, logged for a month, and bounded', name => {
    const { Properties } = functionOf(name);
    expect(Properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringMatching(`^${name}Log`) } },
    });
    expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    expect(Properties.Timeout).toBeLessThan(stillSeconds);
    expect(resource(made.api, 'AWS::Logs::LogGroup', `${name}Log`).Properties.RetentionInDays).toBe(30);
  });

  it.each(functions)('%s may do what its operations do, and nothing else', name => {
    const reads = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
    const writes = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'];
    expect(rightsOf(made.api, `${name}Role`)).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
        'Fn::GetAtt': [expect.stringMatching(`^${name}Log`), 'Arn'],
      }),
      allow(isCommand(name) ? [...reads, ...writes].sort() : reads, on('FnGetAttRecords')),
      ...(isCommand(name)
        ? [allowIn('idempotency#*', ['dynamodb:GetItem', 'dynamodb:PutItem'], on('FnGetAttExpiring'))]
        : []),
      // It puts the keys of secret ballots, and cannot read them.
      ...(name === 'votes' ? [allowIn('ballot-key#*', 'dynamodb:PutItem', on('FnGetAttExpiring'))] : []),
      ...(inArchive[name] ?? []),
      ...(inLog[name] ?? []),
      // X-Ray knows no resources.
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
    ]);
  });

  it.each(functions)('%s knows of the archive only if it works with it', name => {
    const { Variables } = functionOf(name).Properties.Environment as { Variables: Record<string, unknown> };
    const { ARCHIVE_BUCKET, QUARANTINE_BUCKET, FILES_ORIGIN, SCANNED } = Variables;
    expect({ ARCHIVE_BUCKET, QUARANTINE_BUCKET, FILES_ORIGIN, SCANNED }).toEqual(
      name in inArchive
        ? {
            ARCHIVE_BUCKET: on('RefBucketsArchive'),
            QUARANTINE_BUCKET: on('RefBucketsQuarantine'),
            FILES_ORIGIN: { 'Fn::Join': ['', ['https://', on('FilesDistribution')]] },
            SCANNED: '1',
          }
        : {},
    );
  });

  it.each(functions)('%s knows of the log only if it shows it, and of its table only if it tells its size', name => {
    const { Variables } = functionOf(name).Properties.Environment as { Variables: Record<string, unknown> };
    const { LOG_TABLE, LOG_BUCKET, LOG_POLICY, LOG_KEYS } = Variables;
    const known: Record<string, object> = {
      log: { LOG_BUCKET: on('RefBucket'), LOG_POLICY: 'quorum none\n' },
      site: { LOG_TABLE: on('RefLog') },
    };
    expect({ LOG_TABLE, LOG_BUCKET, LOG_POLICY, LOG_KEYS }).toEqual(known[name] ?? {});
  });

  it('is either one that writes or one that only reads, as the contract says', () => {
    expect(functions.filter(isCommand)).toEqual([
      'organisation',
      'bodies',
      'seats',
      'people',
      'disclosures',
      'documents',
      'uploads',
      'archive',
      'resolutions',
      'votes',
      'consents',
      'meetings',
      'interests',
      'obligations',
      'filings',
      'returns',
      'inspection',
      'governance',
      'support',
    ]);
  });
});

describe('synthesis', () => {
  const synth = (script: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_CONTEXT_JSON: JSON.stringify(context),
        CDK_OUTDIR: join(made.folder, 'again'),
        BUNDLES: join(made.folder, 'dist', 'functions'),
      },
    });
  const start = `
    import { App } from 'aws-cdk-lib';
    import { addMinutebook } from './infra/app.ts';
    const app = new App();
    addMinutebook(app, process.env.BUNDLES);`;

  it('has no finding that is not explained, without an account or credentials', () => {
    const { status, stderr } = synth(`${start} app.synth();`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('fails for a finding that nobody explained', () => {
    const { status, stderr } = synth(`${start}
      const { Topic } = await import('aws-cdk-lib/aws-sns');
      new Topic(app.node.findChild('MinutebookApi'), 'Careless');
      app.synth();`);
    expect(stderr).toContain('AwsSolutions-SNS');
    expect(status).not.toBe(0);
  });
});
