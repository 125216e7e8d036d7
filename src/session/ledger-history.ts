import { worst } from '#check/support.js';
import type { LedgerEntry } from '#evidence/index.js';
import { now } from '#io/clock.js';
import type { ControlBase } from '#model/base.js';
import { type CertificationClass, judgedIndicators } from '#model/fedramp-rules.js';
import type { Verdict } from '#model/verdict.js';
import { readLedger } from './ledger.js';
import { loadBase } from './load.js';

/** One Key Security Indicator at one time: the worst of its controls, and how many of those that were judged pass. */
export interface IndicatorAt {
  state: Verdict | 'not-judged';
  passing: number;
  judged: number;
}

/** How far back the ledger goes for one system in one environment, and whether that is as far as a class has to show. */
export interface Reach {
  systemId: string;
  environment: string;
  /** Days, ISO 8601. */
  from: string;
  to: string;
  bundles: number;
  /** Days without a bundle, until today. */
  longestGap: number;
  asked: readonly { rule: string; class: CertificationClass; months: number; isCovered: boolean }[];
}

export interface History {
  reaches: readonly Reach[];
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
    reaches: reachesOf(entries, base, now()),
    entries,
    controls: Object.fromEntries(ids.map((id) => [id, entries.map(({ controls }) => stateOf(controls, id))])),
    indicators: indicatorsOf(entries, base),
  };
}

/** By system and environment, in the order they come. */
function reachesOf(entries: readonly LedgerEntry[], { rules }: ControlBase, today: Date): Reach[] {
  const asked = rules.rules.flatMap(({ id, months = {} }) =>
    Object.entries(months).map(([of, count]) => ({ rule: id, class: of as CertificationClass, months: count })),
  );
  const systems = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const name = JSON.stringify([entry.systemId, entry.environment]);
    const own = systems.get(name);
    if (own) own.push(entry);
    else systems.set(name, [entry]);
  }
  return [...systems.values()].map((own) => {
    const times = own.map(({ collectedAt }) => new Date(collectedAt).getTime()).sort((left, right) => left - right);
    const first = new Date(times[0] ?? 0);
    const gaps = times.map((time, at) => ((times[at + 1] ?? today.getTime()) - time) / 86_400_000);
    return {
      systemId: own[0]?.systemId ?? '',
      environment: own[0]?.environment ?? '',
      from: dayOf(first),
      to: dayOf(new Date(times.at(-1) ?? 0)),
      bundles: own.length,
      longestGap: Math.max(0, ...gaps.map(Math.floor)),
      asked: asked.map((each) => ({ ...each, isCovered: first <= monthsBefore(today, each.months) })),
    };
  });
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** The same time of the day so many months ago; where that month is too short, its last day. */
function monthsBefore(today: Date, months: number): Date {
  const day = new Date(today);
  day.setUTCMonth(day.getUTCMonth() - months, 1);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(today.getUTCDate(), last));
  return day;
}

const stateOf = (controls: LedgerEntry['controls'], id: string): Verdict | 'not-judged' =>
  Object.hasOwn(controls, id) ? (controls[id] ?? 'not-judged') : 'not-judged';

/** By what is related to each indicator today; one of which no control was ever judged is left out. */
function indicatorsOf(entries: readonly LedgerEntry[], { rules }: ControlBase): History['indicators'] {
  const rows = judgedIndicators(rules).map(({ id, controls }) => {
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
