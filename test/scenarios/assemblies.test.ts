import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import type { Member } from '#model/bundle.js';
import { sealBundle } from '../../src/evidence/bundle.js';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { parseEnvelope } from '../../src/evidence/dsse.js';
import { generateKey } from '../../src/evidence/key.js';
import { parseManifest } from '../../src/evidence/manifest.js';
import { localSigner } from '../../src/evidence/sign.js';
import { parseStatement } from '../../src/evidence/statement.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { parseVerdict } from '../../src/evidence/verdict.js';
import { Desk } from './command-line.js';

const stack = (templateFile: string, region: string) => ({
  type: 'aws:cloudformation:stack',
  dependencies: [templateFile.replace('template.yaml', 'assets')],
  environment: `aws://123456789012/${region}`,
  properties: { templateFile },
});
const record = (artifacts: object): string => JSON.stringify({ version: '36.0.0', artifacts });
const stage = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } };
const published = { type: 'cdk:asset-manifest', properties: { file: 'Chat.assets.json' } };
const outer = (region = 'us-gov-west-1'): string =>
  record({ Chat: stack('Chat.template.yaml', region), 'Chat.assets': published, Prod: stage });
const files = (source: string): string =>
  JSON.stringify({
    version: '36.0.0',
    files: {
      abc: { source: { path: source, packaging: 'zip' }, destinations: {} },
      def: { source: { path: 'asset.def.zip', packaging: 'file' }, destinations: {} },
      template: { source: { path: 'Chat.template.yaml', packaging: 'file' }, destinations: {} },
      ghi: { source: { executable: ['make', 'it'] }, destinations: {} },
    },
    dockerImages: { jkl: { source: { directory: 'asset.jkl' }, destinations: {} } },
  });
const inner = (region = 'us-gov-west-1'): string => record({ Prod: stack('Prod.template.yaml', region) });

const content: readonly (readonly [string, string])[] = [
  ['asset.abc/index.js', 'exports.handler = 1;'],
  ['asset.abc/.env', 'A=1'],
  ['asset.abc/node_modules/x/template.yaml', 'Resources: {}'],
  ['asset.def.zip', 'PK'],
];

/** What stands in a statement for a file or folder that is published. */
const listing = (name: string): Uint8Array => {
  const files = content.flatMap(([path, text]) => {
    const inside = `cdk.out/${path}`.slice(name.length + 1);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return `cdk.out/${path}`.startsWith(name) ? [{ path: inside, sha256 }] : [];
  });
  return canonicalBytes(files.sort((one, other) => (one.path < other.path ? -1 : 1)));
};

/** The same templates, sent elsewhere, are not what was judged. */
describe('a cloud assembly that was judged', function () {
  this.timeout(180_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const [chat, prod] = ['cdk.out/Chat.template.yaml', 'cdk.out/assembly-Prod/Prod.template.yaml'];
  const assets = 'cdk.out/Chat.assets.json';
  const [here, inside] = ['cdk.out/manifest.json', 'cdk.out/assembly-Prod/manifest.json'];
  const verify = (what: string, ...files: string[]) =>
    desk.rampart([
      ...['evidence', 'verify', what, '--trust', 'rampart.trust.json'],
      ...files.flatMap((file) => ['--for', file]),
    ]);

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    mkdirSync(desk.path('cdk.out/assembly-Prod'), { recursive: true });
    const template = desk.read('deploy/chat.template.yaml');
    desk.write(chat, template);
    desk.write(prod, template);
    desk.write(here, outer());
    desk.write(assets, files('asset.abc'));
    desk.write(inside, inner());
    mkdirSync(desk.path('cdk.out/asset.abc/node_modules/x'), { recursive: true });
    for (const [name, text] of content) desk.write(`cdk.out/${name}`, text);
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    const key = ['--key', 'rampart.key.pem'];
    for (const made of [
      ['check', 'cdk.out', '--attest', 'v.json', ...key],
      ['evidence', 'create', 'cdk.out', '--out', 'b.tar', ...key],
    ]) {
      const { exit, stdout, stderr } = desk.rampart(made);
      assert.equal(exit, 0, stdout + stderr);
    }
  });

  for (const what of ['v.json', 'b.tar']) {
    it(`is wanted with the stacks whose place it says, unchanged (${what})`, () => {
      const one = verify(what, chat, here, assets);
      assert.equal(one.exit, 0, one.stdout + one.stderr);
      assert.equal(verify(what, prod, inside).exit, 0, 'a stack of a stage, with the assembly of the stage');
      const alone = verify(what, chat);
      assert.equal(alone.exit, 5);
      assert.match(alone.stdout, /where "cdk\.out\/manifest\.json" says that it goes: show it too \(--for "cdk/);
      assert.equal(verify(what, prod, here).exit, 5, 'with the assembly around the stage');
      desk.write(here, outer('us-east-1'));
      const moved = verify(what, chat, here, assets);
      desk.write(here, outer());
      assert.equal(moved.exit, 5);
      assert.match(moved.stdout, /"cdk\.out\/manifest\.json" is not what said where to deploy when it was judged/);
      const bare = verify(what, chat, here);
      assert.equal(bare.exit, 5);
      assert.match(bare.stdout, /published with what "cdk\.out\/Chat\.assets\.json" names: show it too \(--for "cdk/);
      desk.write(assets, files('asset.evil'));
      for (const shown of [[chat, here, assets], ['cdk.out']]) {
        const other = verify(what, ...shown);
        assert.equal(other.exit, 5);
        assert.match(
          other.stdout,
          /"cdk\.out\/Chat\.assets\.json" is not what named the files to publish when it was judged/,
        );
      }
      desk.write(assets, files('asset.abc'));
      const folder = verify(what, 'cdk.out');
      assert.equal(folder.exit, 0, folder.stdout + folder.stderr);
      desk.write(here, record({ Chat: stack('Chat.template.yaml', 'us-gov-west-1') }));
      const less = verify(what, 'cdk.out');
      desk.write(here, outer());
      assert.equal(less.exit, 5, 'an assembly that was changed');
    });
  }

  for (const what of ['v.json', 'b.tar']) {
    it(`is wanted with what is published with it, to the byte (${what})`, () => {
      const refused = (pattern: RegExp): void => {
        for (const shown of [[chat, here, assets], ['cdk.out']]) {
          const { exit, stdout } = verify(what, ...shown);
          assert.equal(exit, 5, stdout);
          assert.match(stdout, pattern);
        }
      };
      for (const [name, text] of content) {
        const own = `cdk.out/${name.split('/')[0]}`;
        desk.write(`cdk.out/${name}`, `${text} `);
        refused(new RegExp(`"${own}" is not what was to be published when it was judged`));
        desk.write(`cdk.out/${name}`, text);
      }
      desk.write('cdk.out/asset.abc/more.js', '');
      refused(/"cdk\.out\/asset\.abc" is not what was to be published/);
      rmSync(desk.path('cdk.out/asset.abc/more.js'));
      symlinkSync('index.js', desk.path('cdk.out/asset.abc/more.js'));
      refused(/"cdk\.out\/asset\.abc" is not what was to be published/);
      rmSync(desk.path('cdk.out/asset.abc/more.js'));
      symlinkSync('nothing', desk.path('cdk.out/asset.abc/more.js'));
      assert.equal(verify(what, chat, here, assets).exit, 0, 'a link that leads nowhere is not published');
      rmSync(desk.path('cdk.out/asset.abc/more.js'));
      renameSync(desk.path('cdk.out/asset.def.zip'), desk.path('away'));
      refused(/"cdk\.out\/asset\.def\.zip", which "cdk\.out\/Chat\.assets\.json" publishes, is not there/);
      renameSync(desk.path('away'), desk.path('cdk.out/asset.def.zip'));
      const { exit, stdout } = verify(what, 'cdk.out');
      assert.equal(exit, 0, stdout);
      assert.match(
        stdout,
        /nobody vouches for its content: "cdk\.out\/asset\.jkl, which is not there", "ghi, which is made by a command"/,
      );
    });
  }

  /** The bundle sealed anew by somebody else's key, as all its signatures and digests hold. */
  async function forged(
    change: Readonly<Record<string, (text: string) => string>>,
    lie: (verdict: ReturnType<typeof parseVerdict>) => object = () => ({}),
  ): Promise<string> {
    const files = new Map(readUstar(desk.bytes('b.tar')).files.map(({ path, bytes }) => [path, bytes]));
    const bytesOf = (path: string): Uint8Array => files.get(path) ?? new Uint8Array(0);
    const { members, sourceDateEpoch } = parseManifest(bytesOf('manifest.json'));
    const statement = parseStatement(parseEnvelope(bytesOf('attestations/bundle.dsse.json')).payload);
    const { verdict: _, ...predicate } = statement.predicate;
    const said = parseVerdict(parseEnvelope(bytesOf('attestations/verdict.dsse.json')).payload);
    const { manifest: __, ...verdict } = { ...said, ...lie(said) };
    const own = members.map(({ path, mediaType, role, derivedFrom }): Member => {
      const [held, changed] = [bytesOf(path), change[path]];
      const bytes = changed ? Buffer.from(changed(Buffer.from(held).toString())) : held;
      return { path, bytes, mediaType, role, derivedFrom };
    });
    const artifacts = verdict.subjects.map(({ name, kind }) => ({
      path: name,
      bytes: kind === 'content' ? listing(name) : desk.bytes(name),
    }));
    const signers = [localSigner(generateKey('ecdsa-p256-sha256').privateKeyPem)];
    const request = { members: own, artifacts, predicate, verdict, signers, sourceDateEpoch };
    desk.write('forged.tar', (await sealBundle(request)).archive);
    const flags = ['--allow-intact', '--rebuild', '--strict'];
    const { exit, stdout, stderr } = desk.rampart(['evidence', 'verify', 'forged.tar', ...flags]);
    assert.equal(exit, stdout.includes('problem:') ? 5 : 0, stdout + stderr);
    return stdout;
  }

  it('is sealed, so that its stacks are judged again where they go', async () => {
    assert.match(await forged({}), /judged again, which gives (\d+) of the \1 findings/);
    const moved = await forged({ [`inputs/assemblies/${here}`]: () => outer('us-east-1') });
    assert.match(moved, /is not what judging again gives/);
    assert.match(moved, /subject cdk\.out\/manifest\.json is not what the facts give/);
    const other = await forged({ [`inputs/assemblies/${assets}`]: () => files('asset.evil') });
    assert.match(other, /subject cdk\.out\/Chat\.assets\.json is not what the facts give/);
  });

  it('is what the findings and the verdict say that it is', async () => {
    const placeless = (text: string): string => text.replaceAll(`,"assembly":"${here}"`, '');
    assert.match(
      await forged({ 'results/findings.json': placeless }),
      /findings\.json: assembly of files is not what the facts give/,
    );
    const without = await forged({}, ({ subjects }) => ({
      subjects: subjects.map(({ assembly: _, ...subject }) => subject),
    }));
    assert.match(without, /subject cdk\.out\/Chat\.template\.yaml is not what the facts give/);
    const none = await forged({}, ({ subjects }) => ({
      subjects: subjects.filter(({ kind }) => kind !== 'assembly').map(({ assembly: _, ...subject }) => subject),
    }));
    assert.match(none, /subject cdk\.out\/manifest\.json is not what the facts give/);
    const fewer = await forged({}, ({ subjects }) => ({
      subjects: subjects.map(({ contents, ...subject }) =>
        contents ? { ...subject, contents: contents.slice(1) } : subject,
      ),
    }));
    assert.match(fewer, /subject cdk\.out\/Chat\.assets\.json is not what the facts give/);
    const unbound = await forged({}, ({ subjects }) => ({
      subjects: subjects.filter(({ kind }) => kind !== 'assets').map(({ assets: _, ...subject }) => subject),
    }));
    assert.match(unbound, /subject cdk\.out\/Chat\.assets\.json is not what the facts give/);
  });

  it('is among what changed since the last evidence', () => {
    desk.write(here, outer().replace('36.0.0', '37.0.0'));
    const flags = ['--key', 'rampart.key.pem', '--since', 'b.tar', '--out', 'next.tar'];
    const made = desk.rampart(['evidence', 'create', 'cdk.out', ...flags]);
    desk.write(here, outer());
    assert.equal(made.exit, 0, made.stderr);
    const report = 'fedramp/ongoing-certification-report.draft.json';
    const { stdout } = desk.rampart(['evidence', 'show', 'next.tar', '--file', report]);
    assert.match(stdout, /"Manifests changed: cdk\.out\/manifest\.json\."/);
    const again = desk.rampart(['evidence', 'verify', 'next.tar', '--allow-intact', '--rebuild', '--strict']);
    assert.equal(again.exit, 0, again.stdout);
  });

  it('is one run with one assembly only', () => {
    const shard = (part: string) => desk.rampart(['check', 'cdk.out', '--shard', part, '--format', 'json']).stdout;
    desk.write('1.json', shard('1/2'));
    desk.write(here, outer('us-east-1'));
    desk.write('2.json', shard('2/2'));
    desk.write(here, outer());
    const { exit, stderr } = desk.rampart(['merge', '1.json', '2.json']);
    assert.equal(exit, 2, stderr);
    assert.match(stderr, /they differ in the manifests or parameters/);
  });
});
