import { deepEqual, match } from 'node:assert/strict';
import { join } from 'node:path';
import { check } from '#check/check.js';
import { joined } from '#check/share.js';
import { readTexts } from '../../src/session/manifests.js';
import { judgeShare } from '../../src/session/shard.js';
import { against, azureGiven } from '../check/gate.js';
import { folders, judged, said } from './desk.js';

const key = '  K: {Type: "AWS::KMS::Key", Properties: {EnableKeyRotation: true}}\n';
const queue = (imported: string): string =>
  `Resources:\n  Q: {Type: "AWS::SQS::Queue", Properties: {KmsMasterKeyId: ${imported}}}\n`;
const exporting = (value: string, more = '', name = 'net-Key'): string =>
  `${more}Resources:\n${key}  R: {Type: "AWS::IAM::Role", Properties: {AssumeRolePolicyDocument: {}}}\nOutputs: {Key: {Value: ${value}, Export: {Name: ${name}}}}\n`;
const importing = queue('!ImportValue net-Key');

describe('what a stack imports from another of the run', () => {
  const folder = folders();
  const verdicts = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    const found = await judged(folder(files));
    return found.findings
      .filter(({ requirement, resource }) => requirement === 'messaging-kms' && resource === 'Q')
      .map(({ verdict, reason }) => (verdict === 'pass' ? verdict : `${verdict}: ${reason}`));
  };

  it('is what that one exports, whichever is read first', async () => {
    deepEqual(await verdicts({ 'a.yaml': exporting('!GetAtt K.Arn'), 'b.yaml': importing }), ['pass']);
    deepEqual(await verdicts({ 'b.yaml': exporting('!GetAtt K.Arn'), 'a.yaml': importing }), ['pass']);
    deepEqual(await verdicts({ 'a.yaml': exporting('alias/agency'), 'b.yaml': importing }), ['pass']);
    deepEqual(
      await verdicts({
        'a.yaml': exporting('!Ref K', '', '!Sub "${AWS::Partition}-Key"'),
        'b.yaml': queue('!ImportValue aws-us-gov-Key'),
      }),
      ['pass'],
    );
  });

  it('fails where that is nothing good', async () => {
    const [other] = await verdicts({ 'a.yaml': exporting('!GetAtt R.Arn'), 'b.yaml': importing });
    match(
      other ?? '',
      /^fail: KmsMasterKeyId is .*a\.yaml#R\.Arn, a AWS::IAM::Role; must name a customer-managed KMS key$/,
    );
    const [managed] = await verdicts({ 'a.yaml': exporting('alias/aws/sqs'), 'b.yaml': importing });
    match(managed ?? '', /^fail: .*a key AWS manages/);
  });

  it('is no resource of its own stack that is called the same', async () => {
    const own = importing.replace(
      'Resources:\n',
      'Resources:\n  R: {Type: "AWS::KMS::Key", Properties: {EnableKeyRotation: true}}\n',
    );
    const [found] = await verdicts({ 'a.yaml': exporting('!GetAtt R.Arn'), 'b.yaml': own });
    match(found ?? '', /^fail: /);
  });

  it('is unknown where it depends on a choice of the other stack', async () => {
    const parameter = 'Parameters: {P: {Type: String, Default: alias/agency}}\n';
    const condition = 'Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n';
    for (const text of [
      exporting('!Ref P', parameter),
      exporting('!If [C, !GetAtt K.Arn, alias/aws/sqs]', condition),
      exporting('!GetAtt K.Arn', 'Transform: Own\n'),
    ])
      deepEqual(await verdicts({ 'a.yaml': text, 'b.yaml': importing }), [
        'unknown: KmsMasterKeyId is not known before deployment: it depends on the import net-Key',
      ]);
  });

  it('is followed through the regions, which are the same for both', async () => {
    const condition = 'Conditions: {C: !Equals [!Ref AWS::Region, us-gov-west-1]}\n';
    const either = (other: string) => ({
      'a.yaml': exporting(`!If [C, !GetAtt K.Arn, ${other}]`, condition),
      'b.yaml': importing,
    });
    deepEqual(await verdicts(either('alias/agency')), ['pass']);
    const [managed] = await verdicts(either('alias/aws/sqs'));
    match(managed ?? '', /^fail: .*a key AWS manages/);
  });

  it('is known in part where an open part stands in a text', async () => {
    const arn = (key: string, more = ''): string =>
      exporting(`!Sub "arn:aws-us-gov:kms:\${AWS::Region}:\${AWS::AccountId}:${key}"`, more);
    const given = 'Parameters: {P: {Type: String, Default: agency}}\n';
    deepEqual(await verdicts({ 'a.yaml': arn('key/${K}'), 'b.yaml': importing }), ['pass']);
    deepEqual(await verdicts({ 'a.yaml': arn('key/x-${P}', given), 'b.yaml': importing }), ['pass']);
    const [managed] = await verdicts({ 'a.yaml': arn('alias/aws/${P}', given), 'b.yaml': importing });
    match(managed ?? '', /^fail: .*a key AWS manages/);
    // What settles it is no parameter of this template that is called the same.
    const [open] = await verdicts({
      'a.yaml': exporting('!Sub "alias/${P}"', given),
      'b.yaml': `Parameters: {P: {Type: String, AllowedValues: [agency]}}\n${importing}`,
    });
    match(open ?? '', /^unknown: .*depends on parameter P of .*a\.yaml$/);
  });

  it('is unknown where nobody exports it, or several do', async () => {
    const open = ['unknown: KmsMasterKeyId is not known before deployment: it depends on the import net-Key'];
    deepEqual(await verdicts({ 'b.yaml': importing }), open);
    deepEqual(await verdicts({ 'a.yaml': exporting('!GetAtt K.Arn', '', 'other'), 'b.yaml': importing }), open);
    const twice = { 'a.yaml': exporting('!GetAtt K.Arn'), 'c.yaml': exporting('!GetAtt K.Arn') };
    deepEqual(await verdicts({ ...twice, 'b.yaml': importing }), open);
    // A stack does not import what it exports itself.
    deepEqual(
      await verdicts({ 'b.yaml': `${importing}Outputs: {K: {Value: alias/agency, Export: {Name: net-Key}}}\n` }),
      open,
    );
  });

  it('ends where stacks import from each other, however often', async () => {
    const twist = (own: string, other: string): string =>
      `${importing}Outputs: {O: {Value: !Join ['', [!ImportValue ${other}, !ImportValue ${other}]], Export: {Name: ${own}}}}\n`;
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `c${at}.yaml`,
        twist(at === 0 ? 'net-Key' : `n${at}`, `n${(at + 1) % 40}`),
      ]),
    );
    const found = await verdicts(chain);
    deepEqual(found.length, 40);
    for (const each of found) match(each, /^unknown: /);
  });

  it('is from a stack of the same place only', async () => {
    const placed = (region: string, files: Readonly<Record<string, string>>) => ({
      [`${region}/manifest.json`]: JSON.stringify({
        version: '36.0.0',
        artifacts: Object.fromEntries(
          Object.keys(files).map((name) => [
            name,
            {
              type: 'aws:cloudformation:stack',
              environment: `aws://123456789012/${region}`,
              properties: { templateFile: name },
            },
          ]),
        ),
      }),
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${region}/${name}`, text])),
    });
    const exporter = { 'a.template.yaml': exporting('!GetAtt K.Arn') };
    const importer = { 'b.template.yaml': importing };
    deepEqual(await verdicts(placed('us-gov-west-1', { ...exporter, ...importer })), ['pass']);
    const [apart] = await verdicts({ ...placed('us-gov-west-1', exporter), ...placed('us-gov-east-1', importer) });
    match(apart ?? '', /^unknown: /);
  });

  it('is known to each share of a run, and where texts are in hand', async () => {
    const root = folder({
      'a.yaml': exporting('!GetAtt K.Arn'),
      'b.yaml': importing,
      'c.yaml': importing.replace('Q:', 'Q2:'),
    });
    const shares = await Promise.all(
      [1, 2, 3].map((shard) =>
        judgeShare([root], { baseline: 'fedramp-rev5-moderate' } as never, '1', { shard, of: 3 }),
      ),
    );
    const found = joined(shares.map(({ part }) => part)).filter(({ requirement }) => requirement === 'messaging-kms');
    deepEqual(
      found.map(({ resource, verdict }) => `${resource} ${verdict}`),
      ['Q pass', 'Q2 pass'],
    );
    const texts = [
      { path: 'b.yaml', text: importing },
      { path: 'a.yaml', text: exporting('!GetAtt K.Arn') },
    ];
    const read = await readTexts(texts, { ...against.boundary, azure: azureGiven, parameters: {} });
    deepEqual(said({ read, findings: check(read.manifests, against), rows: [] }, 'messaging-kms'), ['Q pass']);
  });

  const denial = (resources: string, effect = 'Deny'): string =>
    `PolicyDocument: {Statement: [{Effect: ${effect}, Principal: "*", Action: "s3:*", Resource: ${resources}, Condition: {Bool: {"aws:SecureTransport": "false"}}}]}`;
  const policyOf = (bucket: string, document: string, more = ''): string =>
    `Resources:\n  P: {Type: "AWS::S3::BucketPolicy", ${more}Properties: {Bucket: ${bucket}, ${document}}}\n`;
  const bucketOf = (properties = '', name = 'logs'): string =>
    `Resources:\n  B: {Type: "AWS::S3::Bucket", Properties: {${properties}}}\nOutputs: {B: {Value: !Ref B, Export: {Name: ${name}}}}\n`;
  const imported = '!ImportValue logs';
  const both =
    '[!Sub ["arn:aws-us-gov:s3:::${B}", {B: !ImportValue logs}], !Sub ["arn:aws-us-gov:s3:::${B}/*", {B: !ImportValue logs}]]';
  const literally = '["arn:aws-us-gov:s3:::agency-logs", "arn:aws-us-gov:s3:::agency-logs/*"]';
  const tlsOnly = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    const found = await judged(folder(files));
    return found.findings
      .filter(({ requirement, resource }) => requirement === 's3-tls-only' && resource === 'B')
      .map(({ verdict, reason, branch = '' }) => (verdict === 'pass' ? verdict : `${verdict}: ${reason} ${branch}`));
  };

  it('has the policy another template of the run gives it', async () => {
    const whole = policyOf(imported, denial(both));
    deepEqual(await tlsOnly({ 'a.yaml': bucketOf(), 'b.yaml': whole }), ['pass']);
    deepEqual(await tlsOnly({ 'z.yaml': bucketOf(), 'b.yaml': whole }), ['pass']);
    const named = policyOf('agency-logs', denial(literally));
    deepEqual(await tlsOnly({ 'a.yaml': bucketOf('BucketName: agency-logs'), 'b.yaml': named }), ['pass']);
    // Conditions of two templates are two, whatever they are called.
    const condition = 'Conditions: {C: !Equals [!Ref "AWS::Region", us-gov-west-1]}\n';
    const once = `Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n${policyOf(imported, denial(both), 'Condition: C, ')}`;
    const made = condition + bucketOf().replace('Properties: {', 'Condition: C, Properties: {');
    const [sometimes] = await tlsOnly({ 'a.yaml': made, 'b.yaml': once });
    match(sometimes ?? '', /^fail: .* when .*parameter P of .*b\.yaml is another value$/);
  });

  it('fails where that says too little, where it is of another bucket, and where there is none', async () => {
    const [little] = await tlsOnly({ 'a.yaml': bucketOf(), 'b.yaml': policyOf(imported, denial(both, 'Allow')) });
    match(
      little ?? '',
      /^fail: has AWS::S3::BucketPolicy P of .*b\.yaml, whose PolicyDocument does not deny everybody/,
    );
    const none = /^fail: has no AWS::S3::BucketPolicy that refers to it by Bucket/;
    const alone = async (files: Readonly<Record<string, string>>): Promise<void> => {
      const [found] = await tlsOnly(files);
      match(found ?? '', none);
    };
    await alone({ 'a.yaml': bucketOf(), 'b.yaml': policyOf('!ImportValue other', denial(both)) });
    await alone({ 'a.yaml': bucketOf('', 'other'), 'b.yaml': policyOf(imported, denial(both)) });
    const named = policyOf('agency-logs', denial(literally));
    await alone({ 'a.yaml': bucketOf('BucketName: agency-data'), 'b.yaml': named });
    await alone({
      'a.yaml': bucketOf(),
      'b.yaml': `Parameters: {P: {Type: String}}\n${policyOf('!Ref P', denial('"*"'))}`,
    });
    // Another state of the same template says nothing of this one.
    const later = named.replace(
      'Resources:\n',
      'Resources:\n  Logs: {Type: "AWS::S3::Bucket", Properties: {BucketName: agency-logs}}\n',
    );
    await alone({ 'a.yaml': bucketOf('BucketName: agency-logs'), 'b.yaml': later });
  });

  it('points at nothing beside it', async () => {
    const bucket = (name: string) => `  ${name}: {Type: "AWS::S3::Bucket"}\n`;
    const policy =
      '  P: {Type: "AWS::S3::BucketPolicy", Properties: {Bucket: !ImportValue logs, PolicyDocument: {Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}]}}}\n';
    const found = await judged(
      folder({
        'a.yaml': `Resources:\n${bucket('B')}Outputs: {B: {Value: !Ref B, Export: {Name: logs}}}\n`,
        'b.yaml': `Resources:\n${bucket('B')}${policy}`,
      }),
    );
    const ofB = found.findings.filter(
      ({ requirement, position }) => requirement === 's3-tls-only' && position?.file.endsWith(join('b.yaml')),
    );
    deepEqual(
      ofB.filter(({ type }) => type === 'AWS::S3::Bucket').map(({ verdict }) => verdict),
      ['fail'],
    );
  });
});
