/** The buckets and the jobs: what protects the bytes of documents, and from whom. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toExamine, uploadHours } from '../../shared/core/archive/uploads.ts';
import { listPartition } from '../../shared/core/records.ts';
import {
  allow,
  allowIn,
  resource,
  resources,
  rightsOf,
  type Statement,
  type Synthesis,
  synthesiseTemplates,
} from './synthesis.ts';

let made: Synthesis;

beforeAll(async () => {
  made = await synthesiseTemplates();
});
afterAll(() => made.remove());

const bucket = (name: string) => resource(made.archive, 'AWS::S3::Bucket', `Buckets${name}`);
const arnOf = (name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(`^Buckets${name}`), 'Arn'] });
const objectsOf = (name: string, pattern = '*') => ({ 'Fn::Join': ['', [arnOf(name), `/${pattern}`]] });

describe('every bucket', () => {
  const names = ['Archive', 'Quarantine', 'AccessLogs'];

  it('is one of three', () => {
    expect(Object.keys(resources(made.archive, 'AWS::S3::Bucket'))).toHaveLength(names.length);
  });

  it.each(names)('%s is encrypted, private, without access lists, and reached over TLS only', name => {
    expect(bucket(name).Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const { PolicyDocument } = resource(made.archive, 'AWS::S3::BucketPolicy', `Buckets${name}Policy`).Properties;
    const { Statement } = PolicyDocument as { Statement: Statement[] };
    expect(Statement).toContainEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [arnOf(name), objectsOf(name)],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    // Nothing is allowed to strangers; S3 itself may deliver logs.
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow') as object[];
    for (const one of allowed) expect(one).toMatchObject({ Principal: { Service: 'logging.s3.amazonaws.com' } });
    expect(allowed).toHaveLength(name === 'AccessLogs' ? 2 : 0);
  });

  it.each(['Archive', 'Quarantine'])('%s tells who asked for what, for 90 days', name => {
    expect(bucket(name).Properties.LoggingConfiguration).toEqual({
      DestinationBucketName: { Ref: expect.stringMatching('^BucketsAccessLogs') },
      LogFilePrefix: `${name.toLowerCase()}/`,
    });
    expect(bucket('AccessLogs').Properties.LifecycleConfiguration).toEqual({
      Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }],
    });
  });
});

describe('the archive', () => {
  it('keeps every version, lets files be locked one by one, and outlives its stack', () => {
    expect(bucket('Archive')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const { Properties } = bucket('Archive');
    expect(Properties).toMatchObject({ ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } });
    expect(Properties.ObjectLockConfiguration).toBeUndefined();
  });

  it('cools what is large and not read, and lets nothing expire but marks without versions', () => {
    expect(bucket('Archive').Properties.LifecycleConfiguration).toEqual({
      Rules: [
        {
          ObjectSizeGreaterThan: 1024 * 1024,
          Status: 'Enabled',
          Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }],
        },
        { ExpiredObjectDeleteMarker: true, Status: 'Enabled' },
      ],
    });
  });
});

describe('quarantine', () => {
  it('forgets what nobody removed, long after its day, and has no versions to keep', () => {
    const { Properties, DeletionPolicy } = bucket('Quarantine');
    expect(Properties.LifecycleConfiguration).toEqual({
      Rules: [{ ExpirationInDays: 7, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Status: 'Enabled' }],
    });
    expect(7 * 24).toBeGreaterThan(uploadHours);
    expect(Properties.VersioningConfiguration).toBeUndefined();
    expect(DeletionPolicy).toBe('Delete');
    expect(JSON.stringify(made.archive.toJSON())).not.toContain('Custom::');
  });
});

describe('the rights of', () => {
  const stream = { 'Fn::ImportValue': expect.stringMatching('Records.*StreamArn') };
  const records = { 'Fn::ImportValue': expect.stringMatching('FnGetAttRecords[^:]*Arn') };
  const expiring = { 'Fn::ImportValue': expect.stringContaining('FnGetAttExpiring') };
  const common = (name: string) => [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
      'Fn::GetAtt': [expect.stringMatching(`^Jobs${name}Log`), 'Arn'],
    }),
    allow(
      [
        'dynamodb:BatchGetItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
      ],
      records,
    ),
  ];
  const traces = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
  const inOrder = (statements: readonly object[]) =>
    statements.map(one => JSON.stringify((one as Statement).Action)).sort();

  it('ingest are to take from quarantine, to put into the archive, and to remove what it put there wrongly', () => {
    const expected = [
      ...common('ingest'),
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], stream),
      allow(['dynamodb:ListStreams', ...traces], '*'),
      allowIn('attempts#*', ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], expiring),
      allow('s3:ListBucket', [arnOf('Archive'), arnOf('Quarantine')]),
      allow(
        [
          's3:DeleteObjectVersion',
          's3:GetObject',
          's3:GetObjectLegalHold',
          's3:GetObjectRetention',
          's3:PutObject',
          's3:PutObjectLegalHold',
          's3:PutObjectRetention',
        ],
        objectsOf('Archive', 'archive/*'),
      ),
      allow(
        ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:GetObjectTagging'],
        objectsOf('Quarantine'),
      ),
    ];
    const rights = rightsOf(made.archive, 'JobsingestRole');
    expect(inOrder(rights)).toEqual(inOrder(expected));
    expect(rights).toEqual(expect.arrayContaining(expected));
  });

  it('custody are to read, protect and remove in the archive, and to clear quarantine', () => {
    const expected = [
      ...common('custody'),
      allow(traces, '*'),
      allow(['s3:ListBucket', 's3:ListBucketVersions'], arnOf('Archive')),
      allow(
        [
          's3:DeleteObjectVersion',
          's3:GetObject',
          's3:GetObjectLegalHold',
          's3:GetObjectRetention',
          's3:PutObjectLegalHold',
          's3:PutObjectRetention',
        ],
        objectsOf('Archive', 'archive/*'),
      ),
      allow(['s3:AbortMultipartUpload', 's3:DeleteObject'], objectsOf('Quarantine')),
    ];
    const rights = rightsOf(made.archive, 'JobscustodyRole');
    expect(inOrder(rights)).toEqual(inOrder(expected));
    expect(rights).toEqual(expect.arrayContaining(expected));
  });

  it('nobody bypass a retention, change a bucket, or reach all of S3', () => {
    const policies = [made.archive, made.decisions, made.api].flatMap(template =>
      Object.values(resources(template, 'AWS::IAM::Policy')),
    );
    const statements = policies.flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
    );
    const actions = statements.flatMap(({ Action }) => Action);
    expect(
      actions.filter(action => /Bypass|\*|BucketObjectLock|BucketVersioning|BucketPolicy|Lifecycle/.test(action)),
    ).toEqual([]);
    for (const { Action, Resource } of statements) {
      if (String(Action).includes('s3:')) expect(Resource).not.toBe('*');
    }
  });

  it('the clocks are to start their function', () => {
    for (const [clock, name] of [
      ['ingest', 'ingest'],
      ['custody', 'custody'],
      ['custodyAsked', 'custody'],
    ] as const) {
      expect(rightsOf(made.archive, `Jobs${clock}ClockRole`)).toEqual([
        allow('lambda:InvokeFunction', { 'Fn::GetAtt': [expect.stringMatching(`^Jobs${name}Function`), 'Arn'] }),
      ]);
    }
  });
});

describe('the jobs', () => {
  const functionOf = (name: string) =>
    resource(made.archive, 'AWS::Lambda::Function', `Jobs${name}Function`).Properties;

  it.each(['ingest', 'custody'])('%s runs as the other functions do, for as long as Lambda lets it', name => {
    expect(functionOf(name)).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Timeout: 900,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringMatching(`^Jobs${name}Log`) } },
      Environment: { Variables: { SCANNED: '1', ARCHIVE_BUCKET: { Ref: expect.any(String) } } },
    });
    expect(resource(made.archive, 'AWS::Logs::LogGroup', `Jobs${name}Log`).Properties.RetentionInDays).toBe(30);
  });

  it('ingest has room for the reader beside it, and cannot take all that the account runs at once', () => {
    const { MemorySize, EphemeralStorage, ReservedConcurrentExecutions } = functionOf('ingest');
    expect({ MemorySize, EphemeralStorage, ReservedConcurrentExecutions }).toEqual({
      MemorySize: 3008,
      EphemeralStorage: { Size: 512 },
      ReservedConcurrentExecutions: 4,
    });
  });

  it('ingest hears of new rows of its list and of nothing else, and no failure holds up the next', () => {
    const { Properties } = resource(made.archive, 'AWS::Lambda::EventSourceMapping', '');
    const [filter] = (Properties.FilterCriteria as { Filters: { Pattern: string }[] }).Filters;
    expect(JSON.parse(filter?.Pattern ?? '')).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { partition: { S: [listPartition(toExamine)] } } },
    });
    expect(Properties).toMatchObject({
      BatchSize: 1,
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: 2,
      MaximumRecordAgeInSeconds: 3600,
      FunctionName: { Ref: expect.stringMatching('^JobsingestFunction') },
    });
  });

  it.each([
    ['ingest', 'ingest', 'rate(15 minutes)', '{}'],
    ['custody', 'custody', 'rate(1 hour)', '{}'],
    // What somebody wants to know now is no part of the change feed, which has two readers already.
    ['custodyAsked', 'custody', 'rate(1 minute)', '{"only":"asked"}'],
  ])('%s starts %s: %s', (clock, name, ScheduleExpression, Input) => {
    expect(resource(made.archive, 'AWS::Scheduler::Schedule', `Jobs${clock}Clock`).Properties).toMatchObject({
      ScheduleExpression,
      Target: { Input, Arn: { 'Fn::GetAtt': [expect.stringMatching(`^Jobs${name}Function`), 'Arn'] } },
    });
  });
});
