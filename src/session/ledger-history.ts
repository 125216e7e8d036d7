import { worst } from '#check/support.js';
import type { LedgerEntry } from '#evidence/index.js';
import type { ControlBase } from '#model/base.js';
import type { Verdict } from '#model/verdict.js';
import { readLedger } from './ledger.js';
import { loadBase } from './load.js';

/** One Key Security Indicator at one time: the worst of its controls, and how many of those that were judged pass. */
export interface IndicatorAt {
  state: Verdict | 'not-judged';
  passing: number;
  judged: number;
}

export interface History {
  entries: readonly LedgerEntry[];
  /** By id; each list as long as `entries`. */
  controls: Readonly<Record<string, readonly (Verdict | 'not-judged')[]>>;
  indicators: Readonly<Record<string, readonly IndicatorAt[]>>;
}

/** Verdicts, controls and indicators over time, of the systems asked for. */
export async function ledgerHistory(
  path: string,
  { system, environment }: { system?: string | undefined; environment?: string | undefined },
): Promise<History> {
  const [{ entries: all }, base] = await Promise.all([readLedger(path), loadBase()]);
  const entries = all.filter(
    (entry) =>
      (system ?? entry.systemId) === entry.systemId && (environment ?? entry.environment) === entry.environment,
  );
  const ids = [...new Set(entries.flatMap(({ controls }) => Object.keys(controls)))].sort();
  return {
    entries,
    controls: Object.fromEntries(ids.map((id) => [id, entries.map(({ controls }) => stateOf(controls, id))])),
    indicators: indicatorsOf(entries, base),
  };
}

const stateOf = (controls: LedgerEntry['controls'], id: string): Verdict | 'not-judged' =>
  Object.hasOwn(controls, id) ? (controls[id] ?? 'not-judged') : 'not-judged';

/** By what the publisher relates to each indicator today; one of which no control was ever judged is left out. */
function indicatorsOf(entries: readonly LedgerEntry[], { rules }: ControlBase): History['indicators'] {
  const rows = rules.indicators.map(({ id, controls }) => {
    const states = entries.map((entry): IndicatorAt => {
      const judged = controls
        .map((control) => stateOf(entry.controls, control))
        .filter((state) => state !== 'not-judged');
      return {
        state: worst(judged) ?? 'not-judged',
        passing: judged.filter((state) => state === 'pass').length,
        judged: judged.length,
      };
    });
    return [id, states] as const;
  });
  return Object.fromEntries(rows.filter(([, states]) => states.some(({ judged }) => judged > 0)).sort());
}
