import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import { judge } from './gate.js';

const corpus = new URL('../../../shared/corpus/cloudformation/', import.meta.url);

describe('every CloudFormation file of the corpus', () => {
  it('is judged, or refused with a code and a place', function () {
    this.timeout(120_000);
    if (!existsSync(corpus)) {
      process.stdout.write('      skipped: the corpus is not beside this checkout\n');
      this.skip();
    }
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(ya?ml|json|template)$/.test(path),
    );
    assert.ok(files.length > 200);
    let judged = 0;
    for (const file of files) {
      const began = performance.now();
      try {
        const findings = judge(readFileSync(new URL(file, corpus), 'utf8'), {}, file);
        assert.ok(findings, `${file} is not taken for a manifest`);
        assert.deepEqual(
          findings.filter((each) => each.verdict === 'error'),
          [],
          file,
        );
        judged += 1;
      } catch (error) {
        assert.ok(error instanceof RampartError && error.exit === 'input' && error.position, `${file}: ${error}`);
      }
      assert.ok(performance.now() - began < 5000, `${file} takes too long`);
    }
    assert.ok(judged / files.length > 0.95, `${judged} of ${files.length} were judged`);
  });
});
