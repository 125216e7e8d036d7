import assert from 'node:assert/strict';
import { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { humanReport } from '#report/formats/human.js';
import { formats } from '#report/formats/index.js';
import { masked } from '#report/mask.js';
import { judge } from '../check/gate.js';
import { contextOf, reportContext, whole } from './context.js';
import { sample } from './sample-result.js';

const [first] = sample.findings;
assert.ok(first);
const bare = { ...sample, files: [], unusedWaivers: [] };
const said = (findings: Result['findings'], texts: Readonly<Record<string, string>> = {}): string =>
  humanReport(
    { ...bare, findings },
    { ...reportContext, sources: new Map(Object.entries(texts).map(([file, text]) => [file, new Lines(file, text)])) },
  );

describe('the report for people', () => {
  it('says one cause once, however often it is found', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({ ...first, resource: `Logs${at}` }));
    const text = said(many);
    assert.equal(text.split(first.reason).length - 1, 1);
    assert.match(text, /500 resources: /);
    assert.match(text, /… and 495 more/);
    assert.ok(text.split('\n').length < 25);
  });

  it('breaks sentences between words on a screen, and nowhere else', () => {
    const { reason, remediation } = {
      reason: `is ${'long '.repeat(40)}`.trim(),
      remediation: `Do ${'this '.repeat(40)}`.trim(),
    };
    const result = { ...bare, findings: [{ ...first, reason, remediation }] };
    const lines = (width?: number) =>
      humanReport(result, { ...reportContext, sources: new Map(), ...(width === undefined ? {} : { width }) }).split(
        '\n',
      );
    assert.ok(lines().some((line) => line.endsWith(reason)));
    for (const width of [80, 120]) {
      const own = lines(width).filter((line) => /long|this/.test(line));
      assert.ok(own.length > 2);
      for (const line of own) assert.ok(line.length <= width && line.startsWith('    '), line);
      const said = own.map((line) => line.trim()).join(' ');
      assert.ok(said.includes(reason) && said.includes(`fix ${remediation}`));
    }
  });

  it('says a cause of several files once, before what is in one file', () => {
    const many = Array.from({ length: 40 }, (_, at) => ({
      ...first,
      position: { file: `f${at}.yaml`, line: 1, column: 1 },
    }));
    const own = {
      ...first,
      severity: 'critical' as const,
      reason: 'another',
      position: { file: 'f3.yaml', line: 2, column: 1 },
    };
    const text = said([...many, own]);
    assert.equal(text.split(first.reason).length - 1, 1);
    assert.deepEqual(
      text.split('\n').filter((line) => /^(In|f\d)/.test(line)),
      ['In several files', 'f3.yaml'],
    );
  });

  it('keeps apart what differs in anything but the resource', () => {
    const others = [
      { ...first, verdict: 'unknown' as const },
      { ...first, reason: 'another' },
      { ...first, branch: 'when A is "x"' },
    ];
    assert.equal(said([first, ...others]).match(/^ {2}(fail|unknown) /gm)?.length, 4);
  });

  it('points at the place behind what a terminal makes wide, narrow or nothing of', () => {
    const columns = (before: string): number => {
      const at = { ...first, position: { file: 'a.yaml', line: 1, column: before.length + 1 } };
      const lines = said([at], { 'a.yaml': `${before}HERE` }).split('\n');
      const caret = lines.find((line) => /^ +│ +\^$/.test(line)) ?? '';
      return caret.indexOf('^') - caret.indexOf('│') - 2;
    };
    for (const [before, width] of [
      ['abc', 3],
      ['名前: ', 6],
      ['データ', 6],
      ['ﾃﾞｰﾀ', 4],
      ['이름', 4],
      ['（）、', 6],
      ['🔑', 2],
      ['👍🏽', 2],
      ['🇺🇸', 2],
      ['❤️', 2],
      ['e\u0301tat', 4],
      ['שָׁלוֹם', 4],
      ['\t\ta', 3],
      // Nothing hostile gets to the terminal: each is one visible sign.
      ['👩\u200d💻', 5],
      ['\u202e\u001b[1mx', 6],
    ] as const)
      assert.equal(columns(before), width, JSON.stringify(before));
  });

  it('points at the place, also in a line that is too long to be shown whole', () => {
    const long = `${'a'.repeat(300)}HERE${'b'.repeat(300)}`;
    for (const [column, text] of [
      [301, long],
      [1, long],
      [604, long],
      [5, '\t\tkey: value'],
      [85, `${'x'.repeat(84)}HERE`],
    ] as const) {
      const lines: string[] = said([{ ...first, position: { file: 'a', line: 1, column } }], { a: text }).split('\n');
      const at = lines.findIndex((line) => line.trim().endsWith('^'));
      const caret = (lines[at] ?? '').indexOf('^');
      assert.equal(lines[at - 1]?.[caret], text[column - 1]?.replace('\t', ' '), String(column));
      assert.ok((lines[at - 1] ?? '').length < 120);
    }
  });
});

describe('the word a report ends with', () => {
  const pass = sample.findings.find(({ verdict }) => verdict === 'pass');
  const unread = sample.files.filter(({ status }) => status === 'not-readable');
  assert.ok(pass);
  const word = (result: Result): string => /^[A-Z ]{6,}(?= {2})/m.exec(humanReport(result, reportContext))?.[0] ?? '';

  it('is PASSED only where everything was read and nothing blocks', () => {
    assert.equal(word({ ...bare, findings: [pass] }), 'PASSED');
    assert.equal(word({ ...bare, findings: [pass], files: unread }), 'BLOCKED');
    assert.equal(word({ ...bare, findings: [pass, { ...pass, verdict: 'unknown' }] }), 'BLOCKED');
    assert.equal(word({ ...bare, findings: [] }), 'NOTHING JUDGED');
    assert.equal(word({ ...bare, findings: [], files: unread }), 'BLOCKED');
  });

  it('is the same in a comment and in a workflow', async () => {
    for (const name of ['markdown', 'github']) {
      const report = await formats.get(name)?.();
      const said = async (result: Result) => report && whole(await report(result, reportContext));
      assert.match((await said({ ...bare, findings: [pass] })) ?? '', /ampart: passed/);
      assert.match((await said({ ...bare, findings: [pass], files: unread })) ?? '', /ampart: not all read/);
    }
  });
});

describe('a line that is shown', () => {
  const shown: Readonly<Record<string, string>> = {
    'HF_TOKEN: abcdef123': 'HF_TOKEN: •••••••••',
    '"NGC_API_KEY": "abcdef123",': '"NGC_API_KEY": "•••••••••",',
    '- {name: DB_PASSWORD, value: abcdef123}': '- {name: DB_PASSWORD, value: •••••••••}',
    'args: [--api-key, abcdef123, --port, 8000]': 'args: [--api-key, •••••••••, --port, 8000]',
    'vllm serve --api-key=abcdef123': 'vllm serve --api-key=•••••••••',
    'x: hf_AbCdEfGhIjKlMnOpQrStUv': 'x: •••••••••••••••••••••••••',
  };
  for (const [line, expected] of Object.entries(shown))
    it(`has no secret: ${expected}`, () => assert.equal(masked(line), expected));

  for (const line of [
    'MasterUserPassword: !Ref Password',
    'password: ${SECRET_FROM_ENVIRONMENT}',
    'SecretArn: arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:x',
    'Secret: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: alias/aws/secretsmanager}}',
    'KmsKeyId: alias/my-token-key',
    'secretName: model-weights',
  ])
    it(`keeps what is none: ${line}`, () => assert.equal(masked(line), line));
});

describe('secrets', () => {
  const secret = 'hf_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
  const manifests: Readonly<Record<string, string>> = {
    'block.yaml': `Resources:\n  M:\n    Type: AWS::SageMaker::Model\n    Properties:\n      PrimaryContainer:\n        Environment:\n          HF_TOKEN: ${secret}\n`,
    'flow.yaml': `Resources:\n  M: {Type: AWS::SageMaker::Model, Properties: {PrimaryContainer: {Image: x, Environment: {HF_TOKEN: ${secret}}}}}\n`,
    'list.yaml': `Resources:\n  M: {Type: AWS::SageMaker::Model, Properties: {Containers: [{Environment: {NGC_API_KEY: ${secret}, HF_TOKEN: ${secret}}}]}}\n`,
    'minified.json': `{"Resources":{"M":{"Type":"AWS::SageMaker::Model","Properties":{"PrimaryContainer":{"Environment":{"HF_TOKEN":"${secret}"}}}}}}`,
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec:\n  containers:\n    - name: c\n      image: vllm/vllm-openai\n      args: [--api-key, ${secret}]\n      env:\n        - {name: HF_TOKEN, value: ${secret}}\n`,
    'args.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec: {containers: [{name: c, image: vllm/vllm-openai, args: [--api-key, ${secret}]}]}\n`,
    'script.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec: {containers: [{name: c, image: vllm/vllm-openai, command: [sh, -c, "export HF_TOKEN=${secret}; vllm serve m"]}]}\n`,
    'map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n}\ndata:\n  token: ${secret}\n`,
  };
  const speaking = ['no-inline-secrets', 'config-map-no-secrets'];
  for (const [file, text] of Object.entries(manifests)) {
    it(`of ${file} are found, and stand in no report`, async () => {
      const findings = judge(text, {}, file) ?? [];
      assert.ok(findings.some(({ requirement, verdict }) => speaking.includes(requirement) && verdict === 'fail'));
      const result: Result = { ...bare, findings };
      for (const [name, load] of formats) {
        const report = await load();
        const sources = new Map([[file, new Lines(file, text)]]);
        const made = whole(await report(result, { ...contextOf(result), sources, all: true }));
        assert.ok(
          !made.includes(secret),
          `${name}: ${made.slice(Math.max(0, made.indexOf(secret) - 400), made.indexOf(secret) + 40)}`,
        );
      }
    });
  }
});
