import { plannedByControl } from './activity.js';
import { type Assessment, documentUuid, type Json } from './assessment.js';
import { baselineResource, baselineUuid } from './baseline-resource.js';
import { implementedRequirements } from './implemented-requirement.js';
import { metadataOf } from './metadata.js';
import type { SharedParts } from './shared-parts.js';
import { inventoryItems } from './subject.js';
import { systemCharacteristics } from './system-characteristics.js';
import { assessmentAssets, systemComponent } from './system-component.js';
import { systemParts } from './system-part.js';
import { markup, some } from './text.js';

/**
 * The part of a system security plan that the system file, its plan and this run's findings can fill. It never says that a control
 * is implemented. Undefined where no requirement supports a control of the baseline.
 */
export function systemSecurityPlan(
  assessment: Assessment,
  { inventory }: Pick<SharedParts, 'inventory'> = { inventory: inventoryItems(assessment) },
): { 'system-security-plan': Json } | undefined {
  const { input, tool } = assessment;
  const { plan } = input;
  if (!plan || plannedByControl(assessment).size === 0) return undefined;
  const parts = systemParts(assessment);
  const body = {
    metadata: metadataOf(assessment, 'system security plan, as far as settings support it'),
    'import-profile': { href: `#${baselineUuid(assessment)}` },
    'system-characteristics': systemCharacteristics(assessment, plan),
    'system-implementation': {
      components: [systemComponent(assessment), ...parts.map(({ component }) => component), ...judge(assessment, tool)],
      ...some('inventory-items', inventory),
    },
    'control-implementation': {
      description:
        `Controls of ${markup(input.baseline.title)} that a planned requirement supports, or one that was judged, in part. Every ` +
        'other control is for people to describe, and so is the rest of those that are listed.',
      'implemented-requirements': implementedRequirements(assessment, parts),
    },
    'back-matter': { resources: [baselineResource(assessment)] },
  };
  return { 'system-security-plan': { uuid: documentUuid(assessment, 'system-security-plan', [body]), ...body } };
}

/** What judges the system, as the component definition beside it describes it. */
const judge = (assessment: Assessment, tool: string): Json[] =>
  (assessmentAssets(assessment) as { components: Json[] }).components.map((component) => ({
    ...component,
    ...(assessment.input.componentDefinition
      ? { links: [{ href: `${assessment.input.componentDefinition}#${tool}`, rel: 'imported-from' }] }
      : {}),
  }));
