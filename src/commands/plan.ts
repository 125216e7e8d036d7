import { Flags, ownBoundary, ownControls, ownRequirements, RampartCommand } from '../cli.js';

/** The settings a system needs and why. */
export default class Plan extends RampartCommand {
  static override summary = 'Show which settings the system needs, and which control demands each.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --system staging.yaml --json',
  ];
  static override flags = {
    controls: ownControls,
    requirements: ownRequirements,
    boundary: ownBoundary,
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    json: Flags.boolean({ description: 'Print the plan as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Plan);
    const { loadBase, loadPlan } = await import('../session/load.js');
    const { plan, base } = await loadPlan(
      flags.system,
      await loadBase(flags.controls, flags.requirements),
      flags.boundary,
    );
    const { cautionsOf } = await import('#plan/cautions.js');
    for (const caution of cautionsOf(plan, base.boundary)) this.note(caution);
    if (flags.json) {
      this.data(JSON.stringify(plan, null, 2));
      return;
    }
    const [{ planText }, { terminal }, { paletteFor }, { modelRecords }] = await Promise.all([
      import('#report/plan-table.js'),
      import('#io/environment.js'),
      import('../session/palette.js'),
      import('#plan/model-record.js'),
    ]);
    const { width, colour } = terminal();
    const records = modelRecords(plan.system, base);
    this.data(planText(plan, { width, palette: await paletteFor(colour), records }));
  }
}
