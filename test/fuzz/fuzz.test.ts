import fc from 'fast-check';
import { armTemplate, judgeArm } from './arm.js';
import { hasCorpus, judgeSpoilt, spoilt } from './bytes.js';
import { judgeTemplate, template } from './cloudformation.js';
import { judgeStream, stream } from './kubernetes.js';
import { judgePlan, plan, planOfObjects, planOfTyped } from './terraform.js';

/** 5,000 cases where every change is tested; `npm run fuzz` takes 200,000. */
const runs = Number(process.env.FUZZ_RUNS ?? 5000);
const seed = Number(process.env.FUZZ_SEED ?? process.env.FC_SEED ?? 20261121) || Date.now() % 2 ** 31;

const share = (part: number): { numRuns: number; seed: number } => ({ numRuns: Math.ceil(runs * part), seed });

describe(`anything at all (${runs} cases, FUZZ_SEED=${seed})`, function () {
  this.timeout(runs <= 5000 ? 300_000 : 0);

  it('in CloudFormation: no crash, no hang, no pass that a settled value contradicts', () =>
    fc.assert(fc.property(template, judgeTemplate), share(0.4)));

  it('in Terraform plans: the same', () => fc.assert(fc.property(plan, judgePlan), share(0.2)));

  it('in Kubernetes objects that Terraform plans hold: the same', () =>
    fc.assert(fc.property(planOfObjects, judgePlan), share(0.08)));

  it('in Kubernetes objects that Terraform plans spell in attributes and blocks: the same', () =>
    fc.assert(fc.property(planOfTyped, judgePlan), share(0.08)));

  it('in ARM templates: the same', () => fc.assert(fc.property(armTemplate, judgeArm), share(0.12)));

  it('in Kubernetes: no crash, no hang, the same in any order', () =>
    fc.assert(fc.property(stream, judgeStream), share(0.12)));

  it(`in texts spoilt at some places${hasCorpus ? '' : ' (skipped: real ones, the corpus is not beside this checkout)'}`, () =>
    fc.assert(fc.property(spoilt, judgeSpoilt), share(0.16)));
});
