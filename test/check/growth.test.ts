import assert from 'node:assert/strict';
import { objectsOf } from '#build/bench-objects.js';
import { planOf } from '#build/bench-plan.js';
import { templateOf } from '#build/bench-template.js';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Value } from '#model/value.js';
import { against } from './gate.js';

const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };

/** How often judging looks at a resource, at a property of one, and for a place: work that can be counted on a busy machine too. */
function workOf(file: string, text: string, passes?: 'counted'): number {
  const manifest = readManifest(file, text, given);
  assert.ok('resources' in manifest);
  let work = 0;
  const watched = <Kind extends Value>(value: Kind): Kind => {
    if (value.kind !== 'dict') return value;
    const get = value.get.bind(value);
    return Object.assign(Object.create(value), {
      get: (key: string) => {
        work += 1;
        return get(key);
      },
      keys: () => value.keys(),
      lacks: value.lacks && ((sought: string | RegExp, key?: string) => value.lacks?.(sought, key)),
    });
  };
  for (const resource of manifest.resources) {
    const properties = resource.properties.bind(resource);
    resource.properties = (world) => {
      work += 1;
      return watched(properties(world));
    };
  }
  const { lines } = manifest;
  const position = lines.position.bind(lines);
  lines.position = (offset) => {
    work += 1;
    return position(offset);
  };
  check([manifest], passes ? { ...against, passes } : against);
  return work;
}

describe('twice the input', () => {
  const inputs: Readonly<Record<string, (count: number) => string>> = {
    'template.yaml': templateOf,
    'objects.yaml': objectsOf,
    'plan.json': planOf,
  };
  for (const [file, of] of Object.entries(inputs)) {
    it(`is at most 2.2 times the work: ${file}`, () => {
      for (const passes of [undefined, 'counted'] as const) {
        const [once, twice] = [workOf(file, of(300), passes), workOf(file, of(600), passes)];
        assert.ok(once > 300, `${once} looks`);
        assert.ok(twice <= 2.2 * once, `${twice} looks after ${once}`);
      }
    });
  }
});
