import assert from 'node:assert/strict';
import type { SettingDemand } from '#model/setting.js';
import { coverage, coverageText } from '../../src/report/coverage.js';
import { type ExplainFormat, explained, printed, subjects } from '../../src/report/explain.js';
import type { Palette } from '../../src/report/palette.js';
import { base } from '../controls/base.js';
import { smallBase } from '../plan/small-base.js';

const same = (text: string) => text;
const palette: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
const [high, moderate] = smallBase.baselines;
assert.ok(high && moderate);
const text = (subject: string, baseline = high, format: ExplainFormat = 'human') => {
  const page = explained(subject, smallBase, baseline);
  return page ? printed(page, format, { palette, width: 120 }) : '';
};

describe('explaining', () => {
  it('a requirement: origin of mappings, settings, what is judged, what to do', () => {
    const told = text('key-rotation', moderate);
    assert.match(
      told,
      /SC-12 {4}Cryptographic Key Establishment and Management \(Basis: sourced; Source: AWS Security Hub KMS\.4\)/,
    );
    assert.match(told, /AU-9\(2\) .*\n? .*Basis: own/);
    assert.match(told, /Baselines that select these controls\n {2}fedramp-rev5-moderate {2}SC-12\n\n/);
    assert.match(text('key-rotation', high), /fedramp-rev5-high {2}SC-12, AU-9\(2\)\n/);
    assert.match(told, /encryption\.rotation-days\n {4}Days until a key is replaced\.\n {4}- Default: `365`/);
    assert.match(told, /The default holds under every baseline\./);
    assert.match(text('key-rotation', high), / {4}fedramp-rev5-high {2}180\n/);
    assert.match(told, /CloudFormation\n {4}- In each `AWS::KMS::Key`:\n {6}- `EnableKeyRotation` is `true`\n/);
    assert.match(
      told,
      /Live account\n {4}- In each `kms-key` seen in the account:\n {6}- `rotationEnabled` is `true`\n/,
    );
    assert.match(told, /What to do\n {2}Do it\./);
  });

  it('a control, however it is written', () => {
    for (const written of ['au-11', 'AU-11', 'au-011']) {
      const told = text(written);
      assert.match(told, /^AU-11 {2}Audit Record Retention\n/);
      assert.match(told, /au-11_odp {2}fedramp-rev5-high \(Value: “a time period in compliance with M-21-31”\)/);
      assert.match(told, /log-group-retention .*\n {2}trail-retention/);
      assert.match(told, /it does not meet\s+it by itself/);
    }
    assert.match(text('AU-9(2)'), /log-copy/);
    assert.match(text('AU-9(2)', moderate), /not fedramp-rev5-moderate/);
    assert.match(
      text('ps-3'),
      /No requirement supports this control: Rampart says nothing about it \(what people do\)\./,
    );
  });

  it('a setting: how values combine and who asks for which', () => {
    const told = text('logging.retention-days');
    assert.match(told, /The largest value asked for wins/);
    assert.match(
      told,
      /Values accepted\n {2}log-group-retention {2}90, 180, 365, 400, 731\n {2}trail-retention {6}any\n/,
    );
    assert.match(told, /Days logs are kept\. Days trails are kept\./);
    assert.match(told, /log-group-retention {2}Title of log-group-retention \(Controls: AU-11\)/);
    assert.match(told, /log-group-retention {2}fedramp-rev5-high \(Value: 365; Fixed by: au-11_odp: “a time period/);
    assert.match(told, /trail-retention {6}fedramp-rev5-high \(Value: 400\)/);
  });

  it('a baseline: what it selects, what of it is judged by what, and what is not and why', () => {
    const told = text('fedramp-rev5-high');
    assert.match(told, /^FedRAMP rev 5 High\n {2}Id: fedramp-rev5-high\n/);
    assert.match(told, /Controls: 4, 3 of them judged in part/);
    assert.match(
      told,
      /AU {2}2 \(Judged in part: 2; Not judged: 0\)\n {2}PS {2}1 \(Judged in part: 0; Not judged: 1\)/,
    );
    assert.match(
      told,
      /AU-11 {4}Audit Record Retention \(Judged in: CloudFormation; Requirements: log-group-retention\)/,
    );
    assert.match(
      told,
      /What is not judged, and why\n.*\n {2}PS-3 {2}Personnel Screening \(It mostly asks for: what people do\)/,
    );
    assert.match(told, /encryption\.rotation-days {2}key-rotation \(Value: 180\)/);
    assert.match(
      told,
      /au-11_odp {2}AU-11 \(Value, in the publisher’s words: “a time period in compliance with M-21-31”\)/,
    );
  });

  it('examples: one of each verdict, and how many there are', () => {
    const examples = {
      cloudformation: { pass: ['p: 1\n', 'p: 2\n'], fail: ['f: 1\n', 'f: 2\n'], unknown: ['{"u": 1}'] },
    };
    const [first, ...others] = smallBase.requirements;
    assert.ok(first);
    const page = explained('key-rotation', { ...smallBase, requirements: [{ ...first, examples }, ...others] });
    assert.ok(page);
    const told = printed(page, 'human', { palette, width: 80 });
    assert.match(told, /5 examples are run as tests/);
    assert.match(told, /Fails\n {6}f: 1\n\n {4}Passes\n {6}p: 1\n\n {4}Is unknown\n {6}\{"u": 1\}\n$/);
    assert.match(printed(page, 'markdown', { palette, width: 80 }), /#### Fails\n\n```yaml\nf: 1\n```\n/);
  });

  it('the same sections in every format', () => {
    const { kind, id, facts, sections } = JSON.parse(text('key-rotation', high, 'json'));
    assert.deepEqual([kind, id, facts.severity], ['requirement', 'key-rotation', 'high']);
    const titles = sections.map((each: { title: string }) => each.title);
    assert.deepEqual(titles, [
      'Why',
      'What to do',
      'Controls it supports',
      'Baselines that select these controls',
      'Threats it answers',
      'Settings',
      'What is judged',
    ]);
    assert.deepEqual(sections[2].content[1][1], {
      control: 'AU-9(2)',
      title: 'Store on Separate Physical Systems or Components',
      basis: 'own',
      source: 'Rampart’s own mapping',
    });
    const markdown = text('key-rotation', high, 'markdown');
    assert.deepEqual(
      [...markdown.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
      titles,
    );
    for (const title of titles) assert.ok(text('key-rotation').includes(`\n${title}\n`), title);
  });

  it('a setting that profiles or classes decide: what each of them asks', () => {
    const told = (id: string): string =>
      printed(explained(id, base) ?? assert.fail(id), 'markdown', { palette, width: 100 });
    const days = told('logging.object-lock-days');
    assert.match(days, /\| m-26-14 \| 365 \|/);
    assert.match(days, /\| nara-grs-3\.2 \| 913 \|.*30 months/);
    assert.match(told('logging.retention-days'), /\| nara-grs-3\.2 \| does not say \|/);
    assert.match(told('encryption.validated-modules'), /fedramp-class-c\S* \| `should` \| CMU-CSO-UVM, .*: SHOULD/);
    assert.match(told('logging.retention-profile'), /Your choice goes under/);
  });

  it('nothing else', () => {
    for (const subject of ['', 'no-such-thing', 'zz-1', 'constructor', 'toString']) {
      assert.equal(explained(subject, smallBase), undefined);
    }
  });

  it('knows every subject it offers', () => {
    for (const subject of subjects(smallBase)) assert.notEqual(text(subject), '', subject);
    assert.equal(subjects(smallBase).length, 4 + 4 + 4 + 1 + 3);
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

describe('settings of the control base', () => {
  const words = ({ description, allowed = [], range }: SettingDemand): string[] => [
    description,
    ...(range ? [range.join(' to ')] : []),
    ...(allowed.length > 0 ? [allowed.join(', ')] : []),
  ];

  it('are told of in the words of all who ask for them', () => {
    const demands = base.requirements.flatMap(({ settings }) => Object.entries(settings));
    assert.ok(demands.length > 10);
    for (const [id, demand] of demands) {
      const page = JSON.stringify(explained(id, base));
      for (const each of words(demand)) assert.ok(page.includes(each), `${id}: ${each}`);
    }
  });
});
