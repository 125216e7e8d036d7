import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import { controlIdOf } from '#model/control.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import { baselinePage } from './explain/baseline.js';
import { controlPage } from './explain/control.js';
import { indicatorPage } from './explain/indicator.js';
import type { Page } from './explain/page.js';
import { pageJson } from './explain/page-json.js';
import { pageMarkdown } from './explain/page-markdown.js';
import { pageText } from './explain/page-text.js';
import type { ExplainedBase } from './explain/references.js';
import { requirementPage } from './explain/requirement.js';
import { settingPage } from './explain/setting.js';
import { threatPage } from './explain/threat.js';
import type { Palette } from './palette.js';

export type ExplainFormat = 'human' | 'json' | 'markdown';

/** Everything that can be explained, for suggestions when nothing is named so. Sorted. */
export const subjects = (base: ControlBase): string[] =>
  [
    ...[...base.requirements, ...base.controls, ...base.threats, ...base.baselines].map(({ id }) => id),
    ...base.rules.indicators.map(({ id }) => id.toLowerCase()),
    ...new Set(base.requirements.flatMap(({ settings }) => Object.keys(settings))),
  ].sort();

/**
 * What there is to say of a requirement, control, indicator, threat, baseline or setting; undefined when nothing has that
 * name. `baseline` cuts controls and values down to one.
 */
export function explained(subject: string, base: ExplainedBase, baseline?: Baseline): Page | undefined {
  const requirement = base.requirements.find(({ id }) => id === subject);
  if (requirement) return requirementPage(requirement, base, baseline);
  const control = base.controls.find(({ id }) => id === controlIdOf(subject));
  if (control) return controlPage(control, base, baseline);
  const indicator = judgedIndicators(base.rules).find(({ id }) => id === subject.toUpperCase());
  if (indicator) return indicatorPage(indicator, base);
  const threat = base.threats.find(({ id }) => id === subject.toLowerCase());
  if (threat) return threatPage(threat, base);
  const selection = base.baselines.find(({ id }) => id === subject.toLowerCase());
  if (selection) return baselinePage(selection, base);
  return settingPage(subject, base, baseline);
}

/** A page in one of the formats `explain` prints. */
export function printed(page: Page, format: ExplainFormat, terminal: { palette: Palette; width: number }): string {
  switch (format) {
    case 'json':
      return pageJson(page);
    case 'markdown':
      return pageMarkdown(page);
    case 'human':
      return pageText(page, terminal);
  }
}
