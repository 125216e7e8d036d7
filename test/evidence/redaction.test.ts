import assert from 'node:assert/strict';
import { pseudonym, pseudonymizeArns } from '../../src/evidence/pseudonym.js';
import { assertNoSecrets, findSecrets } from '../../src/evidence/redaction.js';
import { seal, utf8 } from './sample.js';

// Made up here, in halves, so that this file holds nothing a scanner of the repository would stop at.
const keyId = `AKIA${'Q3EGRZ7X2LWDN5TB'}`;
const temporaryId = `ASIA${'Q3EGRZ7X2LWDN5TB'}`;
const secret = `wJalrXUtnFEMI/K7MDENG+${'bPxRfiCYzqKLMNOPQR'}`;
const token = `IQoJb3JpZ2lu${'X2VjEPz+/wEaCXVzLWdvdi13ZXN0LTEiRzBFAiEA'.repeat(5)}`;
const plainToken = 'Zm9vYmFyYmF6cXV4'.repeat(8);
const hex = '0123456789abcdef'.repeat(4);
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}.dozjgNryP4J3jVmNHl0w5N`;
const pem = (kind: string): string => `-----BEGIN ${kind}-----`;

const kindsIn = (text: string, path = 'report/index.html', allowed: string[] = []): string[] =>
  findSecrets({ path, bytes: utf8(text) }, allowed).map((hit) => hit.kind);

const hits: [string, string, string][] = [
  ['an access key id', `key: ${keyId}`, 'AWS access key id'],
  ['a temporary access key id in a path', `/tmp/${temporaryId}.json`, 'AWS access key id'],
  ['a secret in a credentials file', `aws_secret_access_key = ${secret}`, 'AWS secret access key'],
  ['a secret in the environment', `AWS_SECRET_ACCESS_KEY=${secret}`, 'AWS secret access key'],
  ['a secret in JSON', `{"SecretAccessKey": "${secret}"}`, 'AWS secret access key'],
  [
    'a secret in escaped JSON',
    `"{\\"SecretAccessKey\\":\\"${secret.replaceAll('/', '\\/')}\\"}"`,
    'AWS secret access key',
  ],
  ['a secret in XML', `<SecretAccessKey>${secret}</SecretAccessKey>`, 'AWS secret access key'],
  [
    'a secret in HTML',
    `&quot;secretAccessKey&quot;:&quot;${secret.replaceAll('/', '&#x2F;')}&quot;`,
    'AWS secret access key',
  ],
  ['a secret as a name and value', `{"Name":"AWS_SECRET_ACCESS_KEY","Value":"${secret}"}`, 'AWS secret access key'],
  ['a session token by its name', `"SessionToken": "${plainToken}"`, 'AWS session token'],
  ['a session token in HTML', `aws_session_token&#x3D;${plainToken}`, 'AWS session token'],
  ['a session token by its form', `x ${token}`, 'AWS session token'],
  ['a security token of a URL', `&X-Amz-Security-Token=${encodeURIComponent(token)}`, 'AWS session token'],
  ['a presigned URL', `https://b.s3.amazonaws.com/k?X-Amz-Signature=${hex}`, 'signature of a presigned URL or request'],
  [
    'a presigned URL in a URL',
    `?u=https%3A%2F%2Fb%3FX-Amz-Signature%3D${hex}`,
    'signature of a presigned URL or request',
  ],
  ['a presigned URL in HTML', `?a=1&amp;X-Amz-Signature&#x3D;${hex}`, 'signature of a presigned URL or request'],
  [
    'an old presigned URL',
    '?Expires=1&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D',
    'signature of a presigned URL or request',
  ],
  [
    'an authorization header',
    `AWS4-HMAC-SHA256 SignedHeaders=host, Signature=${hex}`,
    'signature of a presigned URL or request',
  ],
  ['a JSON web token', `Authorization: Bearer ${jwt}`, 'JSON web token'],
  ['an unsigned JSON web token', jwt.slice(0, jwt.lastIndexOf('.') + 1), 'JSON web token'],
  ['a long-term Bedrock key', `ABSK${'QmVkcm9ja0FQSUtleS1'}${'abcd1234'.repeat(12)}`, 'Bedrock API key'],
  ['a short-term Bedrock key', `bedrock-api-key-${'YmVkcm9jay5hbWF6b25hd3MuY29t'}`, 'Bedrock API key'],
  ...['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'].map(
    (kind): [string, string, string] => [kind, `x: ${pem(kind)}`, 'private key'],
  ),
  ['a PGP key', pem('PGP PRIVATE KEY BLOCK'), 'private key'],
  ['a default of a parameter', `AwsSecretAccessKey:\n  Type: String\n  Default: ${secret}`, 'AWS secret access key'],
  [
    'a default of a parameter in JSON',
    `"AwsSecretAccessKey": {"Type": "String", "NoEcho": true, "Default": "${secret}"}`,
    'AWS secret access key',
  ],
  ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((start): [string, string, string] => [
    `a token of GitHub (${start})`,
    `token: ${start}_${plainToken.slice(0, 36)}`,
    'GitHub token',
  ]),
  ['a fine-grained token of GitHub', `github_pat_${plainToken.slice(0, 40)}`, 'GitHub token'],
  ['a token of GitLab', `glpat-${plainToken.slice(0, 20)}`, 'GitLab token'],
  ['a token of Slack', `xoxb-${plainToken.slice(0, 24)}`, 'Slack token'],
  ['a token of Hugging Face', `hf_${plainToken.slice(0, 34)}`, 'Hugging Face token'],
  ['a key of OpenAI', `sk-proj-${plainToken.slice(0, 40)}`, 'API key of a model service'],
  ['an older key of OpenAI', `sk-${plainToken.slice(0, 48)}`, 'API key of a model service'],
  ['a key of Anthropic', `sk-ant-${plainToken.slice(0, 40)}`, 'API key of a model service'],
  ['a key of NVIDIA', `nvapi-${plainToken.slice(0, 60)}`, 'API key of a model service'],
  ['a key of Google', `key=AIza${plainToken.slice(0, 35)}`, 'Google API key'],
  [
    'a key of Azure storage',
    `AccountName=a;AccountKey=${plainToken.slice(0, 86)}==;EndpointSuffix=x`,
    'key of an Azure connection string',
  ],
  ['a key of a service bus', `SharedAccessKey=${plainToken.slice(0, 43)}=`, 'key of an Azure connection string'],
  ['a token of npm', `//registry/:_authToken=npm_${plainToken.slice(0, 36)}`, 'npm token'],
  ['a key of Stripe', `sk_live_${plainToken.slice(0, 24)}`, 'Stripe key'],
  ['a password in a URL', 'git::https://user:hunter2@host/x.git', 'URL with a password'],
  ['a password in the URL of a database', 'postgres://app:hunter2@db.internal/app', 'URL with a password'],
];

describe('redaction', () => {
  for (const [name, text, kind] of hits) {
    it(`finds ${name}`, () => assert.ok(kindsIn(text).includes(kind), `found ${kindsIn(text)}`));
  }

  const spellings: Readonly<Record<string, readonly string[]>> = {
    '"': ['&quot;', '&#34;', '\\"', '\\u0022', '%22'],
    '=': ['&#61;', '&#x3d;', '&#x3D;', '\\u003d', '%3d', '%3D'],
    '/': ['&#x2f;', '&#47;', '\\/', '\\u002f', '%2F'],
    '+': ['&#43;', '&#x2b;', '\\u002b', '%2B'],
    ':': ['\\u003a', '%3A'],
  };

  it('finds each of them however a character it may be hidden by is spelled, in UTF-16 too', () => {
    for (const [name, text, kind] of hits) {
      for (const [character, spelled] of Object.entries(spellings)) {
        // What is escaped already would be escaped twice.
        if (!text.includes(character) || /[&%\\]/.test(text)) continue;
        for (const each of spelled) {
          const hidden = text.replaceAll(character, each);
          assert.ok(kindsIn(hidden).includes(kind), `${name}: ${hidden}`);
          const bytes = Buffer.from(hidden, 'utf16le');
          const found = findSecrets({ path: 'report/x.html', bytes }).map((hit) => hit.kind);
          assert.ok(found.includes(kind), `${name} in UTF-16`);
        }
      }
    }
  });

  const harmless: string[] = [
    `sha256: ${hex}`,
    'arn:aws-us-gov:iam::123456789012:role/x',
    '123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/vllm@sha256:1',
    'secret-access-key rotation is checked by requirement iam-access-key-rotation',
    'The SessionToken is never kept.',
    'bedrock-api-key-policy-denies-long-term-keys',
    pem('PUBLIC KEY'),
    pem('CERTIFICATE'),
    'eyJust.eyAnother.x',
    'AKIA',
    'AROAQ3EGRZ7X2LWDN5TBX',
    'https://user:${TOKEN}@host/x.git',
    'https://user:<password>@host/',
    'http[s]://[username:passwd@]host[:port]',
    'docker://image:1@sha256:0123456789abcdef',
    'https://host:443/path someone@agency.gov',
    'https://git@host/x.git',
    'scikit-learn-and-many-other-words-in-a-row-of-names',
    'risk-assessment-of-the-model-that-serves-requests',
    'sk-learn',
    'hf_home',
    'AccountKey=',
    `SecretAccessKeyRotation: {Default: ${hex.slice(0, 30)}}`,
  ];
  for (const text of harmless) {
    it(`leaves ${text.slice(0, 50)}`, () => assert.deepEqual(kindsIn(text), []));
  }

  it('reads UTF-16 and binary', () => {
    const wide = Buffer.from(`\ufeffkey ${keyId}`, 'utf16le');
    assert.equal(findSecrets({ path: 'x', bytes: wide })[0]?.kind, 'AWS access key id');
    const binary = Buffer.concat([Buffer.of(0xff, 0xfe, 0x80), Buffer.from(` ${keyId} `), Buffer.of(0x80)]);
    assert.equal(findSecrets({ path: 'x', bytes: binary })[0]?.kind, 'AWS access key id');
  });

  it('names the file and each line, and never the secret', () => {
    const bytes = utf8(`one\ntwo ${keyId}\r\n\nfour ${jwt} ${pem('PRIVATE KEY')}\n`);
    assert.throws(
      () => assertNoSecrets([{ path: 'results/log.txt', bytes }]),
      (error: Error & { problems: { message: string }[] }) => {
        assert.match(error.message, /"results\/log\.txt" line 2 holds what looks like an AWS access key id/);
        assert.deepEqual(
          error.problems.map((problem) => /line \d+/.exec(problem.message)?.[0]),
          ['line 2', 'line 4', 'line 4'],
        );
        assert.doesNotMatch(JSON.stringify(error.problems) + error.message, new RegExp(`${keyId}|${jwt}`));
        return true;
      },
    );
  });

  it('finds a secret in a path, and does not print it', () => {
    const file = { path: `evidence/${keyId}.json`, bytes: utf8('') };
    assert.deepEqual(
      findSecrets(file).map((hit) => hit.line),
      [0],
    );
    assert.throws(
      () => assertNoSecrets([file]),
      (error: Error) => !error.message.includes(keyId),
    );
  });

  it('finds account ids in observations, unless they are allowed', () => {
    const arn = 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1';
    assert.deepEqual(kindsIn(arn, 'evidence/kms.json'), ['account id']);
    assert.deepEqual(kindsIn('arn%3Aaws%3Aiam%3A%3A123456789012%3Aroot', 'evidence/kms.json'), ['account id']);
    assert.deepEqual(kindsIn('{"Account": "123456789012"}', 'evidence/sts.json'), ['account id']);
    assert.deepEqual(kindsIn(arn, 'evidence/kms.json', ['123456789012']), []);
    assert.deepEqual(kindsIn(arn, 'evidence/kms.json', ['999999999999']), ['account id']);
    assert.deepEqual(kindsIn(arn, 'inputs/template.yaml'), []);
    const masked = pseudonymizeArns(arn, Buffer.alloc(32, 7));
    assert.match(masked, /^arn:aws-us-gov:kms:us-gov-west-1:acct-[0-9a-f]{20}:key\/1$/);
    assert.deepEqual(kindsIn(masked, 'evidence/kms.json'), []);
  });

  it('takes time in proportion to hostile text', () => {
    for (const piece of [
      'eyJ',
      'eyJabcdefgh.',
      'ABSK',
      'secretkey=',
      'arn:a',
      '&#x',
      'sessiontoken"',
      'IQoJb3JpZ2lu',
      'secret_key:',
      'Default:',
      '://',
      '://a:',
      '@',
    ]) {
      const time = (size: number): number => {
        const file = { path: 'evidence/x', bytes: utf8(piece.repeat(size / piece.length)) };
        const start = process.hrtime.bigint();
        findSecrets(file);
        return Number(process.hrtime.bigint() - start) / 1e6;
      };
      // Quadratic time over a megabyte would be minutes.
      assert.ok(time(2 ** 20) < 4000, piece);
    }
  });

  it('keeps a bundle with a secret from being sealed, wherever it is', async () => {
    const hit = { code: 'RAMPART_SECRET_IN_BUNDLE' };
    const member = { path: 'report/x.html', bytes: utf8(jwt), mediaType: 'text/html', role: 'report' } as const;
    await assert.rejects(seal({ members: [member] }), hit);
    await assert.rejects(seal({ members: [{ ...member, path: `report/${keyId}`, bytes: utf8('') }] }), hit);
    await assert.rejects(seal({ artifacts: [{ path: `deploy/${keyId}.yaml`, bytes: utf8('') }] }), hit);
    const observed = { ...member, path: 'evidence/x.json', bytes: utf8('arn:aws:iam::123456789012:root') };
    await assert.rejects(seal({ members: [observed] }), hit);
    await assert.doesNotReject(seal({ members: [observed], allowedAccounts: ['123456789012'] }));
    await assert.doesNotReject(seal({ members: [{ ...observed, path: 'inputs/x.json' }] }));
  });
});

describe('pseudonyms', () => {
  const key = Buffer.alloc(32, 1);
  it('are stable under one key and different under another', () => {
    assert.equal(pseudonym('123456789012', key), pseudonym('123456789012', key));
    assert.notEqual(pseudonym('123456789012', key), pseudonym('123456789013', key));
    assert.notEqual(pseudonym('123456789012', key), pseudonym('123456789012', Buffer.alloc(32, 2)));
  });

  it('refuse a short key and what is no account id', () => {
    const bad = { code: 'RAMPART_PSEUDONYM' };
    assert.throws(() => pseudonym('123456789012', Buffer.alloc(31)), bad);
    assert.throws(() => pseudonym('12345678901', key), bad);
    assert.throws(() => pseudonym('123456789012\n', key), bad);
  });

  it('replace ids in ARNs and leave those allowed', () => {
    const text = 'arn:aws:iam::123456789012:root arn:aws:sts::210987654321:x';
    const masked = pseudonymizeArns(text, key, ['210987654321']);
    assert.equal(masked, text.replace('123456789012', pseudonym('123456789012', key)));
  });
});
