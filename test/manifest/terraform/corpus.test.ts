import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import { judge } from '../../check/gate.js';

const corpus = new URL('../../../../shared/corpus/terraform-plan/', import.meta.url);

describe('every Terraform plan of the corpus', () => {
  it('is judged, or refused for its format', function () {
    this.timeout(120_000);
    if (!existsSync(corpus)) {
      process.stdout.write('      skipped: the corpus is not beside this checkout\n');
      this.skip();
    }
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
    assert.ok(files.length > 100);
    let judged = 0;
    for (const file of files) {
      const text = readFileSync(new URL(file, corpus), 'utf8');
      // Plans of Terraform before 1.1 have format 0.x; of their content only the version differs.
      for (const each of [text, text.replace(/"format_version":\s*"0\.\d+"/, '"format_version":"1.0"')]) {
        try {
          const findings = judge(each, {}, file);
          if (!findings) continue;
          judged += 1;
          assert.deepEqual(
            findings.filter(({ verdict }) => verdict === 'error'),
            [],
            file,
          );
        } catch (error) {
          assert.ok(error instanceof RampartError && error.exit === 'input' && error.position, `${file}: ${error}`);
        }
      }
    }
    assert.ok(judged > 100, `${judged} were judged`);
  });
});
