import { check } from '#check/check.js';
import { Cluster, readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { type RenderedFile, render } from '../../../src/render/render.js';
import { againstOf, standpointOf } from '../../../src/session/gate.js';
import { base } from '../../controls/base.js';
import { templates } from '../plans.js';

export const rendered = (plan: Plan, target: string): RenderedFile[] => render(plan, target, templates, base.boundary);

/** What the gate says of files, all of one cluster. */
export function judged(files: readonly { path: string; text: string }[], plan: Plan): Finding[] {
  const stand = standpointOf(plan, base);
  const cluster = new Cluster();
  const manifests = files
    .filter(({ path }) => path.endsWith('.yaml'))
    .map(({ path, text }) => readManifest(path, text, { ...stand.given, parameters: {} }, cluster) as Manifest);
  return check(manifests, againstOf(base, stand));
}
