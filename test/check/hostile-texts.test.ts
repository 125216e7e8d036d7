import { ok } from 'node:assert/strict';
import { judge } from './gate.js';

const template = (value: string, joined = value): string =>
  JSON.stringify({
    Parameters: { P: { Type: 'String' } },
    Resources: {
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { A: { 'Fn::Join': ['', [joined, { Ref: 'P' }, '}']] } } } },
      },
    },
    Outputs: { X: { Value: { 'Fn::Sub': value } } },
  });
const secret = (text: string): string =>
  `{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: x${text}}}\n`;

/** A policy that allows an action on a thing, where a condition holds. */
const policy = (action: string, resource = '*', condition = 'x'): string =>
  JSON.stringify({
    Resources: {
      R: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [action],
                Resource: [resource],
                Condition: { StringEquals: { 'aws:x': condition } },
              },
            ],
          },
        },
      },
      K: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: [action], Resource: '*' }] },
        },
      },
      B: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'a',
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: [resource],
                Condition: { Bool: { 'aws:SecureTransport': false } },
              },
            ],
          },
        },
      },
    },
  });
const pod = (image: string, limit = '1', value = 'a'): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {
      containers: [
        { name: 'c', image, resources: { limits: { memory: limit } }, env: [{ name: 'A', value }], args: [value] },
      ],
    },
  });
/** Twenty containers that are started by a shell. */
const script = (text: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {
      containers: Array.from({ length: 20 }, (_, index) => ({
        name: `c${index}`,
        image: 'a',
        command: ['sh', '-c', `vllm serve m ${text}`],
      })),
    },
  });

/** A server behind nginx, with a configuration and one more file beside it. */
const nginx = (configuration: string, name = 'b.conf'): string =>
  `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'n' },
    spec: {
      containers: [
        { name: 'c', image: 'vllm/vllm-openai', args: ['--host=127.0.0.1'] },
        { name: 'proxy', image: 'nginx', volumeMounts: [{ name: 'v', mountPath: '/etc/nginx' }] },
      ],
      volumes: [{ name: 'v', configMap: { name: 'm' } }],
    },
  })}\n---\n${JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm', namespace: 'n' },
    data: { 'nginx.conf': configuration, [name]: '' },
  })}`;

/** Texts whose square would take minutes. */
const texts: Readonly<Record<string, string>> = {
  'beginnings of names': template('${'.repeat(100_000)),
  'beginnings of dynamic references': template('{{resolve:'.repeat(20_000)),
  'a dynamic reference of many parts': template('a', `{{resolve:secretsmanager:${':SecretString'.repeat(15_000)}}b`),
  'dashes of a Secret in braces': secret('-'.repeat(200_000)),
  'stars of an action': policy(`${'*'.repeat(200_000)}x`, `${'*'.repeat(200_000)}/`),
  'stars between the letters of an action': policy(`${'*?'.repeat(10)}*Z`),
  'stars between the letters of a service': policy(`s*:${'*?'.repeat(10)}*Z`, `arn:${'*?'.repeat(10)}*Z`),
  'stars between many letters of an action': policy(`${'*s3:'.repeat(40_000)}Z`),
  'beginnings of policy variables': policy('s3:GetObject', '*', '${'.repeat(60_000) + ':'.repeat(80_000)),
  'beginnings of policy variables with a default': policy('s3:GetObject', '*', '${a:,'.repeat(40_000)),
  'stars of a model': policy('bedrock:InvokeModel', `arn:a:${'*'.repeat(200_000)}`),
  'stars and colons of a model': policy('bedrock:InvokeModel', `arn:${'*:'.repeat(100_000)}x`),
  'names in Fn::Sub': JSON.stringify({
    Resources: { R: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::Sub': '${'.repeat(100_000) } } } },
  }),
  'parts of a type': JSON.stringify({
    Resources: { R: { Type: `AWS::S3::Bucket` }, S: { Type: `${'A::'.repeat(60_000)} ` } },
  }),
  'placeholders of an image': pod('$('.repeat(100_000)),
  'braces of an image': pod('{'.repeat(200_000)),
  'ends of an image': pod(`${':'.repeat(100_000)}/:${'@'.repeat(100_000)}\n@`),
  'names of an image': pod('/k8s-device-plugin@'.repeat(10_000)),
  'digits of a quantity': pod('a', `${'0'.repeat(200_000)}x`),
  'assignments in a script': pod('a', '1', `password ${'A=='.repeat(60_000)}(`),
  'options in a script': pod('a', '1', `password ${'--a='.repeat(50_000)}(`),
  'begun substitutions of a script': script('$('.repeat(9_000)),
  'begun variables of a script': script('${A'.repeat(6_000)),
  'begun variables of a quoted word': script(`"${'${A'.repeat(6_000)}"`),
  'operators of a script': script(`a ${'&'.repeat(19_000)}<`),
  'flags of a shell': pod('a', '1', `-${'e'.repeat(200_000)} `).replace('"args":["', '"command":["sh",'.concat('"')),
  'stars of an include of nginx': nginx(`include ${'*a'.repeat(12)}*b;`, 'a'.repeat(200)),
  'blanks of a condition of nginx': nginx(`server { if "(${' '.repeat(90_000)}x" { return 301; } }`),
  'beginnings of a block of nginx': nginx('a{'.repeat(45_000)),
  'actions of a chart': pod('{{if\t'.repeat(40_000)),
};

/** A value put into the same function again and again. */
const inside = (times: number, make: (value: unknown) => unknown): unknown =>
  Array.from({ length: times }).reduce((value) => make(value), 'x"');
const named = (value: unknown): string =>
  JSON.stringify({
    Transform: 'AWS::LanguageExtensions',
    Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: value } } },
  });
const doubled = (spell: (at: number) => string): { name: string; value: string }[] =>
  Array.from({ length: 40 }, (_, at) => ({ name: `A${at + 1}`, value: at === 0 ? 'x' : spell(at) }));

/** Texts that grow by a part, or double, with each step. */
const growing: Readonly<Record<string, string>> = {
  'Base64 of Base64': named(inside(60, (value) => ({ 'Fn::Base64': value }))),
  'a Sub with itself twice': named(inside(30, (value) => ({ 'Fn::Sub': ['${a}${a}', { a: value }] }))),
  'a Join between three': named(inside(40, (value) => ({ 'Fn::Join': [value, ['a', 'b', 'c']] }))),
  'JSON of JSON': named(inside(40, (value) => ({ 'Fn::ToJsonString': { a: value } }))),
  'variables of a container': JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', image: 'a', args: ['$(A40)'], env: doubled((at) => `$(A${at})$(A${at})`) }] },
  }),
  'variables of a shell': script(
    doubled((at) => `$A${at}$A${at}`)
      .map(({ name, value }) => `export ${name}=${value}; `)
      .join(''),
  ),
  'variables of an ARM template': JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    variables: Object.fromEntries(
      doubled((at) => `[concat(variables('A${at}'), variables('A${at}'))]`).map(({ name, value }) => [name, value]),
    ),
    resources: [
      {
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-01-01',
        name: "[variables('A40')]",
        properties: {},
      },
    ],
  }),
};

describe('texts that begin a thing again and again', function () {
  this.timeout(60_000);
  for (const [name, text] of Object.entries(texts)) {
    it(`are read in no time: ${name}`, () => {
      const start = performance.now();
      ok(judge(text));
      const took = performance.now() - start;
      ok(took < 3000, `${Math.round(took)} ms`);
    });
  }
});

describe('texts that are made of themselves', function () {
  this.timeout(60_000);
  for (const [name, text] of Object.entries(growing)) {
    it(`are not followed far: ${name}`, () => {
      const start = performance.now();
      ok(judge(text));
      const took = performance.now() - start;
      ok(took < 2000, `${Math.round(took)} ms`);
    });
  }
});
