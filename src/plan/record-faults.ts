import type { Endpoint } from '#model/endpoint.js';
import { isDay } from './day.js';
import { pathText } from './path-text.js';
import type { Fault } from './schema-problem.js';
import { orList, show } from './show.js';
import type { Path } from './source.js';
import { didYouMean } from './suggest.js';

/** Modes of the data-retention setting of Bedrock's accounts and projects (Amazon Bedrock User Guide, data retention, 2026). */
export const bedrockRetentionModes = ['none', 'default', 'aws_review', 'provider_data_share', 'inherit'] as const;

/** What a well-formed record says that cannot be: days that are not in the calendar, modes Bedrock does not know. */
export function recordFaults({ kind, record }: Endpoint, index: number): Fault[] {
  if (record === undefined) return [];
  const at = (...path: Path): Path => ['endpoints', index, 'record', ...path];
  const { evaluations = [], biasTests = [], retention, highImpact, riskManagement = {} } = record;
  const days: [Path, string | undefined][] = [
    ...evaluations.map(({ date }, item): [Path, string] => [at('evaluations', item, 'date'), date]),
    ...biasTests.map(({ date }, item): [Path, string] => [at('biasTests', item, 'date'), date]),
    [at('retention', 'seen'), retention?.seen],
    [at('highImpact', 'date'), highImpact?.date],
    ...Object.entries(highImpact?.practices ?? {}).map(([name, { date }]): [Path, string] => [
      at('highImpact', 'practices', name, 'date'),
      date,
    ]),
    ...Object.entries(riskManagement).map(([name, { date }]): [Path, string] => [
      at('riskManagement', name, 'date'),
      date,
    ]),
  ];
  const faults: Fault[] = days
    .filter(([, date]) => date !== undefined && !isDay(date))
    .map(([path, date]) => ({ path, message: `${pathText(path)}: ${show(date)} is not a day of the calendar.` }));
  const mode = retention?.mode;
  const known: readonly string[] = bedrockRetentionModes;
  if (mode !== undefined && kind.startsWith('bedrock') && !known.includes(mode)) {
    const path = at('retention', 'mode');
    const message = `${pathText(path)}: ${show(mode)} is not ${orList(known)}.${didYouMean(mode, known)}`;
    faults.push({ path, message });
  }
  return faults;
}
