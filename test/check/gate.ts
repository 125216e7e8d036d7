import { type Against, check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import { effectiveSettings } from '../../src/plan/settings.js';
import { base } from '../controls/base.js';

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };

const cloud = base.boundary.clouds?.find(({ language }) => language === 'arm');

/** What the gate tells the reader of ARM templates. */
export const azureGiven = { locations: cloud?.locations ?? [], environment: cloud?.environment ?? {} };

export const against: Against = {
  requirements: base.requirements,
  settings: effectiveSettings(base, 'fedramp-rev5-moderate'),
  boundary,
  nvmeFamilies: base.boundary.nvmeFamilies,
  clouds: base.boundary.clouds,
  offers: base.boundary,
  needs: [],
};

/** Findings on a template's text; a file that is no manifest gives undefined. */
export function judge(
  text: string,
  parameters: Readonly<Record<string, string>> = {},
  file = 'template.yaml',
): Finding[] | undefined {
  const manifest = readManifest(file, text, { ...boundary, azure: azureGiven, parameters });
  return 'resources' in manifest ? check([manifest], against) : undefined;
}

/** The worst verdict of one requirement on a template. */
export function verdictOf(
  requirement: string,
  text: string,
  parameters: Readonly<Record<string, string>> = {},
): string | undefined {
  const findings = (judge(text, parameters) ?? []).filter((each) => each.requirement === requirement);
  return ['error', 'fail', 'unknown', 'pass'].find((verdict) => findings.some((each) => each.verdict === verdict));
}
