import * as Flags from '@oclif/core/flags';
import { ownBoundary, RampartCommand } from '../cli.js';

/** Plan in, gated manifests out. */
export default class Render extends RampartCommand {
  static override summary = 'Write hardened CloudFormation or Terraform for every endpoint of the system.';
  static override description =
    `CloudFormation: one stack per endpoint and a runbook for what no template can set, judged with Rampart's own gate and written
only when nothing fails and nothing is unknown. Terraform: one root module per endpoint, in a folder of its name. The gate judges
Terraform by its plan, which needs the provider and the account, so a module is not judged before it is written: give the plan of it
to rampart check, as the runbook beside it says. All files are written or none; existing files are kept unless --force is given.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out deploy/',
    '<%= config.bin %> <%= command.id %> --target terraform --out deploy/',
    '<%= config.bin %> <%= command.id %> --explain',
    '<%= config.bin %> <%= command.id %> --system staging.yaml --out deploy/ --force',
  ];
  static override flags = {
    boundary: ownBoundary,
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    target: Flags.string({
      char: 't',
      description: 'Language to write.',
      options: [
        'cloudformation',
        'terraform',
        'cfn-guard',
        'config-conformance-pack',
        'scp',
        'validating-admission-policy',
      ],
      default: 'cloudformation',
    }),
    out: Flags.string({ char: 'o', description: 'Folder to write to.', exclusive: ['explain'] }),
    force: Flags.boolean({ description: 'Replace files that exist.', dependsOn: ['out'] }),
    explain: Flags.boolean({
      description: 'Print the files with the requirements and controls each line serves; write nothing.',
    }),
    json: Flags.boolean({ description: 'Print the files, their digests and their trace as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Render);
    const { loadBase, loadPlan } = await import('../session/load.js');
    const { explained, renderGated, renderTerraform } = await import('../session/render.js');
    const { plan, base } = await loadPlan(flags.system, await loadBase(), flags.boundary);
    const { leftOver, renderGuardrail } = await import('../session/guardrails.js');
    const guarded = renderGuardrail(flags.target, plan, base);
    const isJudged = flags.target === 'cloudformation';
    const { artifacts, result } = isJudged
      ? await renderGated(plan, base, this.config.version)
      : { artifacts: guarded?.artifacts ?? (await renderTerraform(plan, base)), result: undefined };
    if (flags.out !== undefined) {
      const { writeWhole } = await import('#io/write-whole.js');
      const files = artifacts.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
      const written = await writeWhole(files, { root: flags.out, force: flags.force });
      this.note(`Wrote ${written.join(', ')}`);
      if (result) this.note(`The gate passed ${result.findings.length} judgements against ${result.baseline}.`);
    }
    if (guarded)
      this.note(`${served(artifacts)} requirements are held by these files; --explain names the others, with reasons.`);
    else if (!result)
      this.note('Not judged yet: terraform show -json of a plan is what rampart check takes. See runbook.md.');
    if (flags.json)
      this.data(
        JSON.stringify({ baseline: plan.baseline, artifacts, ...(guarded ? { left: guarded.left } : {}) }, null, 2),
      );
    else if (flags.explain)
      this.data(
        [...artifacts.map((artifact) => explained(artifact, base)), leftOver(guarded?.left ?? [])].join('\n').trimEnd(),
      );
    else if (flags.out === undefined) this.data(artifacts.map(({ path, text }) => `# ${path}\n${text}`).join('\n'));
  }
}

const served = (artifacts: readonly { trace: readonly { requirements: readonly string[] }[] }[]): number =>
  new Set(artifacts.flatMap(({ trace }) => trace.flatMap(({ requirements }) => requirements))).size;
