import assert from 'node:assert/strict';
import validate from '#generated/oscal.js';
import type { Finding } from '#model/finding.js';
import { verdicts } from '#model/verdict.js';
import {
  type AssessmentInput,
  assessmentOf,
  assessmentResults,
} from '../../../src/evidence/oscal/assessment-results.js';
import { poamOf } from '../../../src/evidence/oscal/poam.js';
import { unresolvedBetween, validateOscal } from '../../../src/evidence/oscal/validate.js';
import * as sample from './sample.js';

const input: AssessmentInput = {
  plan: sample.plan,
  findings: sample.findings,
  observations: sample.observations,
  system: sample.system,
  baseline: sample.baseline,
  toolVersion: '0.1.0',
  controlDataDigest: sample.controlDataDigest,
  time: sample.time,
};

interface Identified {
  uuid: string;
  subjects: unknown[];
  status: string;
}
interface Poam {
  uuid: string;
  observations: Identified[];
  risks: Identified[];
  'poam-items': (Identified & {
    'related-risks': { 'risk-uuid': string }[];
    'related-observations': { 'observation-uuid': string }[];
    remarks: string;
  })[];
}
const poam = (given: AssessmentInput): Poam =>
  poamOf(assessmentOf(given))?.['plan-of-action-and-milestones'] as unknown as Poam;
const results = (given: AssessmentInput) => assessmentResults(assessmentOf(given));
const only = (verdict: Finding['verdict'], more: Partial<Finding> = {}): AssessmentInput => ({
  ...input,
  findings: [
    sample.finding('kms-key-rotation', verdict, 'Key', 'AWS::KMS::Key', 'A reason.', {
      position: sample.at('a.yaml', 3),
      ...more,
    }),
  ],
  observations: [],
});

describe('the plan of action and milestones in OSCAL', () => {
  it('is valid, and its references lead somewhere', () => {
    assert.deepEqual(validateOscal(poamOf(assessmentOf(input)), validate), []);
    const documents = { 'assessment-results.json': results(input), 'poam.json': poamOf(assessmentOf(input)) };
    assert.deepEqual(unresolvedBetween(documents), []);
    assert.notDeepEqual(unresolvedBetween({ 'poam.json': documents['poam.json'] }), []);
    assert.notDeepEqual(unresolvedBetween({ ...documents, 'assessment-results.json': results(only('fail')) }), []);
  });

  it('holds the risks of the assessment results, each with an item, and the observations of their assets', () => {
    const [result] = (results(input)['assessment-results'] as { results: Poam[] }).results;
    const { observations, risks, 'poam-items': items } = poam(input);
    assert.deepEqual(risks, result?.risks);
    assert.deepEqual(
      items.map((item) => item['related-risks'][0]?.['risk-uuid']),
      risks.map(({ uuid }) => uuid),
    );
    const known = new Set(result?.observations.map(({ uuid }) => uuid));
    const related = items.flatMap((item) => item['related-observations'].map((each) => each['observation-uuid']));
    assert.deepEqual(related.sort(), observations.map(({ uuid }) => uuid).sort());
    assert.ok(observations.every(({ uuid }) => known.has(uuid)));
  });

  for (const verdict of verdicts) {
    it(`${verdict}: ${['fail', 'unknown', 'error', 'waived'].includes(verdict) ? 'an item that is open' : 'no plan'}`, () => {
      const made = poam(only(verdict));
      if (verdict === 'pass' || verdict === 'not-applicable') return assert.equal(made, undefined);
      assert.deepEqual(
        made.risks.map(({ status }) => status),
        ['open'],
      );
      assert.match(made['poam-items'][0]?.remarks ?? '', /^Open\./);
      assert.doesNotMatch(JSON.stringify(made), /"satisfied"|"closed"/);
    });
  }

  it('is one item for all assets of a weakness, and another for those a waiver covers', () => {
    const [one] = only('fail').findings;
    assert.ok(one);
    const many = (waived: number, open: number): Poam =>
      poam({
        ...input,
        findings: Array.from({ length: waived + open }, (_, at) => ({
          ...one,
          resource: `Key${at}`,
          ...(at < waived ? { verdict: 'waived' as const, waiver: sample.waiver } : {}),
        })),
        observations: [],
      });
    const made = many(3, 4);
    assert.deepEqual(made.risks.map(({ status }) => status).sort(), ['deviation-approved', 'open']);
    assert.deepEqual(made.observations.map(({ subjects }) => subjects.length).sort(), [3, 4]);
    const open = made.risks.find(({ status }) => status === 'open')?.uuid;
    assert.equal(open, many(0, 9).risks[0]?.uuid, 'an item lasts while assets come and go');
  });

  it('gives the earliest day a risk is known of: that of the run, of a waiver, or of earlier evidence', () => {
    const detected = (given: AssessmentInput): string | undefined =>
      (poam(given).risks[0] as unknown as { props: { name: string; value: string }[] } | undefined)?.props.find(
        ({ name }) => name === 'detected',
      )?.value;
    const open = only('fail');
    assert.equal(detected(open), sample.time.slice(0, 10));
    const risk = poam(open).risks[0]?.uuid ?? '';
    assert.equal(detected({ ...open, detected: { [risk]: '2026-09-01' } }), '2026-09-01');
    assert.equal(detected({ ...open, detected: { [risk]: '2027-09-01' } }), sample.time.slice(0, 10));
    const waived = only('waived', { waiver: { ...sample.waiver, approved: '2026-10-01' } });
    assert.equal(detected(waived), '2026-10-01');
    assert.equal(
      detected({ ...waived, detected: { [risk]: '2026-09-01' } }),
      '2026-09-01',
      'open before it was accepted',
    );
    const later = { ...open, detected: { [risk]: '2026-09-01' } };
    assert.notEqual(poam(later).uuid, poam(open).uuid, 'another document');
  });

  it('a waiver that holds is an accepted deviation, with its end', () => {
    const made = poam(only('waived', { waiver: sample.waiver }));
    assert.equal(made.risks[0]?.status, 'deviation-approved');
    assert.match(made['poam-items'][0]?.remarks ?? '', /^A deviation that was accepted/);
  });

  it('keeps the UUIDs of its items from run to run, and stays valid whatever names say', () => {
    const item = (given: AssessmentInput) => poam(given)['poam-items'][0]?.uuid;
    assert.equal(item({ ...only('fail'), time: '2027-01-01T00:00:00Z' }), item(only('fail')));
    for (const name of sample.hostile) {
      const given = only('fail', { title: name, resource: name, type: `x${name}`, reason: name, remediation: name });
      assert.deepEqual(validateOscal(poamOf(assessmentOf(given)), validate), [], JSON.stringify(name));
    }
  });
});
