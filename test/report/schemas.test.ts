import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contextualizeEvaluation, convertFile } from 'inspecjs';
import type { Log } from 'sarif';
import type { Finding } from '#model/finding.js';
import { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { resultSchema } from '#model/result-schema.js';
import { gitlabReport } from '#report/formats/gitlab.js';
import { hdfReport } from '#report/formats/hdf.js';
import { jsonReport } from '#report/formats/json.js';
import { type SarifOptions, sarifReport } from '#report/formats/sarif.js';
import { heldResult } from '#session/result-file.js';
import { closed } from './closed.js';
import { contextOf, reportContext, whole } from './context.js';
import { sample, sources } from './sample-result.js';

const empty: Result = { ...sample, files: [], findings: [] };
const many = (count: number): Result => {
  const [first] = sample.findings;
  assert.ok(first);
  return { ...sample, findings: Array.from({ length: count }, (_, at) => ({ ...first, resource: `R${at}` })) };
};

describe('SARIF', () => {
  // The schema as Microsoft publishes it with its SARIF tools, in draft 4: nothing in it is read otherwise by draft 7.
  // One of its patterns is no regular expression with the flag u.
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const log = (result: Result, options: SarifOptions = { sources, exit: 'findings' }): Log => {
    const parsed = JSON.parse(sarifReport(result, options));
    validate(parsed);
    assert.deepEqual(validate.errors ?? [], []);
    return parsed;
  };

  it('is valid by its schema, which can tell', () => {
    log(sample);
    log(empty);
    log(sample, {});
    const broken = JSON.parse(sarifReport(sample));
    broken.runs[0].results[0].level = 'fatal';
    assert.equal(validate(broken), false);
  });

  it('marks the place of a finding to the end of what its line says', () => {
    const results = log(sample).runs[0]?.results ?? [];
    const logs = results.find(({ locations }) => locations?.[0]?.logicalLocations?.[0]?.name === 'Logs');
    assert.deepEqual(logs?.locations?.[0]?.physicalLocation?.region, {
      startLine: 4,
      startColumn: 18,
      endLine: 4,
      endColumn: 37,
    });
    const past = new Map([['deploy/logs.yaml', new Lines('deploy/logs.yaml', 'short\n')]]);
    for (const { locations } of log(sample, { sources: past, exit: 'findings' }).runs[0]?.results ?? []) {
      const { startColumn = 0, endColumn = startColumn } = locations?.[0]?.physicalLocation?.region ?? {};
      assert.ok(endColumn >= startColumn);
    }
  });

  it('suppresses what is waived, with the reason', () => {
    const suppressed = (log(sample).runs[0]?.results ?? []).filter(({ suppressions }) => suppressions);
    assert.deepEqual(
      suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.status]),
      [['kms-key-policy', 'accepted']],
    );
    assert.match(
      suppressed[0]?.suppressions?.[0]?.justification ?? '',
      /until 2027-01-31 by A\. Person: Vendor.*RISK-7/,
    );
  });

  it('leads every rule and result to its controls', () => {
    const run = log(sample).runs[0];
    const taxa = run?.taxonomies?.[0]?.taxa ?? [];
    const results = run?.results ?? [];
    assert.equal(run?.tool.driver.supportedTaxonomies?.[0]?.name, run?.taxonomies?.[0]?.name);
    for (const { taxa: own = [], ruleIndex = -1, ruleId } of results) {
      assert.ok(own.length > 0);
      for (const { id, index = -1 } of own) assert.equal(taxa[index]?.id, id);
      const rule = run?.tool.driver.rules?.[ruleIndex];
      assert.equal(rule?.id, ruleId);
      for (const { target } of rule?.relationships ?? []) assert.equal(taxa[target.index ?? -1]?.id, target.id);
    }
  });

  it('says what the run ended with, what was not read and what was not followed', () => {
    const [invocation] = log(sample).runs[0]?.invocations ?? [];
    assert.equal(invocation?.exitCode, 1);
    assert.equal(invocation?.executionSuccessful, false);
    const said = (invocation?.toolExecutionNotifications ?? []).map(({ level, message }) => [level, message.text]);
    assert.deepEqual(
      said.map(([level]) => level),
      ['error', 'warning', 'note'],
    );
    assert.match(said[0]?.[1] ?? '', /no end\. Close the list\.$/);
  });

  it('keeps to what GitHub takes: 25,000 results, 20 tags, short descriptions; and says what it leaves out', () => {
    const run = log(many(25_003)).runs[0];
    assert.equal(run?.results?.length, 25_000);
    const notes = run?.invocations?.[0]?.toolExecutionNotifications ?? [];
    assert.ok(notes.some(({ message }) => message.text?.startsWith('3 further findings')));
    const controls = Array.from({ length: 40 }, (_, at) => ({ id: `ac-${at + 1}`, basis: 'own' as const }));
    const [first] = sample.findings;
    assert.ok(first);
    const rule = log({ ...sample, findings: [{ ...first, controls, title: 'x'.repeat(5000) }] }).runs[0]?.tool.driver
      .rules?.[0];
    assert.deepEqual(rule?.properties?.tags, ['security', ...controls.slice(0, 19).map(({ id }) => id)]);
    assert.equal(rule?.relationships?.length, 40);
    assert.ok((rule?.shortDescription?.text.length ?? 9999) <= 1024);
  }).timeout(60_000);

  it('names a finding the same when its line moves, and no two alike', () => {
    const prints = (result: Result) =>
      (log(result).runs[0]?.results ?? []).map((each) => each.partialFingerprints?.['rampart/v2']);
    const moved = sample.findings.map((each) =>
      each.position ? { ...each, position: { ...each.position, line: each.position.line + 7 } } : each,
    );
    assert.deepEqual(prints({ ...sample, findings: moved }), prints(sample));
    const [first] = sample.findings;
    assert.ok(first);
    assert.equal(new Set(prints({ ...sample, findings: [first, { ...first }, { ...first }] })).size, 3);
  });

  it('says what mends a finding where that is known', () => {
    const [first, second] = sample.findings;
    assert.ok(first && second);
    const at = (line: number, column: number) => ({ file: 'deploy/logs.yaml', line, column });
    const fixes = new Map([[first, [{ start: at(4, 35), end: at(4, 36), text: '365' }]]]);
    const results = log(sample, { sources, exit: 'findings', fixes }).runs[0]?.results ?? [];
    assert.deepEqual(
      results.map((each) => each.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent?.text).slice(0, 2),
      ['365', undefined],
    );
  });

  it('gives files as URIs', () => {
    const uri = (file: string) => {
      const [first] = sample.findings;
      assert.ok(first);
      const moved = { ...first, position: { file, line: 1, column: 1 } };
      return log({ ...sample, findings: [moved] }).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation
        ?.artifactLocation?.uri;
    };
    assert.equal(uri('./deploy/a b#?.yaml'), 'deploy/a%20b%23%3F.yaml');
    assert.equal(uri('/srv/a.yaml'), 'file:///srv/a.yaml');
    assert.equal(uri('C:\\srv\\a.yaml'), 'file:///C:/srv/a.yaml');
    assert.equal(uri('http://evil/a'), 'http%3A//evil/a');
    assert.equal(uri('\ud800.yaml'), '%EF%BF%BD.yaml');
  });
});

describe('JSON', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(closed(resultSchema) as object);

  it('is as the published schema says: findings of every verdict, unread files, waivers that waive nothing', () => {
    for (const result of [sample, empty, { ...sample, system: 'my-system' }]) {
      const parsed = JSON.parse(whole(jsonReport(result)));
      validate(parsed);
      assert.deepEqual(validate.errors ?? [], []);
    }
  });

  it('is as that schema says in a bundle, too', () => {
    validate(JSON.parse(JSON.stringify(heldResult(sample))));
    assert.deepEqual(validate.errors ?? [], []);
  });

  it('is not anything else', () => {
    const { title: _, ...untitled } = sample.findings[0] as Finding;
    for (const change of [
      { schemaVersion: '9' },
      { findings: [untitled] },
      { requirements: { [untitled.requirement]: { title: 'Without the rest' } } },
      { findings: [{ ...sample.findings[0], verdict: 'fine' }] },
      { findings: [{ ...sample.findings[0], secret: true }] },
      { files: [{ file: 'a' }] },
    ])
      assert.equal(validate({ ...JSON.parse(whole(jsonReport(sample))), ...change }), false, JSON.stringify(change));
  });
});

describe('HDF', () => {
  const evaluation = (result: Result) => {
    const file = convertFile(hdfReport(result, reportContext), true)['1_0_ExecJson'];
    assert.ok(file);
    return contextualizeEvaluation(file);
  };
  const statuses = (result: Result): Record<string, string> =>
    Object.fromEntries(
      evaluation(result).contains.flatMap((profile) =>
        profile.contains.map((control) => [control.data.id, control.hdf.status]),
      ),
    );

  it('is read by Heimdall’s own reader, and an unknown is no pass', () => {
    assert.deepEqual(statuses(sample), {
      'cloudtrail-multi-region': 'Failed',
      'ecr-signing': 'Profile Error',
      'kms-key-policy (waived: Key in deploy/logs.yaml)': 'Not Applicable',
      'kms-key-rotation': 'Failed',
      'kms-key-spec': 'Passed',
      'log-group-retention': 'Failed',
      'no-inline-secrets': 'Failed',
      'rampart-manifests-read': 'Profile Error',
      's3-versioning (not applicable)': 'Not Applicable',
    });
  });

  it('beside a pass, nothing else makes a control pass', () => {
    const pass = sample.findings.find(({ verdict }) => verdict === 'pass');
    assert.ok(pass);
    for (const verdict of ['fail', 'unknown', 'error'] as const) {
      const status = statuses({ ...sample, files: [], findings: [pass, { ...pass, verdict }] });
      assert.notEqual(status['kms-key-spec'], 'Passed', verdict);
    }
  });

  it('tags controls as Heimdall knows them', () => {
    const [profile] = evaluation(sample).contains;
    const secret = profile?.contains.find((control) => control.data.id === 'no-inline-secrets');
    assert.deepEqual(secret?.hdf.canonized_nist({ add_spaces: true }), ['IA-5 (7)']);
  });

  it('is empty where nothing was judged', () => assert.deepEqual(statuses(empty), {}));
});

describe('GitLab Code Quality', () => {
  interface Issue {
    description: string;
    check_name: string;
    fingerprint: string;
    severity: string;
    location: { path: string; lines: { begin: number } };
  }
  const issues = (result: Result): Issue[] => JSON.parse(gitlabReport(result));

  it('has what GitLab reads, and every fingerprint once', () => {
    const all = issues(sample);
    for (const { description, check_name, fingerprint, severity, location } of all) {
      assert.notEqual(description, '');
      assert.notEqual(check_name, '');
      assert.match(fingerprint, /^[0-9a-f]{64}$/);
      assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(severity));
      assert.ok(location.path.length > 0 && !location.path.startsWith('./'));
      assert.ok(Number.isInteger(location.lines.begin) && location.lines.begin > 0);
    }
    assert.equal(new Set(all.map(({ fingerprint }) => fingerprint)).size, all.length);
    assert.deepEqual(issues(empty), []);
  });

  it('names a waived finding as one', () => {
    const waived = issues(sample).find(({ check_name }) => check_name === 'kms-key-policy');
    assert.equal(waived?.severity, 'info');
    assert.match(waived?.description ?? '', /waived until 2027-01-31 by A\. Person/);
  });
});

describe('OSCAL', () => {
  it('says what was not read as what is open, and never as satisfied', async () => {
    const document = (await contextOf(sample).assess()) as Record<string, { results: Record<string, unknown>[] }>;
    const [result] = document['assessment-results']?.results ?? [];
    const of = (key: string) => (result?.[key] ?? []) as { title: string; status: unknown; description: string }[];
    assert.match(
      of('observations').find(({ title }) => title === 'deploy/bad.yaml: not read')?.description ?? '',
      /no end/,
    );
    const risk = of('risks').find(({ title }) => title === 'A file could not be read');
    assert.equal(risk?.status, 'open');
    assert.match(String(result?.remarks), /Could not be read: deploy\/bad\.yaml\./);
    assert.doesNotMatch(JSON.stringify(document), /"satisfied"/);
    const read = { ...sample, files: sample.files.filter(({ status }) => status !== 'not-readable') };
    const other = (await contextOf(read).assess()) as typeof document;
    assert.notEqual(other['assessment-results']?.results[0]?.uuid, result?.uuid);
  });

  it('is refused where nothing was read, or nothing judged', async () => {
    const unread = { ...sample, findings: [] };
    await assert.rejects(contextOf(unread).assess(), { code: 'RAMPART_NOT_ALL_READ', exit: 'input' });
    await assert.rejects(contextOf(empty).assess(), { code: 'RAMPART_OSCAL_NOTHING_JUDGED', exit: 'nothingJudged' });
  });
});
