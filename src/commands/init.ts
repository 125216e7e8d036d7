import base from '#generated/controls.js';
import { questions } from '#plan/questions.js';
import { type ManifestKind, manifestKinds, type PipelineKind, pipelineKinds } from '#render/pipelines.js';
import { Flags, RampartCommand } from '../cli.js';

/** One flag for each question, so that a pipeline can answer what a person would be asked. */
const answerFlags = Object.fromEntries(
  questions(base).map(({ name, message, several }) => [
    name,
    several
      ? Flags.string({ description: `${message}.`, multiple: true })
      : Flags.string({ description: `${message}.` }),
  ]),
);

/** The first system file. */
export default class Init extends RampartCommand {
  static override summary = 'Write a first rampart.yaml, by asking or from flags, or files for pipelines.';
  static override description =
    `Asks what no flag says. With --yes, or where nobody can be asked, defaults fill what is missing, and an answer that only you can
know is an error that names its flag.

With --ci no system file is written: one file for each pipeline named, into the current folder, all or none. It asks for what the
system of rampart.yaml is mostly written in, or for what --manifests says. With --scheduled it is
the pipeline that a clock starts: it probes the account and seals what was found (github, gitlab, codebuild).`;
  static override usage = [
    '<%= command.id %> [--out FILE] [FLAGS]',
    '<%= command.id %> --yes --name NAME --endpoint KIND... [FLAGS]',
    '<%= command.id %> --ci PIPELINE... [--manifests LANGUAGE] [--scheduled]',
  ];
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --yes --name "Casework assistant" --id casework --organization "Example Agency" --contact isso@agency.example.gov',
    '<%= config.bin %> <%= command.id %> --ci github --ci pre-commit',
    '<%= config.bin %> <%= command.id %> --ci gitlab --manifests terraform',
    '<%= config.bin %> <%= command.id %> --ci github --scheduled',
  ];
  static override flags = {
    out: Flags.string({ char: 'o', description: 'File to write.', default: 'rampart.yaml' }),
    yes: Flags.boolean({ char: 'y', description: 'Ask nothing.' }),
    force: Flags.boolean({ description: 'Replace a file that exists.' }),
    ci: Flags.string({
      description: 'Write the file of a pipeline instead.',
      options: pipelineKinds,
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ['out', 'yes', ...Object.keys(answerFlags)],
    }),
    scheduled: Flags.boolean({ description: 'Of --ci: the pipeline that probes by a clock.', dependsOn: ['ci'] }),
    manifests: Flags.string({
      description: 'Of --ci: what the manifests are written in, where rampart.yaml does not tell.',
      options: Object.keys(manifestKinds),
      dependsOn: ['ci'],
    }),
    ...answerFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Init);
    if (flags.ci) {
      const manifests = flags.manifests as ManifestKind | undefined;
      return this.pipelines(flags.ci as PipelineKind[], { force: flags.force, manifests }, flags.scheduled);
    }
    const { initSystem } = await import('../session/init.js');
    const {
      out,
      yes,
      force,
      ci: _,
      scheduled: __,
      manifests: ___,
      ...answers
    } = flags as Record<string, unknown> & {
      out: string;
      yes: boolean;
      force: boolean;
    };
    const started = await initSystem(answers as Record<string, string | string[]>, { out, yes, force }, base);
    if (started.schema) this.note(`Wrote ${started.schema}, by which editors know the fields: keep it beside ${out}.`);
    this.note(`Wrote ${out}. Next: rampart plan${out === 'rampart.yaml' ? '' : ` --system ${out}`}`);
    if (started.withoutEffect.length > 0)
      this.note(`Not used, since this system asks for nothing of the kind: ${started.withoutEffect.join(', ')}.`);
    if (started.unset)
      this.note(
        `Set ${started.unset} to the 12-digit account id before rampart render and check: the file reads it there.`,
      );
  }

  private async pipelines(
    kinds: readonly PipelineKind[],
    options: { force: boolean; manifests: ManifestKind | undefined },
    scheduled: boolean,
  ): Promise<void> {
    const { writePipelines, writeScheduled } = await import('../session/pipelines.js');
    const write = scheduled ? writeScheduled : writePipelines;
    for (const line of await write(kinds, { version: this.config.version, ...options })) this.note(line);
  }
}
