import { controlIdOf, labelOf } from '#model/control.js';
import type { Setting } from '#model/setting.js';
import { compare } from '../oscal/assessment.js';
import { line, markup } from '../oscal/text.js';
import { asStated } from './as-stated.js';
import { indicatorEntry } from './indicator-entry.js';
import { certificationIn, type FedrampInput, typeOf } from './input.js';
import { ruleEntries } from './rule-entry.js';
import type { Json } from './schema.js';
import { countsText, nameOf, rowsOf, statusOf, type Tally, talliesByControl } from './tally.js';

/**
 * The Security Decision Record as far as evidence goes: every control of the baseline with the values FedRAMP assigns and what
 * was judged in its support, every indicator of the class with its tests and evidence. How rules are followed, and what an
 * independent assessor found, is for people to write.
 */
export function decisionRecord(input: FedrampInput, overviewUri: string): Json {
  const byControl = talliesByControl(input.assessment);
  // Of the 20x path every indicator has to be spoken of; for rev 5 they are an extra.
  const indicators =
    typeOf(input) === 'Rev5'
      ? input.indicators.filter(({ controls }) => controls.some((control) => byControl.has(control)))
      : input.indicators;
  return {
    certificationPackageOverviewUri: overviewUri,
    ...asStated(certificationIn(input), ['portsAndProtocols']),
    securityControls: controlEntries(input, byControl),
    fedRampRequirements: ruleEntries(input),
    keySecurityIndicators: indicators.map((indicator) => indicatorEntry(input, indicator, byControl)),
  };
}

function controlEntries(
  { baseline, controls, plan }: FedrampInput,
  byControl: ReadonlyMap<string, readonly Tally[]>,
): Json[] {
  const labels = new Map(controls.map(({ id, label }) => [id, label]));
  const parameters = parametersByControl(baseline.parameters);
  const settings = settingsByControl(plan.endpoints);
  return baseline.controls.map((id) => {
    const tallies = rowsOf(byControl.get(id) ?? []);
    const status = statusOf(tallies);
    return {
      controlId: line(labels.get(id) ?? labelOf(id)),
      ...(parameters.has(id) ? { parameterValues: parameters.get(id) } : {}),
      ...(status ? { controlImplementationStatus: status } : {}),
      ...(tallies.length > 0 ? { controlImplementationDescription: described(tallies, settings.get(id) ?? []) } : {}),
    };
  });
}

function described(tallies: readonly Tally[], settings: readonly string[]): string {
  return [
    `Technical settings that support this control in part were judged: ${countsText(tallies)}. What settings cannot show is not part of this description.`,
    '',
    ...tallies.map((tally) => `- ${nameOf(tally)}: ${countsText([tally])}`),
    ...(settings.length > 0 ? ['', `Planned settings: ${settings.join(', ')}.`] : []),
  ].join('\n');
}

/** Parameters carry the id of their control, with or without leading zeros: `ac-06.01_odp.02` is one of `ac-6.1`. */
function parametersByControl(values: Readonly<Record<string, readonly string[]>>): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  for (const parameterId of Object.keys(values).sort(compare)) {
    const control = controlIdOf(parameterId.slice(0, parameterId.indexOf('_')));
    if (control === undefined) continue;
    const row = { parameterId: line(parameterId), parameterValue: (values[parameterId] ?? []).map(line).join(', ') };
    found.set(control, [...(found.get(control) ?? []), row]);
  }
  return found;
}

/** Control id → the settings planned for its sake, with the endpoints they are for. */
function settingsByControl(endpoints: FedrampInput['plan']['endpoints']): Map<string, readonly string[]> {
  const found = new Map<string, Map<string, string[]>>();
  for (const { endpoint, settings } of endpoints) {
    for (const setting of settings) {
      for (const control of controlsOf(setting)) {
        const rows = found.get(control) ?? new Map<string, string[]>();
        const value = `\`${markup(setting.id)}\` = ${markup(String(setting.value))}`;
        rows.set(value, [...(rows.get(value) ?? []), endpoint.name]);
        found.set(control, rows);
      }
    }
  }
  return new Map(
    [...found].map(([control, rows]) => [
      control,
      [...rows].map(([value, names]) => `${value} (${names.map(markup).join(', ')})`).sort(compare),
    ]),
  );
}

const controlsOf = ({ because }: Setting): ReadonlySet<string> =>
  new Set(because.flatMap((each) => (each.kind === 'requirement' ? each.controls : [])));
