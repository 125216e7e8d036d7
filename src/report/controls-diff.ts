import { labelOf } from '#model/control.js';
import type { Palette } from './palette.js';

interface Change {
  added: readonly string[];
  removed: readonly string[];
  changed: readonly { id: string; from: unknown; to: unknown }[];
}

interface Difference {
  from: string;
  to: string;
  controls: Change;
  parameters: Change;
  indicators: Change;
  rules: Change;
  requirements: readonly string[];
}

/** A difference for people: what came, what went, what is said otherwise, and whom it touches. */
export function controlsDiffText(diff: Difference, palette: Palette): string {
  const sections = (['controls', 'parameters', 'indicators', 'rules'] as const).flatMap((name) => {
    const { added, removed, changed } = diff[name];
    const said = (id: string): string => (name === 'controls' ? labelOf(id) : id);
    if (added.length + removed.length + changed.length === 0) return [];
    return [
      palette.bold(`${name[0]?.toUpperCase()}${name.slice(1)}`),
      ...added.map((id) => `  ${palette.green('+')} ${said(id)}`),
      ...removed.map((id) => `  ${palette.red('-')} ${said(id)}`),
      ...changed.flatMap(({ id, from, to }) => [
        `  ${palette.yellow('~')} ${said(id)}`,
        `      from ${JSON.stringify(from)}`,
        `      to   ${JSON.stringify(to)}`,
      ]),
      '',
    ];
  });
  const touched =
    diff.requirements.length === 0
      ? 'No requirement of Rampart is touched.'
      : `${diff.requirements.length === 1 ? '1 requirement is' : `${diff.requirements.length} requirements are`} touched: ${diff.requirements.join(', ')}`;
  const head = `From ${diff.from} to ${diff.to}`;
  return `${[head, '', ...(sections.length > 0 ? [...sections, touched] : ['Nothing differs.'])].join('\n')}\n`;
}
