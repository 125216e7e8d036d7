import assert from 'node:assert/strict';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import shapes from '#generated/diagrams.js';
import { offeredKinds } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { diagramOf } from '#plan/diagram.js';
import { type Box, type Laid, laidOut } from '#report/diagram/layout.js';
import { diagramSvg } from '#report/diagram/svg.js';
import { boundarySection } from '#report/html/boundary.js';
import { report } from '../html-sample.js';
import { plansToDraw } from './plans.js';

const drawn = (plan: Plan): Promise<Laid> => laidOut(diagramOf(plan, shapes, 'AWS GovCloud (US)'));

const isIn = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const areApart = (left: Box, right: Box): boolean =>
  left.x + left.width <= right.x ||
  right.x + right.width <= left.x ||
  left.y + left.height <= right.y ||
  right.y + right.height <= left.y;

/** Faults of a drawing that a reader would stumble over. */
const faults = (laid: Laid): string[] => [...zoneFaults(laid), ...partFaults(laid), ...flowFaults(laid)];

function zoneFaults({ diagram, zones, parts, width, height }: Laid): string[] {
  const boxOf = new Map<string, Box>(zones.map(({ zone, box }) => [zone.id, box]));
  const sheet = { x: 0, y: 0, width, height };
  return zones.flatMap(({ zone, box }) => [
    ...(isIn(box, boxOf.get(zone.within ?? '') ?? sheet) ? [] : [`${zone.id} sticks out`]),
    ...parts
      .filter(({ part, box: other }) => {
        const isInside = part.zone === zone.id || within(diagram.zones, part.zone, zone.id);
        return isInside ? !isIn(other, box) : !areApart(other, box);
      })
      .map(({ part }) => `${part.id} and ${zone.id}`),
  ]);
}

const partFaults = ({ parts }: Laid): string[] =>
  parts.flatMap(({ part, box }, index) =>
    parts
      .slice(index + 1)
      .filter((other) => !areApart(box, other.box))
      .map((other) => `${part.id} over ${other.part.id}`),
  );

function flowFaults({ diagram, parts, flows }: Laid): string[] {
  const boxOf = new Map(parts.map(({ part, box }) => [part.id, box]));
  return flows.flatMap(({ number, points, badge }) => {
    const { from, to } = diagram.flows[number - 1] ?? assert.fail();
    const ends = [
      [points[0], from],
      [points.at(-1), to],
    ] as const;
    const spot = { x: badge.x - 9, y: badge.y - 9, width: 18, height: 18 };
    return [
      ...ends.filter(([end, id]) => !touches(end, boxOf.get(id))).map(([, id]) => `flow ${number} misses ${id}`),
      ...parts.filter(({ box }) => !areApart(spot, box)).map(({ part }) => `number ${number} over ${part.id}`),
    ];
  });
}

const touches = (point: { x: number; y: number } | undefined, box: Box | undefined): boolean =>
  point !== undefined &&
  box !== undefined &&
  isIn({ ...point, width: 0, height: 0 }, { x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 });

const within = (zones: Laid['diagram']['zones'], inner: string, outer: string): boolean => {
  const around = zones.find(({ id }) => id === inner)?.within;
  return around !== undefined && (around === outer || within(zones, around, outer));
};

describe('the drawing of a system', () => {
  it('there is a shape for every kind that is offered', () => {
    for (const kind of offeredKinds) assert.ok(shapes[kind], kind);
  });

  for (const [name, plan] of plansToDraw()) {
    it(`lies nothing over anything: ${name}`, async () => {
      assert.deepEqual(faults(await drawn(plan)), []);
    });
  }

  it('the check of what lies over what can tell', async () => {
    const [[, plan] = assert.fail()] = plansToDraw();
    const laid = await drawn(plan);
    const [first, second] = laid.parts;
    assert.ok(first && second);
    assert.notDeepEqual(faults({ ...laid, parts: [{ ...first, box: second.box }, ...laid.parts.slice(1)] }), []);
  });

  it('marks what crosses the boundary: what has one end outside of it', async () => {
    for (const [, plan] of plansToDraw()) {
      const { zones, parts, flows } = diagramOf(plan, shapes, 'the provider');
      const inside = (id: string): boolean => {
        const { zone } = parts.find((part) => part.id === id) ?? assert.fail();
        return zone === 'boundary' || within(zones, zone, 'boundary');
      };
      for (const { from, to, crosses, number } of flows)
        assert.equal(crosses, inside(from) !== inside(to), String(number));
      assert.ok(flows.some(({ crosses }) => crosses) && flows.some(({ crosses }) => !crosses));
      assert.deepEqual(
        flows.map(({ number }) => number),
        flows.map((_, index) => index + 1),
      );
    }
  });

  it('is the same every time', async () => {
    const [[, plan] = assert.fail()] = plansToDraw();
    assert.equal(diagramSvg(await drawn(plan)), diagramSvg(await drawn(structuredClone(plan))));
  });

  it('shows hostile names as text', async () => {
    const [[, plan] = assert.fail()] = plansToDraw();
    const name = '</text><script>alert(1)</script>\u202e"&{model}';
    const hostile = {
      ...plan,
      system: { ...plan.system, name },
      endpoints: plan.endpoints.map((each) => ({
        ...each,
        endpoint: { ...each.endpoint, model: `${name}${'x'.repeat(900)}` },
      })),
    } as Plan;
    const svg = diagramSvg(await drawn(hostile));
    assert.equal(XMLValidator.validate(svg), true);
    assert.doesNotMatch(svg, /<script|\u202e/);
    const [root] = new XMLParser({ ignoreAttributes: false, preserveOrder: true }).parse(svg) as Record<
      string,
      unknown
    >[];
    assert.deepEqual(Object.keys(root ?? {}), ['svg', ':@']);
  });

  it('stands in the report as a drawing and as a table with every flow', async () => {
    const [[, plan] = assert.fail()] = plansToDraw();
    const drawing = await drawn(plan);
    const { text } = boundarySection({ ...report, drawing });
    for (const { carries, protection } of drawing.diagram.flows) {
      assert.ok(text.includes(carries), carries);
      assert.ok(text.includes(protection.replaceAll('’', '’').replaceAll("'", '&#39;')), protection);
    }
    assert.equal(text.match(/<tr role="row">/g)?.length, drawing.diagram.flows.length + 1);
  });
});
