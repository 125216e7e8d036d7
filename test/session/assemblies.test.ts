import assert from 'node:assert/strict';
import { join } from 'node:path';
import { against } from '../check/gate.js';
import { folders, judged, said } from './desk.js';

const stack = (templateFile: string, environment = 'aws://unknown-account/unknown-region') => ({
  type: 'aws:cloudformation:stack',
  environment,
  properties: { templateFile, validateOnSynth: false },
  displayName: templateFile.split('.')[0],
});
const logs = (days: number, more = {}) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { RetentionInDays: days, ...more },
  Metadata: { 'aws:cdk:path': 'Chat/Logs/Resource' },
});
const template = (resources: object) => JSON.stringify({ Resources: resources });

const assembly = (environment?: string) => ({
  'cdk.out/manifest.json': JSON.stringify({
    version: '36.0.0',
    artifacts: {
      'Chat.assets': { type: 'cdk:asset-manifest', properties: { file: 'Chat.assets.json' } },
      Chat: stack('Chat.template.json', environment),
      'assembly-Prod': {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: 'assembly-Prod', displayName: 'Prod' },
      },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  }),
  'cdk.out/Chat.template.json': template({
    Logs0A1B: logs(7),
    Inner: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::Region}.${AWS::URLSuffix}/b/abc.json' } },
      Metadata: { 'aws:asset:path': 'ChatInner.nested.template.json', 'aws:asset:property': 'TemplateURL' },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess' }] },
    },
  }),
  'cdk.out/ChatInner.nested.template.json': template({ Deep: logs(400) }),
  'cdk.out/Chat.assets.json': '{"version": "36.0.0", "files": {}}',
  'cdk.out/tree.json': '{"version": "tree-0.1"}',
  'cdk.out/cdk.out': '{"version": "36.0.0"}',
  'cdk.out/asset.123/some.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}]}\n',
  'cdk.out/Old.template.json': template({ Stale: logs(1) }),
  'cdk.out/assembly-Prod/manifest.json': JSON.stringify({
    version: '36.0.0',
    artifacts: { ProdChat: stack('ProdChat.template.json') },
  }),
  'cdk.out/assembly-Prod/ProdChat.template.json': template({ ProdLogs: logs(30) }),
  'cdk.out/assembly-Prod/asset.4/x.json': '{}',
});

describe("the CDK's cdk.out", () => {
  const folder = folders();

  it('is judged stack by stack, also those of stages and nested ones', async () => {
    const found = await judged(folder(assembly()));
    assert.deepEqual(said(found, 'log-group-retention').sort(), ['Inner/Deep pass', 'Logs0A1B fail', 'ProdLogs fail']);
    assert.deepEqual(said(found, 'nested-template-known'), ['Inner pass']);
  });

  it('has one row for what is not judged, and none for stale templates, records and assets', async () => {
    const { rows, read } = await judged(folder(assembly()));
    assert.deepEqual(rows.sort(), [
      'cdk.out/Chat.template.json judged',
      'cdk.out/ChatInner.nested.template.json judged',
      'cdk.out/assembly-Prod/ProdChat.template.json judged',
      'cdk.out/manifest.json not-a-manifest',
    ]);
    assert.match(
      read.files.find(({ file }) => file.endsWith('manifest.json'))?.notes[0]?.message ?? '',
      /2 stacks; 7 other files/,
    );
  });

  it('is judged whole when its manifest is named', async () => {
    const root = folder(assembly());
    const found = await judged(root, [join(root, 'cdk.out/manifest.json')]);
    assert.equal(said(found, 'log-group-retention').length, 3);
  });

  it('names the construct beside the logical id', async () => {
    const { findings } = await judged(folder(assembly()));
    assert.equal(findings.find(({ resource }) => resource === 'Logs0A1B')?.construct, 'Chat/Logs/Resource');
  });

  it('is judged in the place each stack is for', async () => {
    const partitions = async (environment: string) =>
      said(await judged(folder(assembly(environment))), 'arn-partition');
    assert.deepEqual(await partitions('aws://123456789012/us-gov-west-1'), ['Role pass']);
    assert.deepEqual(await partitions('aws://123456789012/us-east-1'), ['Role fail']);
  });

  it('goes to a region and an account of the boundary, or fails where it does not', async () => {
    const placed = async (environment: string, accounts?: readonly string[]) => {
      const boundary = accounts ? { ...against.boundary, accounts } : against.boundary;
      const found = await judged(folder(assembly(environment)), undefined, { ...against, boundary });
      return [...said(found, 'provider-region'), ...said(found, 'deployment-account')].map(
        (each) => each.split(' ')[1],
      );
    };
    assert.deepEqual(await placed('aws://123456789012/us-gov-west-1'), ['pass']);
    assert.deepEqual(await placed('aws://123456789012/us-east-1'), ['fail']);
    assert.deepEqual(await placed('aws://123456789012/us-gov-west-1', ['123456789012']), ['pass', 'pass']);
    assert.deepEqual(await placed('aws://999988887777/us-gov-west-1', ['123456789012']), ['pass', 'fail']);
    assert.deepEqual(await placed('aws://999988887777/unknown-region', ['123456789012']), ['fail']);
    assert.deepEqual(await placed('aws://unknown-account/unknown-region', ['123456789012']), []);
  });

  it('counts no place as a resource, and names it as the CDK does', async () => {
    const found = await judged(folder(assembly('aws://123456789012/us-east-1')));
    assert.deepEqual(said(found, 'provider-region'), ['aws://123456789012/us-east-1 fail']);
    const row = found.read.files.find(({ file }) => file.endsWith('Chat.template.json'));
    assert.equal(row?.resources, 3);
  });

  it('says where a stack goes whose template is picked by name or pattern, and asks for nothing else', async () => {
    const root = folder(assembly('aws://123456789012/us-east-1'));
    for (const picked of [join(root, 'cdk.out/Chat.template.json'), `${root}/cdk.out/*.template.json`]) {
      const found = await judged(root, [picked]);
      assert.deepEqual(said(found, 'provider-region'), ['aws://123456789012/us-east-1 fail']);
      assert.deepEqual([...(found.read.records?.keys() ?? [])], [join(root, 'cdk.out/manifest.json')]);
      assert.ok(found.rows.includes('cdk.out/Chat.template.json judged'), found.rows.join());
      assert.ok(!found.rows.some((row) => row.includes('manifest.json')), found.rows.join());
    }
    // A template the assembly does not name is judged as any other.
    const stale = await judged(root, [join(root, 'cdk.out/Old.template.json')]);
    assert.deepEqual(stale.rows, ['cdk.out/Old.template.json judged']);
    assert.deepEqual(said(stale, 'provider-region'), []);
  });

  it('that sends a picked template to two places is not readable', async () => {
    const manifest = {
      version: '36.0.0',
      artifacts: {
        East: stack('A.template.json', 'aws://123456789012/us-east-1'),
        West: stack('A.template.json', 'aws://123456789012/us-gov-west-1'),
      },
    };
    const root = folder({
      'cdk.out/manifest.json': JSON.stringify(manifest),
      'cdk.out/A.template.json': template({ L: logs(7) }),
    });
    const { rows } = await judged(root, [join(root, 'cdk.out/A.template.json')]);
    assert.ok(rows.includes('cdk.out/manifest.json not-readable'), rows.join());
  });

  it('that names templates outside of it, or none, is not readable', async () => {
    for (const file of ['../main.yaml', '/etc/hostname', 'missing.json']) {
      const manifest = JSON.stringify({ version: '36.0.0', artifacts: { A: stack(file) } });
      const { rows } = await judged(
        folder({ 'cdk.out/manifest.json': manifest, 'main.yaml': template({ L: logs(7) }) }),
      );
      assert.ok(rows.includes('cdk.out/manifest.json not-readable'), rows.join());
    }
  });

  it('that sends one template to two places is not readable: it is judged for one', async () => {
    const two = (region: string) => ({
      'cdk.out/manifest.json': JSON.stringify({
        version: '36.0.0',
        artifacts: {
          East: stack('A.template.json', 'aws://123456789012/us-east-1'),
          West: stack('A.template.json', `aws://123456789012/${region}`),
        },
      }),
      'cdk.out/A.template.json': template({ L: logs(7) }),
    });
    const { read } = await judged(folder(two('us-gov-west-1')));
    const row = read.files.find(({ file }) => file.endsWith('manifest.json'));
    assert.equal(row?.status, 'not-readable');
    assert.match(JSON.stringify(row?.notes), /its template is that of A too, which goes elsewhere/);
    const same = await judged(folder(two('us-east-1')));
    assert.ok(same.rows.includes('cdk.out/manifest.json not-a-manifest'), same.rows.join());
  });

  it('is not seen in any other manifest.json', async () => {
    for (const text of [
      '{"artifacts": []}',
      '{"version": "1", "artifacts": {"a": 1}}',
      '{"artifacts"',
      '{"name": "app"}',
    ]) {
      const { rows } = await judged(folder({ 'app/manifest.json': text, 'app/t.json': template({ L: logs(7) }) }));
      assert.ok(rows.includes('app/t.json judged'), rows.join());
    }
  });

  describe('of which not everything can be told', () => {
    const of = (artifacts: object, more: Readonly<Record<string, string>> = {}) => ({
      'cdk.out/manifest.json': JSON.stringify({ version: '36.0.0', artifacts }),
      'cdk.out/A.template.json': template({ L: logs(400) }),
      ...more,
    });
    const inEast = stack('A.template.json', 'aws://123456789012/us-east-1');
    /** What is said of the assembly where its folder is given, and where the template is. */
    const both = async (files: Readonly<Record<string, string>>, picked = 'A.template.json') => {
      const root = folder(files);
      const paths = [[root], [join(root, 'cdk.out', picked)]];
      return Promise.all(
        paths.map(async (given) => {
          const found = await judged(root, given);
          const row = found.read.files.find(({ file }) => file.endsWith('manifest.json'));
          return [row?.status ?? 'silent', ...said(found, 'provider-region').map((each) => each.split(' ')[1])];
        }),
      );
    };

    it('goes to a region whatever it is called', async () => {
      for (const region of ['eusc-de-east-1', 'us-isob-east-1', 'ap-southeast-7', 'mx-central-1']) {
        const [whole, one] = await both(of({ A: stack('A.template.json', `aws://123456789012/${region}`) }));
        assert.deepEqual(whole, ['not-a-manifest', 'fail'], region);
        assert.deepEqual(one, ['silent', 'fail'], region);
      }
    });

    it('is not readable where a place is none', async () => {
      for (const place of [
        'aws://123456789012/US-EAST-1',
        'aws://123456789012/us-east-1/',
        'aws://9999888877776/us-gov-west-1',
        'aws://123456789012/',
        'us-gov-west-1',
        '',
      ]) {
        const found = await both(of({ A: stack('A.template.json', place) }));
        assert.deepEqual(
          found.map(([status]) => status),
          ['not-readable', 'not-readable'],
          place,
        );
      }
    });

    it('is not readable where an artifact is nothing known, or a stack names no template', async () => {
      for (const artifact of [{ properties: {} }, 1, { type: 'aws:cloudformation:stack', properties: {} }]) {
        const found = await both(of({ A: inEast, X: artifact }));
        assert.deepEqual(found, [
          ['not-readable', 'fail'],
          ['not-readable', 'fail'],
        ]);
      }
    });

    it('says where templates of any name go', async () => {
      for (const name of ['A.json', 'a.yaml', 'A.template']) {
        const files = of(
          { A: stack(name, 'aws://123456789012/us-east-1') },
          { [`cdk.out/${name}`]: template({ L: logs(9) }) },
        );
        assert.deepEqual((await both(files, name))[1], ['silent', 'fail'], name);
      }
    });

    it('is not passed over where it lies beside a picked template and cannot be read', async () => {
      for (const text of [
        '\ufeff\u0000',
        '{"version": "36.0.0", "artifacts": {"A": {"type": "aws:cloudformation:stack"',
      ])
        assert.deepEqual((await both({ ...of({}), 'cdk.out/manifest.json': text }))[1], ['not-readable'], text);
    });

    it('leaves its records alone where they are picked beside its templates', async () => {
      const assets = { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } };
      const files = of({ A: inEast, 'A.assets': assets }, { 'cdk.out/A.assets.json': '{"files": {}}' });
      const root = folder(files);
      const { rows } = await judged(
        root,
        ['A.template.json', 'A.assets.json'].map((name) => join(root, 'cdk.out', name)),
      );
      assert.deepEqual(rows, ['cdk.out/A.assets.json not-a-manifest', 'cdk.out/A.template.json judged']);
    });
  });

  it('goes where the roles are that it is deployed with', async () => {
    const own = '123456789012';
    const verdicts = async (role: string, environment = `aws://${own}/us-gov-west-1`) => {
      const placed = stack('A.template.json', environment);
      const manifest = {
        version: '36.0.0',
        artifacts: { A: { ...placed, properties: { ...placed.properties, assumeRoleArn: role } } },
      };
      const root = folder({
        'cdk.out/manifest.json': JSON.stringify(manifest),
        'cdk.out/A.template.json': template({ L: logs(400) }),
      });
      const by = { ...against, boundary: { ...against.boundary, accounts: [own] } };
      return said(await judged(root, undefined, by), 'deployment-account').map((each) => each.split(' ')[1]);
    };
    const role = (account: string) =>
      `arn:\${AWS::Partition}:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-us-gov-west-1`;
    assert.deepEqual(await verdicts(role(own)), ['pass']);
    assert.deepEqual(await verdicts(role('${AWS::AccountId}')), ['pass']);
    assert.deepEqual(await verdicts(role('999988887777')), ['fail']);
    assert.deepEqual(await verdicts(role('${Elsewhere}')), ['unknown']);
    assert.deepEqual(await verdicts(role('${AWS::AccountId}'), 'aws://unknown-account/unknown-region'), []);
    assert.deepEqual(await verdicts(role('999988887777'), 'aws://unknown-account/unknown-region'), ['fail']);
  });
});
