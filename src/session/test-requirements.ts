import { check } from '#check/check.js';
import { terminal } from '#io/environment.js';
import { liveExample } from '#live/example.js';
import { judge as judgeLive } from '#live/judge.js';
import { readManifest } from '#manifest/read.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import { exampleAccounts, type Requirement } from '#model/requirement.js';
import type { SettingValue } from '#model/setting.js';
import { azureOf } from './azure.js';
import { liveConditions } from './live-findings.js';
import { loadBase } from './load.js';
import { readRequirements } from './own-requirements.js';
import { paletteFor } from './palette.js';

interface Ran {
  name: string;
  wanted: string;
  got: string;
  reasons: readonly string[];
}

/** Runs the examples of the requirements under a folder. A wrong verdict is a finding. */
export async function testRequirements(folder: string): Promise<{ text: string; exit: 'passed' | 'findings' }> {
  const base = await loadBase([], [folder]);
  const requirements = (await readRequirements(folder)).map(({ requirement }) => requirement);
  const ran = requirements.flatMap((requirement) => examplesOf(requirement, base));
  const { bold, dim, green, red } = await paletteFor(terminal().colour);
  const lines = ran.flatMap(({ name, wanted, got, reasons }) =>
    wanted === got
      ? [`${green('ok')}     ${name}`]
      : [`${red('wrong')}  ${bold(name)}: ${got}`, ...reasons.map((reason) => dim(`         ${reason}`))],
  );
  const wrong = ran.filter(({ wanted, got }) => wanted !== got).length;
  const summary = `${ran.length} examples of ${requirements.length} requirements, ${wrong} with a wrong verdict`;
  return { text: [...lines, '', summary].join('\n'), exit: wrong > 0 ? 'findings' : 'passed' };
}

function examplesOf(requirement: Requirement, base: ControlBase): Ran[] {
  return Object.entries(requirement.examples ?? {}).flatMap(([language, examples]) =>
    (['pass', 'fail', 'unknown'] as const).flatMap((wanted) =>
      examples[wanted].map((text, index) => ({
        name: `${requirement.id}, ${language}, ${wanted} ${index + 1}`,
        wanted,
        ...verdictOf(requirement, language, text, base),
      })),
    ),
  );
}

/** Worst first: what decides over a manifest. */
const order = ['error', 'fail', 'unknown', 'pass'] as const;

function verdictOf(
  requirement: Requirement,
  language: string,
  text: string,
  base: ControlBase,
): Pick<Ran, 'got' | 'reasons'> {
  const [partition] = base.boundary.partitions;
  const boundary = { partition: partition?.id ?? '', regions: partition?.regions ?? [] };
  const settings: Record<string, SettingValue> = {};
  for (const { settings: demanded } of base.requirements) {
    for (const [id, demand] of Object.entries(demanded)) settings[id] = demand.default;
  }
  const against = {
    requirements: [requirement],
    settings,
    boundary: { ...boundary, accounts: exampleAccounts },
    nvmeFamilies: base.boundary.nvmeFamilies,
    clouds: base.boundary.clouds,
    offers: base.boundary,
    needs: requirement.endpoints,
  };
  try {
    if (language === 'live') return worstOf(judgeLive([liveExample(text)], [requirement], liveConditions(against)));
    const manifest = readManifest('example', text, { ...boundary, ...azureOf(base), parameters: {} });
    if ('reason' in manifest) return { got: 'no manifest', reasons: [manifest.reason] };
    return worstOf(check([manifest], against));
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return { got: 'not readable', reasons: [error.message] };
  }
}

function worstOf(findings: readonly Finding[]): Pick<Ran, 'got' | 'reasons'> {
  const got = order.find((verdict) => findings.some((finding) => finding.verdict === verdict));
  return { got: got ?? 'not judged', reasons: findings.map(({ resource, reason }) => `${resource}: ${reason}`) };
}
