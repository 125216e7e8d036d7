import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { documentsOf } from '../../src/manifest/edit/places.js';
import { against, judge } from '../check/gate.js';
import { isManifest, mended, mending } from './mending.js';

const corpus = new URL('../../../shared/corpus/', import.meta.url);

/** Comments of a text, in order. */
const commentsOf = (text: string): string[] =>
  documentsOf(text).length === 0 ? [] : text.split('\n').flatMap((line) => /(?:^|\s)#.*$/.exec(line)?.[0].trim() ?? []);

/** Lines of a text that are not in another, both counted as often as they stand. */
function linesLost(before: string, after: string): string[] {
  const rest = new Map<string, number>();
  for (const line of after.split('\n')) rest.set(line, (rest.get(line) ?? 0) + 1);
  return before.split('\n').filter((line) => {
    const count = rest.get(line) ?? 0;
    rest.set(line, count - 1);
    return count < 1;
  });
}

for (const [folder, least] of [
  ['cloudformation', 60],
  ['kubernetes', 120],
] as const) {
  describe(`check --fix on every ${folder} file of the corpus`, () => {
    it('mends what it says, loses no comment, touches no other line, and finds nothing the second time', function () {
      this.timeout(240_000);
      if (!existsSync(corpus)) {
        process.stdout.write('      skipped: the corpus is not beside this checkout\n');
        this.skip();
      }
      const root = new URL(`${folder}/`, corpus);
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /\.(ya?ml|json|template)$/.test(path),
      );
      let changed = 0;
      for (const file of files.sort()) {
        const text = readFileSync(new URL(file, root), 'utf8').replace(/^\ufeff/, '');
        if (!isManifest(file, text)) continue;
        const [fix] = mending({ [file]: text }).fixes;
        if (!fix) continue;
        changed += 1;
        assert.deepEqual(commentsOf(fix.after), commentsOf(text), file);
        const lost = linesLost(text, fix.after).length;
        assert.ok(lost <= fix.edits.length, `${file}: ${lost} lines changed for ${fix.edits.length} edits`);
        const before = judge(text, {}, file) ?? [];
        const after = judge(fix.after, {}, file) ?? [];
        const key = (each: { requirement: string; resource: string }) => `${each.requirement} ${each.resource}`;
        const mendedKeys = new Set(fix.edits.map(key));
        const failed = (findings: typeof before) =>
          findings
            .filter(({ verdict }) => verdict === 'fail')
            .map(key)
            .sort();
        assert.deepEqual(
          failed(after),
          failed(before).filter((each) => !mendedKeys.has(each)),
          file,
        );
        assert.equal(mended(fix.after, file), fix.after, `${file}: the second time`);
      }
      assert.ok(changed >= least, `${changed} files were changed`);
    });
  });
}

describe('what check --fix takes for the one right value', () => {
  const bucket = (...lines: string[]): string =>
    ['Resources:', '  B:', '    Type: AWS::S3::Bucket', '    Properties:', ...lines, ''].join('\n');

  it('takes the value of a setting where that is the bound', () => {
    const text = 'Resources: {L: {Type: AWS::Logs::LogGroup}}\n';
    const settings = { ...against.settings, 'logging.retention-days': 731 };
    assert.match(mending({ a: text }, { ...against, settings }).fixes[0]?.after ?? '', /RetentionInDays: 731/);
  });

  it('takes nothing where a literal bound or alternatives leave a choice', () => {
    const text =
      'Resources:\n  D: {Type: AWS::RDS::DBCluster, Properties: {BackupRetentionPeriod: 1, DeletionProtection: true}}\n';
    assert.equal(mended(text), text);
  });

  it('leaves a finding alone of which only a part has one value', () => {
    const text = bucket(
      '      BucketEncryption: {}',
      '      VersioningConfiguration: {Status: Enabled}',
      '      PublicAccessBlockConfiguration:',
      '        BlockPublicAcls: !Ref AWS::Region',
      '        BlockPublicPolicy: false',
    );
    assert.equal(mended(text), text);
  });

  it('leaves alone what a requirement leaves to people', () => {
    const text =
      'Resources:\n  L: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing}}\n';
    assert.equal(mended(text), text);
    const own = against.requirements.map((each) => ({ ...each, fix: undefined }));
    const requirements = own.map(({ fix: _, ...each }) => each);
    assert.match(mending({ a: text }, { ...against, requirements }).fixes[0]?.after ?? '', /Scheme: internal/);
  });

  it('tells what it writes', () => {
    const { fixes } = mending({ a: 'Resources: {L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 7}}}\n' });
    assert.deepEqual(
      fixes[0]?.edits.map(({ requirement, resource, path, before, after }) => ({
        requirement,
        resource,
        path,
        before,
        after,
      })),
      [{ requirement: 'log-group-retention', resource: 'L', path: 'RetentionInDays', before: '7', after: '400' }],
    );
  });

  it('drops a change that would bring a finding elsewhere, and says which', () => {
    const clashing = against.requirements
      .filter(({ id }) => id === 'log-group-retention')
      .flatMap((each) => [
        each,
        {
          ...each,
          id: 'short-lived',
          settings: {},
          expect: { cloudformation: [{ each: 'AWS::Logs::LogGroup', must: { RetentionInDays: { 'at-most': 100 } } }] },
        },
      ]);
    const text = 'Resources: {L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 7}}}\n';
    const { fixes, notMended } = mending({ a: text }, { ...against, requirements: clashing });
    assert.deepEqual(fixes, []);
    assert.deepEqual(
      notMended.map(({ reason }) => reason),
      ['short-lived of L would then be fail'],
    );
  });
});
