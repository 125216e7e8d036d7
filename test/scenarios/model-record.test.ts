import assert from 'node:assert/strict';
import type { ModelRecords } from '#model/model-record.js';
import { Desk } from './command-line.js';

describe('the record of a model, from the system file to the assessor', function () {
  this.timeout(180_000);
  const desk = new Desk();
  after(() => desk.clear());
  const evidence = (...args: string[]) => desk.rampart(['evidence', ...args]);
  const record = `    record:
      license: Contract 47-AI <script>alert(1)</script>
      intendedUse: [Summaries of case files]
      highImpact:
        determination: high-impact
        by: Chief AI Officer
        date: "2026-10-01"
        reason: Summaries weigh in decisions on benefits.
        practices:
          impact-assessment: {reference: AIA-7, date: "2026-09-30"}
`;

  before(() => {
    const system = desk.read('rampart.yaml');
    desk.write('rampart.yaml', system.replace(/( +model: openai\.gpt-oss-120b-1:0\n)/, `$1${record}`));
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(evidence('keygen').exit, 0);
    assert.equal(evidence('create', 'deploy', '--key', 'rampart.key.pem', '--out', 'good.evb.tar').exit, 0);
  });

  const shown = (): ModelRecords & { format: string; system: { id: string } } =>
    JSON.parse(evidence('show', 'good.evb.tar', '--file', 'results/model-record.json').stdout);

  it('is counted by plan, one line for each endpoint', () => {
    const { stdout } = desk.rampart(['plan']);
    const counted = shown().endpoints.map(({ gaps, rows }) => `${gaps.length} of ${rows.length}`);
    assert.deepEqual(
      [...stdout.matchAll(/^Model record: (\d+ of \d+) fields are missing; evidence names each\.$/gm)].map(
        (found) => found[1],
      ),
      counted,
    );
    assert.ok(counted.length > 0);
  });

  it('is a document of the bundle: who says what, and each gap by name', () => {
    const { format, system, endpoints } = shown();
    assert.deepEqual([format, system.id], ['rampart-model-record-1', 'records-ai']);
    const [chat] = endpoints;
    const of = (field: string) => chat?.rows.find((each) => each.field === field);
    assert.deepEqual(of('license')?.values, ['Contract 47-AI <script>alert(1)</script>']);
    assert.equal(of('license')?.from, 'system-file');
    assert.deepEqual(of('provider')?.values, ['OpenAI']);
    assert.match(JSON.stringify(of('provider')?.from), /"source":"OpenAI.*"date":"20/);
    const gaps = chat?.gaps.map(({ field }) => field) ?? [];
    for (const field of [
      'forbiddenUse',
      'biasTests',
      'retention',
      'highImpact.practices.remedies',
      'riskManagement.map',
    ])
      assert.ok(gaps.includes(field), field);
    assert.equal(gaps.filter((field) => field.startsWith('highImpact.practices.')).length, 6);
    assert.ok(!gaps.includes('highImpact.practices.impact-assessment'));
  });

  it('is a section of the report, which names the same gaps and runs no script', () => {
    const page = evidence('show', 'good.evb.tar', '--file', 'report/index.html').stdout;
    const section = /<section aria-labelledby="records">[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
    for (const { gaps } of shown().endpoints) {
      for (const { title, field } of gaps) {
        assert.ok(section.includes(title.replaceAll("'", '&#39;')), title);
        assert.ok(section.includes(`<code>${field}</code>`), field);
      }
    }
    assert.ok(section.includes('Contract 47-AI &lt;script&gt;alert(1)&lt;/script&gt;'));
    assert.doesNotMatch(page, /<script/);
  });

  it('is made again by verify --rebuild', () => {
    const found = evidence('verify', 'good.evb.tar', '--trust', 'rampart.trust.json', '--rebuild');
    assert.equal(found.exit, 0, found.stdout + found.stderr);
    // A member that is not derived again would be a problem of its own.
    assert.match(found.stdout, /every derived document was made again/);
  });
});
