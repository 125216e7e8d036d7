import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { artifactOf } from '#render/guardrail-file.js';
import { configConformancePack } from '#render/guardrails/config-conformance-pack.js';
import { base } from '../../controls/base.js';
import { run } from '../command.js';
import { exampleGround, grounds } from './ground.js';

const { limits, rules } = base.guardrails.config;
const [pack] = configConformancePack(exampleGround()).files.map(artifactOf);
const text = pack?.text ?? '';

describe('the conformance pack of AWS Config', () => {
  it('is a template of managed rules alone, within what AWS Config takes', () => {
    const { Resources } = parse(text) as {
      Resources: Record<
        string,
        { Type: string; Properties: { ConfigRuleName: string; Description: string; Source: object } }
      >;
    };
    const all = Object.values(Resources);
    assert.equal(all.length, rules.length);
    assert.ok(all.length <= limits.rules && Buffer.byteLength(text) <= limits.bytes);
    assert.deepEqual(
      all.map(({ Properties }) => Properties.Source),
      rules.map(({ id }) => ({ Owner: 'AWS', SourceIdentifier: id })),
    );
    for (const { Type, Properties } of all) {
      assert.equal(Type, 'AWS::Config::ConfigRule');
      assert.ok(Properties.ConfigRuleName.length <= 128 && Properties.Description.length <= 256);
    }
  });

  it('takes its parameters from the plan', () => {
    const ground = exampleGround();
    const kept = { ...ground, settings: { ...ground.settings, 'logging.retention-days': 731 } };
    const [longer] = configConformancePack(kept).files.map(artifactOf);
    assert.match(longer?.text ?? '', /MinRetentionTime: "731"/);
  });

  it('has no error and no warning under cfn-lint', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'rampart-pack-'));
    try {
      const names = grounds.slice(0, 1).map(({ ground }, index) => {
        const file = join(folder, `${index}.yaml`);
        writeFileSync(
          file,
          configConformancePack(ground)
            .files.map((each) => artifactOf(each).text)
            .join(''),
        );
        return file;
      });
      const answer = run('cfn-lint', ['--regions', 'us-gov-west-1', '--', ...names]);
      if (!answer) {
        process.stderr.write(
          '      skipped: cfn-lint is not on this machine, so the conformance pack was not linted\n',
        );
        return this.skip();
      }
      assert.equal(answer.output.replaceAll(folder, ''), '');
      assert.equal(answer.status, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
