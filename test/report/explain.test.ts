import assert from 'node:assert/strict';
import { coverage, coverageText } from '../../src/report/coverage.js';
import { explain, subjects } from '../../src/report/explain.js';
import type { Palette } from '../../src/report/palette.js';
import { smallBase } from '../plan/small-base.js';

const same = (text: string) => text;
const palette: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
const [high, moderate] = smallBase.baselines;
assert.ok(high && moderate);
const text = (subject: string, baseline = high) => explain(subject, smallBase, { palette, width: 80, baseline }) ?? '';

describe('explaining', () => {
  it('a requirement: origin of mappings, settings, what is judged, what to do', () => {
    const told = text('key-rotation', moderate);
    assert.match(told, /SC-12 {2}Cryptographic Key Establishment and Management \(source: AWS Security Hub KMS\.4\)/);
    assert.match(told, /AU-9\(2\) .* \(Rampart’s own mapping; not in fedramp-rev5-moderate\)/);
    assert.match(told, /encryption\.rotation-days = 365/);
    assert.match(text('key-rotation', high), /encryption\.rotation-days = 180/);
    assert.match(told, /cloudformation\n {4}each AWS::KMS::Key\n {6}must EnableKeyRotation: \{equals: true\}/);
    assert.match(told, /live\n {4}each kms-key seen\n {6}must rotationEnabled: \{equals: true\}/);
    assert.match(told, /What to do\n {2}Do it\./);
  });

  it('a control, however it is written', () => {
    for (const written of ['au-11', 'AU-11', 'au-011']) {
      const told = text(written);
      assert.match(told, /^AU-11 {2}Audit Record Retention\n/);
      assert.match(told, /au-11_odp: “a time period in compliance with M-21-31”/);
      assert.match(told, /log-group-retention .*\n {2}trail-retention/);
      assert.match(told, /it does not meet\s+it by itself/);
    }
    assert.match(text('AU-9(2)'), /log-copy/);
    assert.match(text('AU-9(2)', moderate), /not fedramp-rev5-moderate/);
    assert.match(text('ps-3'), /No requirement supports this control: Rampart says nothing about it\./);
  });

  it('a setting: how values combine and who asks for which', () => {
    const told = text('logging.retention-days');
    assert.match(told, /The largest value asked for wins/);
    assert.match(told, /Values accepted\n {2}90, 180, 365, 400, 731/);
    assert.match(told, /log-group-retention \(AU-11\)\n {4}fedramp-rev5-high: 365\n {6}au-11_odp/);
    assert.match(told, /trail-retention \(AU-11\)\n {4}fedramp-rev5-high: 400/);
  });

  it('nothing else', () => {
    for (const subject of ['', 'no-such-thing', 'zz-1', 'constructor', 'toString']) {
      assert.equal(explain(subject, smallBase, { palette, width: 80 }), undefined);
    }
  });

  it('knows every subject it offers', () => {
    for (const subject of subjects(smallBase)) assert.notEqual(text(subject), '', subject);
    assert.equal(subjects(smallBase).length, 4 + 4 + 4 + 1);
  });
});

describe('coverage', () => {
  it('tells manifest from live, and counts honestly', () => {
    const { rows, sentence } = coverage(smallBase, high);
    assert.deepEqual(
      rows.map(({ control, manifest, live }) => [control.id, manifest, live]),
      [
        ['au-9.2', ['key-rotation'], ['key-rotation', 'log-copy']],
        ['au-11', ['log-group-retention'], []],
        ['ps-3', [], []],
        ['sc-12', ['key-rotation'], ['key-rotation']],
      ],
    );
    assert.match(sentence, /^Rampart judges technical parts of 3 of the 4 controls of FedRAMP rev 5 High \(2 of them/);
    assert.match(sentence, /Of the other 1 Rampart says nothing/);
    assert.equal(coverage(smallBase, moderate).rows.length, 3);
  });

  it('lists silent controls only when asked', () => {
    const judged = coverage(smallBase, high);
    assert.doesNotMatch(coverageText(judged, palette, false), /PS-3/);
    assert.match(coverageText(judged, palette, true), /PS-3 {6}Personnel Screening\n {10}outside: what people do/);
  });
});
