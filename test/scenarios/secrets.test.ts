import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { formats } from '#report/formats/index.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { Desk } from './command-line.js';

/** Every value below that stands where a secret does. */
const secret = /hunter\d/;

const template = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  DBPassword:
    Type: String
    Default: hunter1
  AuthToken: {Type: String, NoEcho: true, Default: hunter2}
Conditions:
  Own: !Not [!Equals [!Ref DBPassword, ""]]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref DBPassword
  Conditional:
    Type: AWS::RDS::DBInstance
    Condition: Own
    Properties:
      StorageEncrypted: !If [Own, false, true]
      MasterUserPassword: hunter3
  Cache: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {AuthToken: !Ref AuthToken}}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: '{"password": "hunter4"}'}}
  Host:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          export DB_PASSWORD=hunter5
          curl -u user:hunter6 https://\${AWS::Region}.internal/
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Environment:
            - Name: DB_PASSWORD
              Value: hunter7
  Build:
    Type: AWS::CodeBuild::Project
    Properties: {Environment: {EnvironmentVariables: [{Name: API_KEY, Type: PLAINTEXT, Value: hunter8}]}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          API_KEY: hunter9
          MODEL: m
  Setting:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /app/db-password
      Type: String
      Value: hunter5
  Model: {Type: AWS::SageMaker::Model, Properties: {PrimaryContainer: {Environment: {SOME_TOKEN: hunter0}}}}
`;

const planned = (type: string, after: object, marks: object = {}): object => ({
  address: `${type}.r`,
  mode: 'managed',
  type,
  name: 'r',
  change: { actions: ['create'], after, after_unknown: {}, after_sensitive: marks },
});

const plan = JSON.stringify({
  format_version: '1.2',
  resource_changes: [
    planned('aws_db_instance', { password: 'hunter1' }, { password: true }),
    planned('aws_secretsmanager_secret_version', { secret_string: 'hunter2' }),
    planned('aws_instance', { user_data: 'export DB_PASSWORD=hunter3' }),
    planned('aws_ecs_task_definition', {
      container_definitions: JSON.stringify([{ environment: [{ name: 'DB_PASSWORD', value: 'hunter4' }] }]),
    }),
    planned('aws_lambda_function', { environment: [{ variables: { DB_PASSWORD: 'hunter5' } }] }),
    planned('azurerm_linux_web_app', { app_settings: { DB_PASSWORD: 'hunter6' } }),
  ],
});

describe('secrets that are spelt out', function () {
  this.timeout(180_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());

  before(() => {
    desk.write('template.yaml', template);
    desk.write('plan.json', plan);
  });

  for (const format of formats.keys()) {
    it(`are found, and not quoted as ${format}`, () => {
      const { exit, stdout, stderr } = desk.rampart(['check', 'template.yaml', 'plan.json', '--format', format]);
      assert.equal(exit, 1, stderr);
      assert.match(stdout, /no-plain-text-passwords/);
      assert.doesNotMatch(stdout + stderr, secret);
    });
  }

  it('are each one finding', () => {
    const { stdout } = desk.rampart(['check', 'template.yaml', 'plan.json', '--format', 'json']);
    const { findings } = JSON.parse(stdout) as {
      findings: { requirement: string; resource: string; verdict: string }[];
    };
    const told = findings
      .filter(({ requirement }) =>
        /^(?:no-inline-secrets|no-plain-text-passwords|user-data-no-secrets)$/.test(requirement),
      )
      .map(({ requirement, resource, verdict }) => `${verdict} ${requirement} ${resource}`);
    assert.deepEqual(told.sort(), [
      'fail no-inline-secrets Build',
      'fail no-inline-secrets Function',
      'fail no-inline-secrets Model',
      'fail no-inline-secrets Task',
      'fail no-inline-secrets aws_ecs_task_definition.r',
      'fail no-inline-secrets aws_lambda_function.r',
      'fail no-inline-secrets azurerm_linux_web_app.r',
      'fail no-plain-text-passwords Cache',
      'fail no-plain-text-passwords Conditional',
      'fail no-plain-text-passwords Database',
      'fail no-plain-text-passwords Secret',
      'fail no-plain-text-passwords aws_db_instance.r',
      'fail no-plain-text-passwords aws_secretsmanager_secret_version.r',
      'fail user-data-no-secrets Host',
      'fail user-data-no-secrets aws_instance.r',
    ]);
  });

  it('are none where whoever deploys gives them, whatever is made of them', () => {
    desk.write(
      'given.yaml',
      `Parameters: {P: {Type: String, NoEcho: true}, L: {Type: CommaDelimitedList, NoEcho: true}}
Resources:
  Some: {Type: AWS::ElastiCache::User, Properties: {UserId: u, UserName: u, Passwords: !Ref L}}
  Plain: {Type: AWS::RDS::DBCluster, Properties: {MasterUserPassword: !Ref P}}
  Broker: {Type: AWS::AmazonMQ::Broker, Properties: {Users: [{Username: u, Password: {Fn::ToJsonString: !Ref P}}]}}
Transform: AWS::LanguageExtensions
`,
    );
    desk.write('given.json', '{"P": "hunter2hunter2", "L": "hunter2hunter2,hunter2hunter2hunter2"}');
    const args = ['check', 'given.yaml', '--parameters', 'given.json', '--format', 'json'];
    const { stdout, stderr } = desk.rampart([...args, '--requirement', 'no-plain-text-passwords']);
    const { findings } = JSON.parse(stdout) as { findings: { resource: string; verdict: string }[] };
    const told = findings.map(({ resource, verdict }) => `${verdict} ${resource}`).sort();
    assert.deepEqual(told, ['pass Broker', 'pass Plain', 'pass Some'], stderr);
    assert.doesNotMatch(stdout + stderr, secret);
  });

  it('are not sealed with the template they stand in, unless somebody says that they are none', () => {
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    const create = ['evidence', 'create', 'template.yaml', '--key', 'rampart.key.pem', '--out', 'e.tar'];
    const refused = desk.rampart(create);
    assert.equal(refused.exit, 3, refused.stderr);
    assert.match(
      refused.stderr,
      /template\.yaml line \d+ spells out what [a-z-]+ takes for a secret; nothing was sealed/,
    );
    assert.doesNotMatch(refused.stderr, secret);
    assert.ok(!existsSync(desk.path('e.tar')));
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const { findings } = JSON.parse(desk.rampart(['check', 'template.yaml', '--format', 'json']).stdout);
    for (const { requirement, resource, sensitive, verdict } of findings) {
      if (!sensitive || verdict !== 'fail') continue;
      const what = ['waiver', 'add', requirement, '--resource', resource, '--file', 'template.yaml', '--owner', 'Team'];
      const why = ['--approver', 'ISSO', '--reason', 'Examples, used nowhere', '--ticket', 'T-1', '--expires', soon];
      const added = desk.rampart([...what, ...why]);
      assert.equal(added.exit, 0, added.stderr);
    }
    const made = desk.rampart(create);
    assert.equal(made.exit, 0, made.stderr);
    const members = readUstar(desk.bytes('e.tar')).files.filter(({ path }) => !path.startsWith('inputs/'));
    assert.ok(members.length > 5);
    for (const { path, bytes } of members) assert.doesNotMatch(Buffer.from(bytes).toString('utf8'), secret, path);
  });
});
