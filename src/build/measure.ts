import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Case {
  name: string;
  command: string;
  args: readonly string[];
  /** Exit codes that mean the work was done; any for tools whose codes are many. */
  exits?: readonly number[];
  /** Times it is run; slow peers get few. */
  rounds: number;
  /** What it is compared with; `node -e 0` unless given. */
  against?: Case;
}

export interface Result {
  case: Case;
  /** Median wall time of the whole process, in milliseconds. */
  wall: number;
  /** Median over the rounds of this process's wall time over that of what it is compared with, run just before it. */
  ratio: number;
  /** CPU time of all rounds over that of what it is compared with, which says more where other work runs beside; undefined where the system hides it. */
  cpuRatio: number | undefined;
  /** Peak resident memory of the process in MiB, from one run that is not timed; undefined where the system hides it. */
  peak: number | undefined;
}

/** On Node 20 a set NODE_EXTRA_CA_CERTS costs 40 ms at every start and makes every ratio look better than it is. */
const environment = (): NodeJS.ProcessEnv => {
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1' };
};

const nothing: Case = { name: 'node -e 0', command: process.execPath, args: ['-e', '0'], rounds: 0, exits: [0] };

/** Runs all cases interleaved, round by round, so that a busy moment of the machine falls on all of them. */
export async function measure(cases: readonly Case[], root: string): Promise<readonly Result[]> {
  const walls = new Map(cases.map((each) => [each, [] as number[]]));
  const ratios = new Map(cases.map((each) => [each, [] as number[]]));
  const cpu = new Map(cases.map((each) => [each, { own: 0, floor: 0 }]));
  const rounds = Math.max(...cases.map((each) => each.rounds));
  // The first round fills caches and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const each of cases) {
      if (round > each.rounds) continue;
      const floor = await time(each.against ?? nothing, root);
      const own = await time(each, root);
      if (round === 0) continue;
      walls.get(each)?.push(own.wall);
      ratios.get(each)?.push(own.wall / floor.wall);
      const sum = cpu.get(each);
      if (sum) Object.assign(sum, { own: sum.own + own.cpu, floor: sum.floor + floor.cpu });
    }
  }
  const results: Result[] = [];
  for (const each of cases) {
    const peak = each.command === process.execPath ? await peakOf(each, root) : undefined;
    const { own, floor } = cpu.get(each) ?? { own: 0, floor: 0 };
    const cpuRatio = own > 0 && floor > 0 ? own / floor : undefined;
    results.push({ case: each, wall: median(walls.get(each)), ratio: median(ratios.get(each)), cpuRatio, peak });
  }
  return results;
}

async function time(each: Case, root: string): Promise<{ wall: number; cpu: number }> {
  const before = cpuOfChildren();
  const start = process.hrtime.bigint();
  await run(each, root, environment());
  return { wall: Number(process.hrtime.bigint() - start) / 1e6, cpu: cpuOfChildren() - before };
}

/** CPU time of all processes run so far, in ticks of the kernel's clock; always 0 where there is no /proc. */
function cpuOfChildren(): number {
  try {
    // The second field is the name of the program in brackets, which may hold blanks.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[13]) + Number(fields[14]);
  } catch {
    return 0;
  }
}

function run(each: Case, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(each.command, each.args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + String(chunk)).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && (each.exits?.includes(code) ?? true)) resolve();
      else reject(new Error(`${each.name} ended with ${code}: ${each.command} ${each.args.join(' ')}\n${complaint}`));
    });
  });
}

/**
 * The kernel's own high-water mark, read by the process as it ends. (`maxRSS` would count the parent's memory too, which a
 * child inherits at fork.)
 */
async function peakOf(each: Case, root: string): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'rampart-bench-'));
  try {
    const out = join(folder, 'peak');
    const hook = join(folder, 'peak.cjs');
    writeFileSync(
      hook,
      `process.on('exit',()=>{const fs=require('fs');try{fs.writeFileSync(${JSON.stringify(out)},fs.readFileSync('/proc/self/status'))}catch{}});`,
    );
    await run({ ...each, args: ['--require', hook, ...each.args] }, root, environment());
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(out, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[] = []): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}
