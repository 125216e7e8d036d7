import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Diagram, Flow, Part, Zone } from '#model/diagram.js';
import { type Words, wordsOf } from './words.js';

/** A rectangle by its corner, in pixels at the drawing's own size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A diagram with the place of everything. */
export interface Laid {
  diagram: Diagram;
  width: number;
  height: number;
  /** From the outermost in. */
  zones: readonly { zone: Zone; box: Box }[];
  parts: readonly { part: Part; box: Box; words: Words }[];
  flows: readonly { number: number; crosses: boolean; points: readonly Point[]; badge: Point }[];
}

const partWidth = 184;
const lineHeight = 15;
const badgeSize = { width: 22, height: 20 };

/** Places of everything, by layers from left to right and lines at right angles. The same diagram gives the same places. */
export async function laidOut(diagram: Diagram): Promise<Laid> {
  // Half a second to load, and only drawings need it.
  const Elk = (await import('elkjs/lib/elk.bundled.js')).default as unknown as new (options: {
    algorithms: string[];
  }) => ELK;
  const isBackward = backwards(diagram);
  const words = new Map(diagram.parts.map((part) => [part.id, wordsOf(part)]));
  // The other algorithms take a tenth of a second to set up.
  const root = await new Elk({ algorithms: ['layered'] }).layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.json.edgeCoords': 'ROOT',
      'elk.json.shapeCoords': 'ROOT',
      'elk.padding': '[top=12,left=12,bottom=12,right=12]',
      'elk.spacing.nodeNode': '18',
      'elk.spacing.edgeNode': '14',
      'elk.spacing.edgeEdge': '12',
      'elk.layered.spacing.nodeNodeBetweenLayers': '30',
      'elk.layered.spacing.edgeNodeBetweenLayers': '16',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.randomSeed': '1',
    },
    children: nested(diagram, undefined, words),
    edges: diagram.flows.map((flow) => {
      const ends = [flow.from, flow.to];
      const [left, right] = isBackward(flow) ? ends.reverse() : ends;
      return {
        id: `flow ${flow.number}`,
        sources: [left as string],
        targets: [right as string],
        labels: [{ text: String(flow.number), ...badgeSize, layoutOptions: { 'elk.edgeLabels.inline': 'true' } }],
      };
    }),
  });
  return places(diagram, isBackward, root, words);
}

/** Whether a flow comes back from the provider: it is laid as if it went there, so that the provider stands on the right. */
function backwards({ zones, parts }: Diagram): (flow: Flow) => boolean {
  const providers = new Set(zones.filter(({ kind }) => kind === 'provider').map(({ id }) => id));
  const atProvider = new Set(parts.filter(({ zone }) => providers.has(zone)).map(({ id }) => id));
  return ({ from, to }) => atProvider.has(from) && !atProvider.has(to);
}

function nested(diagram: Diagram, within: string | undefined, words: ReadonlyMap<string, Words>): ElkNode[] {
  const zones = diagram.zones.filter((zone) => zone.within === within);
  const inZone = diagram.parts.filter(({ zone }) => zone === within);
  return [
    ...zones.map(({ id }) => ({
      id: `zone ${id}`,
      layoutOptions: { 'elk.padding': '[top=34,left=14,bottom=14,right=14]' },
      children: nested(diagram, id, words),
    })),
    ...inZone.map(({ id }) => ({
      id,
      width: partWidth,
      height: (words.get(id) as Words).lines.length * lineHeight + 20,
    })),
  ];
}

function places(
  diagram: Diagram,
  isBackward: (flow: Flow) => boolean,
  root: ElkNode,
  words: ReadonlyMap<string, Words>,
): Laid {
  const boxes = new Map<string, Box>();
  const collect = ({ id, x = 0, y = 0, width = 0, height = 0, children = [] }: ElkNode): void => {
    boxes.set(id, { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) });
    children.forEach(collect);
  };
  collect(root);
  const { width, height } = boxes.get('root') as Box;
  const edges = new Map(root.edges?.map((edge) => [edge.id, edge]));
  return {
    diagram,
    width,
    height,
    zones: diagram.zones.map((zone) => ({ zone, box: boxes.get(`zone ${zone.id}`) as Box })),
    parts: diagram.parts.map((part) => ({ part, box: boxes.get(part.id) as Box, words: words.get(part.id) as Words })),
    flows: diagram.flows.map((flow) => {
      const { points, badge } = lineOf(edges.get(`flow ${flow.number}`));
      return {
        number: flow.number,
        crosses: flow.crosses,
        points: isBackward(flow) ? points.reverse() : points,
        badge,
      };
    }),
  };
}

const whole = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

/** The way of a line, and the middle of its number. */
function lineOf(edge: ElkExtendedEdge | undefined): { points: Point[]; badge: Point } {
  const [section] = edge?.sections ?? [];
  const [label] = edge?.labels ?? [];
  if (!section || !label) throw new Error(`the layout left out ${edge?.id ?? 'a flow'}`);
  const { startPoint, bendPoints = [], endPoint } = section;
  return {
    points: [startPoint, ...bendPoints, endPoint].map(whole),
    badge: whole({ x: (label.x ?? 0) + badgeSize.width / 2, y: (label.y ?? 0) + badgeSize.height / 2 }),
  };
}
