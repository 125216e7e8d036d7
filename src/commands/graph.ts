import { Flags, ownBoundary, RampartCommand } from '../cli.js';

/** The authorization boundary and the data flows, drawn. */
export default class Graph extends RampartCommand {
  static override summary = 'Draw the authorization boundary and the data flows of the system as SVG.';
  static override description =
    `Endpoints, networks, keys and logs as the plan has them, what flows between them, what protects it, and what crosses the
boundary. The drawing stands alone: no script, nothing loaded, light and dark by the reader's preference. The list of flows, for who
cannot see the drawing, is printed with --json and stands beside the drawing in the report of an evidence bundle.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out boundary.svg',
    '<%= config.bin %> <%= command.id %> --system staging.yaml > boundary.svg',
    '<%= config.bin %> <%= command.id %> --json',
  ];
  static override flags = {
    boundary: ownBoundary,
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    out: Flags.string({ char: 'o', description: 'File to write.', exclusive: ['json'] }),
    force: Flags.boolean({ description: 'Replace the file if it exists.', dependsOn: ['out'] }),
    json: Flags.boolean({ description: 'Print parts and flows as JSON instead of the drawing.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Graph);
    const { loadBase, loadPlan } = await import('../session/load.js');
    const { plan, base } = await loadPlan(flags.system, await loadBase(), flags.boundary);
    const { diagramOfPlan } = await import('../session/graph.js');
    const diagram = await diagramOfPlan(plan, base);
    if (flags.json) {
      const { jsonText } = await import('#report/json-text.js');
      this.data(jsonText(diagram).trimEnd());
      return;
    }
    const [{ laidOut }, { diagramSvg }] = await Promise.all([
      import('#report/diagram/layout.js'),
      import('#report/diagram/svg.js'),
    ]);
    const text = diagramSvg(await laidOut(diagram));
    if (flags.out === undefined) {
      this.data(text.trimEnd());
      return;
    }
    const [{ writeWhole }, { basename, dirname }] = await Promise.all([
      import('#io/write-whole.js'),
      import('node:path'),
    ]);
    const files = [{ path: basename(flags.out), bytes: Buffer.from(text) }];
    const written = await writeWhole(files, { root: dirname(flags.out), force: flags.force });
    this.note(`Wrote ${written.join(', ')}`);
  }
}
