import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folders, judged, said } from './desk.js';

const parent = (url: string, parameters = '{}', more = ''): string => `
Parameters:
  Open: {Type: String}
  Given: {Type: Number}
Conditions:
  Never: !Equals [a, b]
  Maybe: !Equals [!Ref Open, yes]
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
  Logs:
    Type: AWS::CloudFormation::Stack
    ${more}
    Properties: {TemplateURL: ${url}, Parameters: ${parameters}}
`;
const child = `
Parameters:
  KeyArn: {Type: String, Default: ""}
  Days: {Type: Number, Default: 400}
Conditions:
  HasKey: !Not [!Equals [!Ref KeyArn, ""]]
Resources:
  Key: {Type: AWS::S3::Bucket}
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: !Ref Days
      KmsKeyId: !If [HasKey, !Ref KeyArn, !Ref "AWS::NoValue"]
Outputs:
  Bucket: {Value: !Ref Key}
`;

describe('a nested stack with a local template', () => {
  const folder = folders();
  const files = (parameters: string, more = '') => ({
    'main.yaml': parent('nested/logs.yaml', parameters, more),
    'nested/logs.yaml': child,
  });
  const check = async (parameters: string, more = '') => {
    const root = folder(files(parameters, more));
    return judged(root);
  };

  it('is judged with what its parent passes, and shown where it stands', async () => {
    const found = await check('{Days: 30, KeyArn: !GetAtt Key.Arn}');
    assert.deepEqual(said(found, 'log-group-retention'), ['Logs/Log fail']);
    // The parent's key, although the child has something of that name.
    assert.deepEqual(said(found, 'log-group-kms'), ['Logs/Log pass']);
    const position = found.findings.find((each) => each.requirement === 'log-group-retention')?.position;
    assert.match(position?.file ?? '', /nested\/logs\.yaml$/);
    assert.equal(position?.line, 12);
  });

  it('has its defaults where nothing is passed', async () => {
    const found = await check('{}');
    assert.deepEqual(said(found, 'log-group-retention'), ['Logs/Log pass']);
    assert.deepEqual(said(found, 'log-group-kms'), ['Logs/Log fail']);
  });

  it('is unknown where the parent is', async () => {
    assert.deepEqual(said(await check('{Days: !Ref Given}'), 'log-group-retention'), ['Logs/Log unknown']);
    assert.deepEqual(said(await check('!ImportValue all'), 'log-group-retention'), ['Logs/Log unknown']);
    const branches = await check('{Days: !If [Maybe, 400, 7]}');
    assert.deepEqual(said(branches, 'log-group-retention'), ['Logs/Log fail']);
    assert.match(
      branches.findings.find((each) => each.verdict === 'fail' && each.requirement === 'log-group-retention')?.branch ??
        '',
      /Open/,
    );
  });

  it('is not there where the stack is not made', async () => {
    assert.deepEqual(said(await check('{Days: 7}', 'Condition: Never'), 'log-group-retention'), []);
    assert.deepEqual(said(await check('{Days: 7}', 'Condition: Maybe'), 'log-group-retention'), ['Logs/Log fail']);
  });

  it('is judged once, and its row says where', async () => {
    const found = await check('{Days: 400}');
    assert.deepEqual(found.rows, ['main.yaml judged', 'nested/logs.yaml judged']);
    assert.deepEqual(
      found.read.files.map(({ resources }) => resources),
      [2, 2],
    );
    assert.match(found.read.files[1]?.notes[0]?.message ?? '', /judged as nested stack Logs of .*main\.yaml/);
    assert.equal(found.read.manifests.length, 1);
  });

  it('gives its outputs back', async () => {
    const main = `${parent('logs.yaml')}
  Second:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: policy.yaml, Parameters: {Bucket: !GetAtt Logs.Outputs.Bucket, Other: !GetAtt Logs.Outputs.None}}
`;
    const policy = (which: string) => `
Parameters: {Bucket: {Type: String}, Other: {Type: String}}
Resources:
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref ${which}
      PolicyDocument:
        Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}]
`;
    const found = async (which: string) =>
      said(
        await judged(folder({ 'main.yaml': main, 'logs.yaml': child, 'policy.yaml': policy(which) })),
        's3-tls-only',
      );
    assert.deepEqual(await found('Bucket'), ['Logs/Key pass']);
    assert.deepEqual(await found('Other'), ['Logs/Key unknown']);
  });

  it('may stand twice, each with its own parameters', async () => {
    const main = `
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: logs.yaml, Parameters: {Days: 7}}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./logs.yaml, Parameters: {Days: 731}}}
`;
    const found = await judged(folder({ 'main.yaml': main, 'logs.yaml': child }));
    assert.deepEqual(said(found, 'log-group-retention').sort(), ['A/Log fail', 'B/Log pass']);
    assert.equal(found.read.files.length, 2);
  });

  const unread: readonly [what: string, url: string, why: RegExp][] = [
    [
      'far away',
      'https://s3.us-gov-west-1.amazonaws.com/b/logs.yaml',
      /https:\/\/s3\.us-gov-west-1\.amazonaws\.com\/b\/logs\.yaml is not a file here/,
    ],
    [
      'far away, by region',
      '!Sub "https://s3.${AWS::Region}.amazonaws.com/b/${Open}.yaml"',
      /where it is depends|https:\/\/s3\./,
    ],
    ['missing', 'nosuch.yaml', /nosuch\.yaml does not exist/],
    ['outside', '../../../../../../../../../etc/hostname', /is outside of the folder/],
    ['outside by its absolute path', '/etc/hostname', /is an absolute path/],
    ['a folder', 'nested', /is no file/],
    ['of another language', 'nested/pod.yaml', /is no CloudFormation template/],
    ['broken', 'nested/broken.yaml', /broken\.yaml:1:\d+ not readable as YAML/],
    ['itself', 'main.yaml', /main\.yaml nests itself/],
    ['named by a parameter', '!Ref Open', /where it is depends on what is not known here/],
    ['reached by a link that leads out', 'nested/out.yaml', /is outside of the folder/],
    ['with a NUL in its path', '"a\\0b"', /character no path may have/],
  ];
  for (const [what, url, why] of unread) {
    it(`${what} is unknown, and says so`, async () => {
      const root = folder({
        'main.yaml': parent(url),
        'nested/pod.yaml': 'apiVersion: v1\nkind: Service\n',
        'nested/broken.yaml': '{a: [',
      });
      const elsewhere = folder({ 'secret.yaml': child });
      symlinkSync(join(elsewhere, 'secret.yaml'), join(root, 'nested/out.yaml'));
      const found = await judged(root, [join(root, 'main.yaml')]);
      const finding = found.findings.find(
        (each) => each.requirement === 'nested-template-known' && each.verdict === 'unknown',
      );
      assert.match(finding?.reason ?? '', why);
    });
  }

  it('in a circle with its parent ends', async () => {
    const found = await judged(folder({ 'a.yaml': parent('b.yaml'), 'b.yaml': parent('a.yaml') }));
    assert.equal(found.read.manifests.length, 1);
    assert.match(said(found, 'nested-template-known').join(), /unknown/);
  });

  it('that doubles itself on each level ends', async () => {
    const twice = (name: string) => `
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${name}}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${name}}}
`;
    const all = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`t${index}.yaml`, twice(`t${index + 1}.yaml`)]),
    );
    const found = await judged(folder(all), [join(folder(all), 't0.yaml')]);
    assert.match(found.findings.map(({ reason }) => reason).join('\n'), /more than 200 stacks are nested/);
  });
});
