import { standsAt } from '#io/output-path.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import {
  isScheduled,
  type ManifestKind,
  manifestsOf,
  nextSteps,
  type PipelineKind,
  pipelineFile,
  scheduledFile,
  scheduledPipelines,
  scheduledSteps,
} from '#render/pipelines.js';
import { loadFirst, loadPlan, systemFile } from './load.js';

export interface Options {
  version: string;
  force: boolean;
  /** What the manifests are written in; without it, what the system file that is here is mostly written in. */
  manifests?: ManifestKind | undefined;
}

/** A system file that cannot be read is for the pipeline to refuse: it says what is wrong with it whenever it runs. */
async function manifestsHere(): Promise<ManifestKind> {
  try {
    const { plan } = await loadPlan(systemFile, await loadFirst());
    return manifestsOf(plan.system.endpoints.map(({ kind }) => kind));
  } catch (error) {
    if (error instanceof RampartError) return 'cloudformation';
    throw error;
  }
}

/**
 * Writes the files of some pipelines into the current folder, all or none, and gives back what to say of each. The file of
 * pre-commit belongs to whoever wrote it: one that is there is never replaced, and what to add to it is said instead.
 */
export async function writePipelines(
  kinds: readonly PipelineKind[],
  { version, force, manifests }: Options,
): Promise<string[]> {
  const { default: templates } = await import('#generated/pipelines.js');
  const wanted = manifests ?? (await manifestsHere());
  const asked = [...new Set(kinds)].map((kind) => ({ kind, ...pipelineFile(kind, version, templates, wanted) }));
  const kept = asked.filter(({ kind, path }) => kind === 'pre-commit' && standsAt(path) !== undefined);
  const written = asked.filter((each) => !kept.includes(each));
  await writeWhole(
    written.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })),
    { root: '.', force },
  );
  return [
    ...written.map(({ kind, path }) => `Wrote ${path}. Next: ${nextSteps[kind]}.`),
    ...kept.map(({ path, text }) => `${path} is there and was left alone. Add this to it:\n\n${text}`),
  ];
}

/** The same for pipelines that are started by a clock, which not every kind has. */
export async function writeScheduled(
  kinds: readonly PipelineKind[],
  { version, force, manifests }: Options,
): Promise<string[]> {
  const other = kinds.find((kind) => !isScheduled(kind));
  if (other !== undefined) {
    throw new RampartError('RAMPART_NO_SCHEDULE', `There is no scheduled pipeline for ${other}.`, {
      exit: 'usage',
      next: `Choose of ${Object.keys(scheduledPipelines).join(', ')}, or leave --scheduled out.`,
    });
  }
  const { default: templates } = await import('#generated/pipelines.js');
  const wanted = manifests ?? (await manifestsHere());
  const asked = [...new Set(kinds.filter(isScheduled))].map((kind) => ({
    kind,
    ...scheduledFile(kind, version, templates, wanted),
  }));
  await writeWhole(
    asked.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })),
    { root: '.', force },
  );
  return asked.map(({ kind, path }) => `Wrote ${path}. Next: ${scheduledSteps[kind]}.`);
}
