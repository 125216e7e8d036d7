import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import { resultOf } from '../../src/session/result-file.js';
import { Desk } from './command-line.js';

const day = (fromNow: number): string => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);

/** Fails, is unknown, passes and is waived, in files whose names are none too kind to documents. */
const logs = `Parameters: {Days: {Type: Number}}
Resources:
  Short: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30, KmsKeyId: alias/aws/logs}}
  Asked: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days, KmsKeyId: !ImportValue k}}
  Waived: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 7, KmsKeyId: !ImportValue k}}
  Lapsed: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 8, KmsKeyId: !ImportValue k}}
  Unread: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days, KmsKeyId: !ImportValue k}}
`;
const pods = `apiVersion: v1
kind: Pod
metadata: {name: tool, namespace: ns}
spec: {containers: [{name: c, image: "ubuntu:22.04"}]}
`;
const plan = JSON.stringify(
  {
    format_version: '1.2',
    resource_changes: [
      {
        ...{ address: 'aws_cloudwatch_log_group.l', mode: 'managed', type: 'aws_cloudwatch_log_group', name: 'l' },
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: { actions: ['create'], after: { retention_in_days: 3, name: 'l' }, after_unknown: {} },
      },
    ],
    configuration: { root_module: {} },
  },
  null,
  2,
);
const waiver = (resource: string, approved: number, expires: number): string =>
  `  - {requirement: log-group-retention, resource: ${resource}, file: "deploy/=logs, *", owner: Platform, approver: ISSO, approved: ${day(approved)}, reason: "=1 | <b>", expires: ${day(expires)}, ticket: POAM-${resource}}\n`;

const files = {
  'deploy/=logs, [a](b) & @c.yaml': logs,
  'deploy/pods.yaml': pods,
  'deploy/plan.json': plan,
  'deploy/draft.yaml': logs,
  'deploy/.rampartignore': 'draft.yaml\n',
  'rampart-waivers.yaml': `waivers:\n${waiver('Waived', -3, 60)}${waiver('Lapsed', -40, -2)}${waiver('Unread', -3, 50)}${waiver('Nobody', -3, 50)}`,
};

interface Oscal {
  props?: { name: string; value: string }[];
  uuid: string;
  remarks: string;
  status: string;
}
interface Resource {
  title: string;
  description: string;
  rlinks: [{ href: string; 'media-type': string; hashes: [{ value: string }] }];
}
interface Results {
  description: string;
  remarks: string;
  risks: (Oscal & { status: string })[];
  findings: { target: { 'target-id': string } }[];
  observations: { props: { name: string; value: string }[]; subjects: unknown[] }[];
  'reviewed-controls': { 'control-selections': { 'include-controls': { 'control-id': string }[] }[] };
  'local-definitions': { 'inventory-items': unknown[] };
}

describe('the documents of a bundle say the same', function () {
  this.timeout(240_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const show = (file: string): string => desk.rampart(['evidence', 'show', 'e.tar', '--file', file]).stdout;
  const json = <Shape>(file: string): Shape => JSON.parse(show(file)) as Shape;
  const table = (file: string): Record<string, string>[] => parse(show(file), { columns: true });

  let findings: readonly Finding[] = [];
  let results: Results;
  let ssp: {
    'control-id': string;
    'by-components'?: { props: { name: string; value: string }[]; 'implementation-status': { remarks: string } }[];
  }[];
  let poam: { items: Oscal[]; risks: Oscal[] };
  let rows: Record<string, string>[];
  let matrix: Record<string, string>[];
  let record: { controlId: string; controlImplementationStatus?: string; controlImplementationDescription?: string }[];
  let page = '';
  let made = '';

  before(() => {
    mkdirSync(desk.path('deploy'));
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    for (const [name, text] of Object.entries(files)) desk.write(name, text);
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys', '--name', 'k']).exit, 0);
    const said = desk.rampart(['evidence', 'create', 'deploy', '--key', 'keys/k.key.pem', '--out', 'e.tar']);
    assert.equal(said.exit, 0, said.stderr);
    made = said.stderr;
    findings = resultOf(show('results/findings.json'))?.findings ?? [];
    results = json<{ 'assessment-results': { results: [Results] } }>('oscal/assessment-results.json')[
      'assessment-results'
    ].results[0];
    ssp = json<{ 'system-security-plan': { 'control-implementation': { 'implemented-requirements': typeof ssp } } }>(
      'oscal/system-security-plan.json',
    )['system-security-plan']['control-implementation']['implemented-requirements'];
    const plan = json<{ 'plan-of-action-and-milestones': { 'poam-items': Oscal[]; risks: Oscal[] } }>(
      'oscal/poam.json',
    )['plan-of-action-and-milestones'];
    poam = { items: plan['poam-items'], risks: plan.risks };
    rows = table('report/poam.csv');
    matrix = table('report/control-matrix.csv');
    record = json<{ securityControls: typeof record }>('fedramp/security-decision-record.json').securityControls;
    page = show('report/index.html');
  });

  const sorted = (labels: Iterable<string>): string[] => [...new Set(labels)].sort();
  const controlsOf = (among: readonly Finding[]): string[] =>
    sorted(among.flatMap(({ controls }) => controls.map(({ id }) => labelOf(id))));
  const open = (): Finding[] => findings.filter(({ verdict }) => ['fail', 'unknown', 'error'].includes(verdict));
  const number = (verdict: Finding['verdict']): number => findings.filter((each) => each.verdict === verdict).length;

  it('of which controls something speaks against', () => {
    const expected = controlsOf(open());
    assert.ok(expected.length > 5);
    const told = {
      results: results.findings.map(({ target }) => labelOf(target['target-id'].replace(/_smt$/, ''))),
      matrix: matrix.flatMap((row) =>
        Number(row['Checks failed']) + Number(row['Checks undecided']) > 0 ? [row['Control ID'] ?? ''] : [],
      ),
      plan: rows
        .filter((row) => !row['Weakness Name']?.includes('deviation accepted'))
        .flatMap((row) => row.Controls?.split(', ') ?? []),
      oscalPlan: poam.items
        .filter(({ remarks }) => remarks.startsWith('Open.'))
        .flatMap(({ props = [] }) => props.filter(({ name }) => name === 'impacted-control-ids'))
        .flatMap(({ value }) => value.split(', ')),
      record: record
        .filter((each) => /\d (?:fail|unknown|error)/.test(each.controlImplementationDescription ?? ''))
        .map(({ controlId }) => controlId),
      security: ssp
        .filter((each) =>
          each['by-components']?.some((part) =>
            /Not met: [1-9]|Not decided: [1-9]/.test(part['implementation-status'].remarks),
          ),
        )
        .map((each) => labelOf(each['control-id'])),
      report: [...page.matchAll(/class="detail">(?:failed|unknown): (.*?)<\/span>\s*(?=<span class="detail"|<\/th>)/gs)]
        .flatMap(([, list = '']) => [...list.matchAll(/class="item">([^<]*)</g)])
        .map(([, label = '']) => label.replace(/,$/, '')),
    };
    for (const [document, labels] of Object.entries(told)) assert.deepEqual(sorted(labels), expected, document);
  });

  it('of which controls anything was judged', () => {
    const expected = controlsOf(findings.filter(({ verdict }) => verdict !== 'not-applicable'));
    const reviewed = results['reviewed-controls']['control-selections'].flatMap((each) => each['include-controls']);
    assert.deepEqual(sorted(reviewed.map((each) => labelOf(each['control-id']))), expected);
    assert.deepEqual(
      sorted(
        matrix.flatMap((row) => (/^Not judged/.test(row['Support shown'] ?? '') ? [] : [row['Control ID'] ?? ''])),
      ),
      expected,
    );
    assert.deepEqual(
      sorted(record.flatMap((each) => (each.controlImplementationDescription ? [each.controlId] : []))),
      expected,
    );
    const planned = new Set(ssp.map((each) => labelOf(each['control-id'])));
    assert.deepEqual(
      expected.filter((label) => !planned.has(label)),
      [],
    );
  });

  it('how many judgements there are of each verdict', () => {
    const counts = (['error', 'fail', 'unknown', 'waived', 'pass'] as const).map((verdict) => number(verdict));
    assert.ok(
      counts.slice(1).every((count) => count > 0),
      counts.join(),
    );
    const [, fail, unknown, waived, pass] = counts;
    assert.equal(
      results.description,
      `${findings.length} judgements: ${fail} fail, ${unknown} unknown, ${waived} waived, ${pass} pass.`,
    );
    assert.ok(
      page.includes(`${(fail ?? 0) + (unknown ?? 0)} findings block the deployment: ${fail} failed and ${unknown}`),
    );
    assert.match(made, new RegExp(`${fail} fail · ${unknown} unknown · 0 error · ${waived} waived · ${pass} pass`));
    const sarif = json<{ runs: [{ results: { kind?: string }[] }] }>('results/rampart.sarif').runs[0].results;
    assert.ok(sarif.length > 0);
  });

  it('which weaknesses there are, open and accepted, under the same ids', () => {
    const ids = sorted(rows.map((row) => row['POAM ID'] ?? ''));
    assert.deepEqual(sorted(results.risks.map(({ uuid }) => uuid)), ids);
    assert.deepEqual(sorted(poam.risks.map(({ uuid }) => uuid)), ids);
    assert.equal(poam.items.length, ids.length);
    const accepted = rows.filter((row) => row['Weakness Name']?.includes('deviation accepted'));
    assert.equal(results.risks.filter(({ status }) => status === 'deviation-approved').length, accepted.length);
    // An accepted one has who, until when and why; an open one none of these.
    for (const row of rows) {
      const isAccepted = accepted.includes(row);
      assert.equal(row['Scheduled Completion Date'] !== '', isAccepted, row['Weakness Name']);
      assert.equal(row['Deviation Rationale'] !== '', isAccepted, row['Weakness Name']);
    }
  });

  it('that a plan of action names assets the inventory has', () => {
    const assets = new Set(table('report/inventory.csv').map((row) => row['UNIQUE ASSET IDENTIFIER']));
    assert.equal(assets.size, results['local-definitions']['inventory-items'].length);
    const named = rows.flatMap((row) => (row['Asset Identifier'] ?? '').split('; '));
    // What is missing is of no resource.
    assert.deepEqual(
      named.filter((each) => !assets.has(each) && !each.includes('(system')),
      [],
    );
  });

  it('that what was waived and could not be decided was not shown to be wrong', () => {
    const of = (ticket: string) => rows.find((row) => row['Supporting Documents'] === ticket)?.['Weakness Name'] ?? '';
    assert.match(of('POAM-Waived'), /^Not met, deviation accepted: /);
    assert.match(of('POAM-Unread'), /^Not shown to be met, deviation accepted: /);
    const risk = results.risks.find(({ props }) => props?.some(({ value }) => value === 'POAM-Unread'));
    assert.match(JSON.stringify(risk), /could not be decided/);
    assert.doesNotMatch(JSON.stringify(risk), /The requirement is not met/);
  });

  it('what was left out, and what is wrong with waivers', () => {
    const digest = createHash('sha256').update(logs).digest('hex');
    const sentence = `deploy/draft.yaml was not judged: left out by .rampartignore (SHA-256 ${digest})`;
    assert.ok(results.remarks.includes(sentence), results.remarks);
    assert.ok(page.includes(`${sentence}.`));
    const { notLookedAt } = json<{ notLookedAt: string[] }>('evidence/collection.json');
    assert.ok(notLookedAt.includes(`${sentence}.`));
    assert.match(desk.rampart(['evidence', 'show', 'e.tar']).stdout, /^gate +FAILED against fedramp-rev5-moderate$/m);
    for (const text of [results.remarks, made]) {
      assert.match(text, /log-group-retention on Nobody matches no finding/);
      assert.match(text, /log-group-retention on Lapsed ran out/);
      assert.match(text, /1 file left out by \.rampartignore/);
    }
    assert.match(results.remarks, /Judged on what was given, and not planned: [^.]*container-seccomp/);
    assert.match(results.remarks, /The live account was not probed/);
  });

  it('of which file each digest is', () => {
    const { resources } = json<{ 'assessment-results': { 'back-matter': { resources: Resource[] } } }>(
      'oscal/assessment-results.json',
    )['assessment-results']['back-matter'];
    assert.equal(resources.length, 4);
    for (const { title, description, rlinks } of resources) {
      const [{ href, hashes, 'media-type': mediaType }] = rlinks;
      const held = show(decodeURIComponent(href.replace('../', '')));
      assert.equal(createHash('sha256').update(held).digest('hex'), hashes[0].value, title);
      const isPlan = title === 'deploy/plan.json';
      assert.equal(mediaType, isPlan ? 'application/json' : 'application/yaml');
      // A plan is kept without what is secret, in one line: its places are those of the whole.
      assert.equal(held === plan, false);
      assert.match(
        description,
        isPlan ? /laid out anew.*the verdict of the gate states its digest/ : /as it is kept here/,
      );
    }
  });

  it('and all of it is made again from the facts', () => {
    const { exit, stdout } = desk.rampart(['evidence', 'verify', 'e.tar', '--rebuild', '--allow-intact']);
    assert.equal(exit, 0, stdout);
  });
});
