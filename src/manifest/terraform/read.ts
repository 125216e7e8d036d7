import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest, Resource } from '#model/resource.js';
import type { Cluster } from '../kubernetes/cluster.js';
import { UnreadResources } from '../unread.js';
import { azapiBodies } from './azapi.js';
import { heldObjects } from './held.js';
import { PlanLines } from './places.js';
import { planFirst } from './plan-first.js';
import { providerConfigurations } from './provider-configuration.js';
import { PlannedResource } from './resource.js';
import { asObject, asText, type Json, member, objectsIn } from './shape.js';
import { Source } from './source.js';
import { unjudged } from './unjudged.js';

/** What a plan or state says about itself that a gate should pass on. */
type Note = { what: string; at: number };

/**
 * Reads what `terraform show -json` prints of a plan or a state; undefined for any other text. Kubernetes objects it holds go to the
 * cluster. Throws `RAMPART_TERRAFORM_*` (exit `input`) for a format it does not know.
 */
export function readTerraform(lines: Lines, cluster: Cluster): Manifest | undefined {
  const { file, text } = lines;
  if (!text.includes('"format_version"')) return undefined;
  if (!/^\s*\{/.test(text)) {
    const inside = planInside.exec(text) ?? firstOfPlans.exec(text);
    if (inside) throw refusePlanInside(lines, inside.index);
    return undefined;
  }
  const plan = asObject(parsed(lines));
  const version = asText(member(plan, 'format_version'));
  if (!plan || version === undefined) return undefined;
  const section = ['resource_changes', 'planned_values', 'values'].find((key) => member(plan, key) !== undefined);
  if (!section) return undefined;
  if (!/^1\.\d+$/.test(version)) throw unknownFormat(version, lines);
  const place = new PlanLines(file, text, section, section === 'resource_changes' ? ['change', 'after'] : ['values']);
  const resources: Resource[] = [];
  const notFollowed = notesOf(plan);
  const manifest: Manifest = { language: 'terraform', file, lines: place, resources, notFollowed };
  const source = new Source(plan);
  const all = source.entries.map((entry) => new PlannedResource(entry, source, place, manifest));
  const held = heldObjects(all, place, cluster);
  const bodies = azapiBodies(all, place);
  const isElsewhere = (resource: PlannedResource) => held.read.has(resource) || bodies.read.has(resource);
  const own = held.read.size + bodies.read.size === 0 ? all : all.filter((resource) => !isElsewhere(resource));
  const { unread, notes } = unjudged(own, manifest, held.unread);
  for (const resource of [...own, ...unread, ...providerConfigurations(own, manifest)]) resources.push(resource);
  const rest = lackingOf(plan);
  if (rest) resources.push(new UnreadResources('plan', 0, manifest, rest));
  notFollowed.push(...notes);
  const holds = bodies.manifest ? [...held.manifests, bodies.manifest] : held.manifests;
  if (holds.length > 0) manifest.holds = holds;
  return manifest;
}

/** A plan behind what a wrapper, or Terraform itself, prints before it. */
const planInside = /^\{\s*"format_version"\s*:/m;

/** Several in a list. */
const firstOfPlans = /^\s*\[\s*\{\s*"format_version"\s*:/;

/** Passed over as no manifest, a plan would look like one that was judged. */
const refusePlanInside = (lines: Lines, at: number): RampartError =>
  new RampartError('RAMPART_TERRAFORM_SYNTAX', 'a Terraform plan with something else around it', {
    exit: 'input',
    next: `Give each plan a file of its own, without other output; of the GitHub action setup-terraform, set terraform_wrapper to false. ${planFirst}`,
    position: lines.position(at),
  });

/** Terraform's own files name what is wanted and not what will be; only Terraform can tell. */
export function refuseTerraformSource(lines: Lines): RampartError {
  return new RampartError('RAMPART_TERRAFORM_SOURCE', `Terraform code is not judged, its plan is. ${planFirst}`, {
    exit: 'input',
    next: planFirst,
    position: lines.position(0),
  });
}

/** The same as JSON, as the CDK for Terraform writes it; a plan may be called so too. */
export const isTerraformJson = (file: string): boolean => /\.(?:tf|tofu)\.json$/.test(file);

export const terraformJson = `Terraform code, no plan of it: its plan is judged. ${planFirst}`;

export const isTerraformSource = (file: string): boolean => /\.(?:tf|tofu|tfvars)$/.test(file);

/** Reading a broken text as YAML finds the place of the mistake too, but would take long for a large one. */
const largestMended = 1024 * 1024;

function parsed(lines: Lines): unknown {
  try {
    return JSON.parse(lines.text);
  } catch (cause) {
    if (lines.text.length <= largestMended) return undefined;
    const place = /at position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    throw new RampartError('RAMPART_TERRAFORM_SYNTAX', 'not readable as JSON, which a Terraform plan is', {
      exit: 'input',
      next: `Write the plan again. ${planFirst}`,
      position: lines.position(place === undefined ? 0 : Number(place)),
      cause,
    });
  }
}

function unknownFormat(version: string, lines: Lines): RampartError {
  const shown = JSON.stringify(version.slice(0, 20));
  return new RampartError('RAMPART_TERRAFORM_FORMAT', `Terraform JSON of format ${shown}; formats 1.x are read`, {
    exit: 'input',
    next: `Use Terraform 1.1 or later. ${planFirst}`,
    position: lines.position(Math.max(0, lines.text.indexOf('"format_version"'))),
  });
}

/**
 * What would settle the rest of a plan that says of itself that it is not whole. One that ended in an error cannot be applied, one that is not
 * complete can: neither may look like all there will be.
 */
function lackingOf(plan: Json): string | undefined {
  if (member(plan, 'errored') === true) return 'the rest of the plan, which ended in an error';
  const [first, ...others] = deferredIn(plan);
  if (first !== undefined) {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    return `the later plan with what this one defers: ${first.slice(0, 60)}${more}`;
  }
  return member(plan, 'complete') === false ? 'the rest of the plan, which says that it is not complete' : undefined;
}

/** The addresses of what a plan leaves to a later one; what data sources read is deployed by nobody. */
const deferredIn = (plan: Json): string[] =>
  objectsIn(member(plan, 'deferred_changes'))
    .map((deferred) => member(deferred, 'resource_change'))
    .filter((change) => member(change, 'mode') !== 'data')
    .map((change) => asText(member(change, 'address')) ?? 'a resource');

function notesOf(plan: Json): Note[] {
  const notes: Note[] = [];
  if (member(plan, 'errored') === true) {
    notes.push({ what: 'the plan ended in an error: it may lack resources', at: 0 });
  }
  if (member(plan, 'complete') === false) {
    notes.push({ what: 'the plan is not complete: a later plan will hold more changes', at: 0 });
  }
  for (const address of deferredIn(plan)) {
    notes.push({ what: `deferred change of ${address}: it is in a later plan`, at: 0 });
  }
  return notes;
}
