import assert from 'node:assert/strict';
import { judge, verdictOf } from '../../check/gate.js';
import { readFiles } from './template.js';

const parameters = `Parameters:
  Open: {Type: String}
  Days: {Type: Number}
  Names: {Type: CommaDelimitedList}
  Size: {Type: String, AllowedValues: [small, large]}
`;
const maps = `Mappings:
  Days: {small: {logs: 731}, large: {logs: 400}, short: {logs: 7}}
`;
const conditions = `Conditions:
  IsLarge: !Equals [!Ref Size, large]
  IsOpen: !Equals [!Ref Open, "yes"]
  Always: !Not [!And [!Condition IsLarge, !Equals [!Ref Size, small]]]
  Either: !Or [!Condition IsLarge, !Not [!Condition IsLarge]]
`;
const log = (days: string, more = ''): string =>
  `Transform: AWS::LanguageExtensions\n${parameters}${maps}${conditions}${more}Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: ${days}}}\n`;

/** What an expression in place of a number of days says, which must be at least 400. */
const rows: readonly [days: string, verdict: 'pass' | 'fail' | 'unknown'][] = [
  ['400', 'pass'],
  ['"400"', 'pass'],
  ['!Ref Days', 'unknown'],
  ['!ImportValue days', 'unknown'],
  ['!Select [1, [7, 400]]', 'pass'],
  ['!Select [0, [7, 400]]', 'fail'],
  ['!Select [0, !Ref Names]', 'unknown'],
  ['!Select [1, !Split ["-", "a-731"]]', 'pass'],
  ['!Select [1, !Split ["-", "a-1"]]', 'fail'],
  ['!Join ["", [4, 0, 0]]', 'pass'],
  ['!Join ["", [4]]', 'fail'],
  ['!Sub "40${X}"', 'unknown'],
  ['!Sub ["4${X}", {X: "00"}]', 'pass'],
  ['!If [IsLarge, 400, 731]', 'pass'],
  ['!If [IsLarge, 400, 7]', 'fail'],
  ['!If [IsLarge, 400, !Ref Days]', 'unknown'],
  ['!If [IsLarge, 400, !Ref "AWS::NoValue"]', 'fail'],
  ['!If [Always, 400, 7]', 'pass'],
  ['!If [Either, 400, 7]', 'pass'],
  ['!If [Undefined, 400, 7]', 'fail'],
  ['!If [IsOpen, 400, 7]', 'fail'],
  ['!FindInMap [Days, !Ref Size, logs]', 'pass'],
  ['!FindInMap [Days, !Ref Open, logs]', 'fail'],
  ['!FindInMap [Days, !Join ["", [!Select [0, !Ref Names], "ge"]], logs]', 'pass'],
  ['!FindInMap [Days, !Sub "s${Open}", logs]', 'fail'],
  ['!FindInMap [Days, small, !Ref Open]', 'unknown'],
  ['!FindInMap [Days, other, logs]', 'unknown'],
  ['!FindInMap [Days, other, logs, {DefaultValue: 400}]', 'pass'],
  ['!FindInMap [Days, !Sub "${Size}", logs, {DefaultValue: 7}]', 'pass'],
  ['!FindInMap [Days, !Select [0, !Ref Names], logs, {DefaultValue: 400}]', 'fail'],
  ['!FindInMap [!Select [0, !Ref Names], short, logs]', 'fail'],
  ['!FindInMap [!Select [0, !Ref Names], large, logs]', 'pass'],
  ['!FindInMap [!Ref Open, large, logs, {DefaultValue: 7}]', 'fail'],
  ['!FindInMap [!Sub "${Open}", large, logs, {DefaultValue: 400}]', 'pass'],
  ['!Length [1, 2]', 'fail'],
  ['!Length {Ref: Names}', 'unknown'],
  ['"{{resolve:ssm:/days}}"', 'unknown'],
  ['"{{resolve:ssm-secure:/days:1}}"', 'unknown'],
  ['{"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/k"}}}', 'unknown'],
  ['{"Fn::Nonesuch": [400]}', 'unknown'],
  ['!GetAtt L.Arn', 'fail'],
  ['!GetAtt L.Days', 'unknown'],
  ['!Base64 "400"', 'fail'],
  ['[400]', 'fail'],
];

describe('a CloudFormation function in a hardened property', () => {
  for (const [days, verdict] of rows)
    it(`RetentionInDays: ${days} is ${verdict}`, () =>
      assert.equal(verdictOf('log-group-retention', log(days)), verdict));

  it('two lookups with different keys are two choices', () => {
    // Were the keys one choice, both lookups would always agree, and the condition would always hold.
    const text = log('!If [Same, 400, 7]').replace(
      'Conditions:',
      'Conditions:\n  Same: !Equals [!FindInMap [Days, !Ref Open, logs], !FindInMap [Days, !Sub "${Names}", logs]]',
    );
    assert.equal(verdictOf('log-group-retention', text), 'fail');
  });

  it('two long comparisons that differ at their end are two choices', () => {
    const long = 'x'.repeat(200);
    const text = log('!If [A, !If [B, 7, 400], 400]').replace(
      'Conditions:',
      `Conditions:\n  C: !Equals [!ImportValue ${long}1, a]\n  A: !Or [!Equals [!ImportValue ${long}1, a], !Equals [a, b]]\n  B: !Not [!Equals [!ImportValue ${long}2, a]]`,
    );
    assert.equal(verdictOf('log-group-retention', text), 'fail');
  });
});

describe('Rules of a template', () => {
  const ruled = (assertion: string, condition = ''): string =>
    log('!Ref Days', `Rules:\n  R:\n${condition}    Assertions: [{Assert: ${assertion}, AssertDescription: d}]\n`);
  const rules: readonly [assertion: string, verdict: string][] = [
    ['!Contains [[400, 731], !Ref Days]', 'pass'],
    ['!Contains [[30, 731], !Ref Days]', 'fail'],
    ['!And [!Contains [[400, 7], !Ref Days], !Contains [[400, 30], !Ref Days]]', 'pass'],
    ['!Equals [!Ref Days, 545]', 'pass'],
    ['!Not [!Equals [!Ref Days, 7]]', 'unknown'],
    ['!Contains [!Ref Names, !Ref Days]', 'unknown'],
    ['!Or [!Contains [[400], !Ref Days], !Equals [!Ref Open, x]]', 'unknown'],
  ];
  for (const [assertion, verdict] of rules)
    it(`${assertion} leaves ${verdict}`, () =>
      assert.equal(verdictOf('log-group-retention', ruled(assertion)), verdict));

  it('under a condition narrow nothing', () => {
    const text = ruled('!Contains [[400], !Ref Days]', '    RuleCondition: !Equals [!Ref Open, x]\n');
    assert.equal(verdictOf('log-group-retention', text), 'unknown');
  });
});

describe('what NoEcho hides', () => {
  const machine = (script: string, metadata: string): string => `Parameters: {Password: {Type: String, NoEcho: true}}
Resources:
  M:
    Type: AWS::EC2::Instance
    Properties: {UserData: !Base64 {"Fn::Sub": "${script}"}}
    Metadata: {"AWS::CloudFormation::Authentication": {Own: {type: basic, username: u, password: ${metadata}}}}
`;
  const script = 'export DB_PASSWORD=${Password} STACK=${AWS::StackName}';
  const kept = '"{{resolve:secretsmanager:own}}"';

  it('is shown by what it is handed to, also where it is given', () => {
    assert.equal(verdictOf('user-data-no-secrets', machine(script, kept)), 'fail');
    assert.equal(verdictOf('user-data-no-secrets', machine(script, kept), { Password: 'hunter2hunter2' }), 'fail');
    assert.equal(verdictOf('user-data-no-secrets', machine('export STACK=${AWS::StackName}', kept)), 'pass');
  });

  it('is not spelt out in properties nobody may read, also where it is given', () => {
    const database = `Parameters: {Password: {Type: String, NoEcho: true}}
Resources: {D: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref Password}}}
`;
    assert.equal(verdictOf('no-plain-text-passwords', database), 'pass');
    assert.equal(verdictOf('no-plain-text-passwords', database, { Password: 'hunter2hunter2' }), 'pass');
  });

  it('is shown in the Metadata of a resource', () => {
    assert.equal(verdictOf('user-data-no-secrets', machine('true', '!Ref Password')), 'unknown');
    const given = { Password: 'hunter2hunter2' };
    assert.equal(verdictOf('user-data-no-secrets', machine('true', '!Ref Password'), given), 'fail');
    assert.equal(verdictOf('user-data-no-secrets', machine('true', '!Sub "${Password}"'), given), 'fail');
  });
});

describe('policies as texts', () => {
  const role = (document: string): string => `Parameters: {Bucket: {Type: String}}
Resources:
  P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${document}}}
`;
  const allow = (action: string, resource: string): string =>
    `{Version: "2012-10-17", Statement: [{Effect: Allow, Action: ${action}, Resource: ${resource}}]}`;

  it('made by ToJsonString are judged as objects are', () => {
    assert.equal(verdictOf('iam-no-admin', role(`!ToJsonString ${allow('"*"', '"*"')}`)), 'fail');
    assert.equal(
      verdictOf(
        'iam-no-admin',
        role(`!ToJsonString ${allow('"s3:GetObject"', '!Sub "arn:aws-us-gov:s3:::${Bucket}/*"')}`),
      ),
      'pass',
    );
    assert.equal(verdictOf('iam-no-admin', role(`!ToJsonString ${allow('!Ref Bucket', '"*"')}`)), 'unknown');
    // JSON of a text is a text, which is no policy, whatever stands in it.
    const twice = `!ToJsonString {"Fn::ToJsonString": ${allow('"s3:GetObject"', '!Ref Bucket')}}`;
    assert.equal(verdictOf('iam-no-admin', role(twice)), 'fail');
  });
});

describe('what SAM and macros write', () => {
  it('is unknown, with the reason', () => {
    const sam =
      'Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {Runtime: python3.12}}\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Handler: a}}\n';
    const [finding] = (judge(sam) ?? []).filter((each) => each.requirement === 'nested-template-known');
    assert.match(finding?.reason ?? '', /what AWS SAM makes of AWS::Serverless::Function F/);
    const key = (macro: string, on: string) =>
      `Transform: ${macro}\nResources:\n  K: {Type: AWS::KMS::Key, Properties: {${on}}}\n`;
    assert.equal(verdictOf('kms-key-rotation', key('OurMacro', '')), 'unknown');
    assert.equal(verdictOf('nested-template-known', key('OurMacro', 'EnableKeyRotation: true')), 'unknown');
    assert.equal(
      verdictOf('nested-template-known', key('AWS::LanguageExtensions', 'EnableKeyRotation: true')),
      undefined,
    );
  });

  it('is unknown of all that a macro is given because it stands beside the call', () => {
    const verdicts = (macro: string, places: Readonly<Record<string, string>>) =>
      Object.values(places).map((text) =>
        verdictOf('s3-public-access-block', text.replace('CALL', `"Fn::Transform": {Name: ${macro}}`)),
      );
    const on = 'BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true';
    const blocked = `PublicAccessBlockConfiguration: {${on}}`;
    const places = {
      properties: `Resources: {B: {Type: AWS::S3::Bucket, Properties: {CALL, ${blocked}}}}\n`,
      'in a property': `Resources: {B: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {CALL, ${on}}}}}\n`,
      resource: `Resources: {B: {Type: AWS::S3::Bucket, CALL, Properties: {${blocked}}}}\n`,
    };
    assert.deepEqual(verdicts('OurMacro', places), ['unknown', 'unknown', 'unknown']);
    // What is included stands beside what is written.
    assert.deepEqual(verdicts('AWS::Include', places), ['pass', 'pass', 'pass']);
    const conditions = `Conditions: {CALL, C: !Equals [a, a]}\nResources: {B: {Type: AWS::S3::Bucket, Properties: {${blocked}}}}\n`;
    const written = (macro: string) =>
      verdictOf('nested-template-known', conditions.replace('CALL', `"Fn::Transform": {Name: ${macro}}`));
    assert.equal(written('OurMacro'), 'unknown');
    assert.equal(written('AWS::Include'), undefined);
  });

  it('is said once of an application, which is nothing but a nested stack', () => {
    const at =
      '{ApplicationId: "arn:aws-us-gov:serverlessrepo:us-gov-west-1:1:applications/a", SemanticVersion: 1.0.0}';
    const published = `Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {Type: AWS::Serverless::Application, Properties: {Location: ${at}}}\n`;
    const found = (judge(published) ?? []).filter((each) => each.requirement === 'nested-template-known');
    assert.deepEqual(
      found.map(({ reason }) => /Repository|AWS SAM/.exec(reason)?.[0]),
      ['Repository'],
    );
    const files = {
      'main.yaml': published.replace(at, './inner.yaml'),
      'inner.yaml': 'Resources: {K: {Type: AWS::KMS::Key, Properties: {}}}\n',
    };
    const read = readFiles(files);
    assert.deepEqual(
      read.resources.map(({ type }) => type),
      ['AWS::Serverless::Application', 'AWS::KMS::Key'],
    );
  });

  it('is unknown of every type that makes resources of its own', () => {
    for (const type of [
      'My::Storage::Weights::MODULE',
      'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
      'AWSQS::Kubernetes::Helm',
      'AWSQS::Kubernetes::Resource',
    ]) {
      const text = `Resources:\n  X: {Type: "${type}", Properties: {Name: x}}\n`;
      assert.equal(verdictOf('nested-template-known', text), 'unknown', type);
    }
    for (const type of ['AWS::ServiceCatalog::Portfolio', 'My::Storage::Weights', 'Custom::Weights']) {
      const text = `Resources:\n  X: {Type: "${type}", Properties: {Name: x}}\n`;
      assert.equal(verdictOf('nested-template-known', text), undefined, type);
    }
  });
});

describe('a stack set', () => {
  it('passes what its rows say to all of its instances, but for what a group of them overrides', () => {
    const inner =
      '"Parameters: {Days: {Type: Number}}\\nResources: {L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}}"';
    const set = (days: number, group: string) =>
      verdictOf(
        'log-group-retention',
        `Resources:
  S:
    Type: AWS::CloudFormation::StackSet
    Properties:
      TemplateBody: ${inner}
      Parameters: [{ParameterKey: Days, ParameterValue: ${days}}]
      StackInstancesGroup: ${group}
`,
      );
    const group = '{Regions: [us-gov-west-1]}';
    assert.equal(set(731, `[${group}]`), 'pass');
    assert.equal(set(7, `[${group}]`), 'fail');
    const other = '{Regions: [us-gov-east-1], ParameterOverrides: [{ParameterKey: Days, ParameterValue: 7}]}';
    assert.equal(set(731, `[${group}, ${other}]`), 'unknown');
    assert.equal(set(731, '!Ref Groups'), 'unknown');
  });
});

describe('a list of which each item is one of some values', () => {
  it('may have several of them', () => {
    const days = (expression: string, more = '') =>
      verdictOf(
        'log-group-retention',
        `Parameters:
  Days: {Type: CommaDelimitedList, AllowedValues: [400, 731]${more}}
Conditions: {Two: !Equals [!Join ["+", !Ref Days], "731+400"], All: !Equals [!Join ["+", !Ref Days], "400+731"]}
Resources:
  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: ${expression}}}
`,
      );
    assert.equal(days('!Select [0, !Ref Days]'), 'pass');
    assert.equal(days('!If [All, 7, 731]'), 'fail');
    assert.equal(days('!If [Two, 7, 731]', ', Default: "731, 400"'), 'fail');
  });
});
