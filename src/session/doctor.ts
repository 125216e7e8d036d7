import { wallClock } from '#io/clock.js';
import { terminal } from '#io/environment.js';
import { machine, writeRefusal } from '#io/machine.js';
import type { ControlBase } from '#model/base.js';
import type { Diagnosis } from '#model/diagnosis.js';
import { RampartError } from '#model/error.js';
import type { Boundary } from '#model/system.js';
import { defaultSystem, loadBase, loadPlan } from './load.js';

export interface DoctorOptions {
  system: string | undefined;
  region: string | undefined;
  offline: boolean;
  /** The Node the package asks for: `>=20.19.0`. */
  node: string;
}

/** How everything stands that commands need, in the order a person would put it right. */
export async function diagnose(options: DoctorOptions): Promise<readonly Diagnosis[]> {
  const shipped = await loadBase();
  const { base, boundary, line } = await systemFile(options.system ?? (await defaultSystem()), shipped);
  const here = [...ofMachine(options.node), writeAccess(), line, controlData(base), ofTerminal()];
  if (options.offline) return here;
  const { live } = await import('./doctor-live.js');
  const region = options.region ?? boundary.regions[0] ?? '';
  return [...here, ...(await live(boundary, region, base))];
}

function ofMachine(wanted: string): Diagnosis[] {
  const { node, openssl, platform, fips } = machine();
  const enough = isAtLeast(node, wanted.replace(/^\D+/, ''));
  return [
    enough
      ? { id: 'node', state: 'ok', said: `Node ${node} on ${platform}` }
      : { id: 'node', state: 'fail', said: `Node ${node} on ${platform}`, fix: `Install Node ${wanted}.` },
    { id: 'openssl', state: 'ok', said: `OpenSSL ${openssl} in Node` },
    fips
      ? {
          id: 'fips',
          state: 'ok',
          said: 'OpenSSL is in FIPS mode; whether its provider is validated its certificate says',
        }
      : {
          id: 'fips',
          state: 'warn',
          said: 'OpenSSL is not in FIPS mode: digests and signatures are made by code that is not held to FIPS 140',
          fix: 'Where FIPS 140 is asked of this machine, run Node with --force-fips and the FIPS provider in OPENSSL_CONF.',
        },
  ];
}

/** Whether one version, as `20.19.0`, is another or later. */
function isAtLeast(version: string, wanted: string): boolean {
  const [have, need] = [version, wanted].map((each) => each.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (have?.[at] ?? 0) - (need?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function writeAccess(): Diagnosis {
  const refusal = writeRefusal('.');
  if (!refusal) return { id: 'write', state: 'ok', said: 'Files can be written in the current folder' };
  return {
    id: 'write',
    state: 'fail',
    said: `No file can be written in the current folder (${refusal})`,
    fix: 'Go to a folder of your own, or give render and evidence an --out that can be written.',
  };
}

async function systemFile(
  path: string | undefined,
  shipped: ControlBase,
): Promise<{ base: ControlBase; boundary: Pick<Boundary, 'partition' | 'regions'>; line: Diagnosis }> {
  const [partition] = shipped.boundary.partitions;
  const nowhere = { base: shipped, boundary: { partition: partition?.id ?? '', regions: partition?.regions ?? [] } };
  if (path === undefined) {
    const said = 'There is no rampart.yaml in the current folder; the shipped boundary was used';
    return { ...nowhere, line: { id: 'system', state: 'warn', said, fix: 'Make one with rampart init.' } };
  }
  try {
    const { plan, base } = await loadPlan(path, shipped);
    const { boundary } = plan.system;
    const said = `The system file is valid: ${plan.baseline}, ${boundary.partition}, ${boundary.regions.join(' ')}`;
    return { base, boundary, line: { id: 'system', state: 'ok', said } };
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    const said = `The system file cannot be used (${error.code})`;
    return {
      ...nowhere,
      line: { id: 'system', state: 'fail', said, fix: 'Run rampart plan: it says what is wrong and where.' },
    };
  }
}

/** Regions, models and hosts drift; a year is longer than any release of Rampart is meant to last. */
const stale = 365 * 24 * 60 * 60_000;

function controlData({ digest, sources, boundary }: ControlBase): Diagnosis {
  const { partitions, models, services = [], types = [], families = [] } = boundary;
  const dates = [partitions, models, services, types, families]
    .flatMap((rows) => rows.map(({ date }: { date: string }) => date))
    .sort();
  const newest = dates.at(-1) ?? '';
  const said = `Control data sha256:${digest.slice(0, 12)}, ${sources.length} sources; boundary data seen ${dates[0]} to ${newest}`;
  if (wallClock().getTime() - Date.parse(newest) < stale) return { id: 'data', state: 'ok', said };
  const fix = 'Install a newer Rampart, or state what you have seen in a boundary file of your own.';
  return { id: 'data', state: 'warn', said: `${said}, which is long ago`, fix };
}

function ofTerminal(): Diagnosis {
  const { colour, width, interactive } = terminal();
  const said = `Output ${colour ? 'in colour' : 'without colour'}, ${width} columns, ${interactive ? 'questions can be asked' : 'no questions can be asked'}`;
  return { id: 'terminal', state: 'ok', said };
}
