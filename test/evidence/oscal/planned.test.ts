import assert from 'node:assert/strict';
import validate from '#generated/oscal.js';
import { assessmentPlan } from '../../../src/evidence/oscal/assessment-plan.js';
import {
  type AssessmentInput,
  assessmentOf,
  assessmentResults,
} from '../../../src/evidence/oscal/assessment-results.js';
import { componentDefinition } from '../../../src/evidence/oscal/component-definition.js';
import { unresolvedBetween, validateOscal } from '../../../src/evidence/oscal/validate.js';
import * as sample from './sample.js';

const input: AssessmentInput = {
  plan: sample.plan,
  findings: sample.findings,
  system: sample.system,
  baseline: sample.baseline,
  toolVersion: '0.1.0',
  controlDataDigest: sample.controlDataDigest,
  time: sample.time,
};
const assessment = assessmentOf(input);
const planned = [
  ...new Set(sample.plan.endpoints.flatMap(({ requirements }) => requirements.map(({ id }) => id))),
].sort();
const uuids = (document: unknown): string[] => JSON.stringify(document).match(/(?<="activity-uuid":")[^"]+/g) ?? [];

describe('what was planned, in OSCAL', () => {
  it('is a valid assessment plan with an activity for every planned requirement, judged or not', () => {
    const document = assessmentPlan(assessment);
    assert.deepEqual(validateOscal(document, validate), []);
    const none = assessmentPlan(assessmentOf({ ...input, findings: [] }));
    for (const made of [document, none]) assert.equal(uuids(made).length, planned.length);
    for (const id of planned) assert.ok(JSON.stringify(none).includes(`"value":"${id}"`), id);
  });

  it('is what the assessment results import, with the same activities', () => {
    const results = assessmentResults({ ...assessment, input: { ...input, assessmentPlan: 'assessment-plan.json' } });
    assert.deepEqual(validateOscal(results, validate), []);
    const body = results['assessment-results'] as {
      'import-ap': unknown;
      'local-definitions': { activities: { uuid: string }[] };
    };
    assert.deepEqual(body['import-ap'], { href: 'assessment-plan.json' });
    const plan = assessmentPlan(assessment);
    assert.deepEqual(unresolvedBetween({ 'assessment-plan.json': plan, 'assessment-results.json': results }), []);
    assert.notDeepEqual(unresolvedBetween({ 'assessment-results.json': results }), []);
    const known = new Set(uuids(plan));
    assert.ok(body['local-definitions'].activities.some(({ uuid }) => known.has(uuid)));
  });

  it('is a valid component definition that claims no control as a whole', () => {
    const document = componentDefinition(assessment);
    assert.deepEqual(validateOscal(document, validate), []);
    const text = JSON.stringify(document);
    for (const id of planned) assert.ok(text.includes(`"value":"${id}"`), id);
    assert.match(text, /none is satisfied by it as a whole/);
    assert.doesNotMatch(text, /"implementation-status"|"satisfied"/);
    assert.match(text, /Mapped by Rampart; no publication says so/);
  });

  it('is no document where nothing is planned', () => {
    const { plan: _, ...rest } = input;
    assert.equal(assessmentPlan(assessmentOf(rest)), undefined);
    assert.equal(componentDefinition(assessmentOf(rest)), undefined);
  });

  it('stays valid whatever names say', () => {
    for (const name of sample.hostile) {
      const given = assessmentOf({
        ...input,
        system: { ...sample.system, name },
        baseline: { id: name, title: name, source: name },
      });
      for (const made of [assessmentPlan(given), componentDefinition(given)])
        assert.deepEqual(validateOscal(made, validate), [], JSON.stringify(name));
    }
  });
});
