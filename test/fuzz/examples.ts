import { Lines } from '#model/position.js';
import type { ManifestLanguage } from '#model/requirement.js';
import { readTag } from '../../src/manifest/cloudformation/tags.js';
import { type Raw, readTrees } from '../../src/manifest/yaml/tree.js';
import { base } from '../controls/base.js';
import type { Json } from './tree.js';

/** Documents of the requirements' own examples: all types and properties requirements speak of, in the shapes they have. */
export function exampleTrees(language: ManifestLanguage): Json[][] {
  return base.requirements.flatMap((requirement) => {
    const { pass = [], fail = [], unknown = [] } = requirement.examples?.[language] ?? {};
    return [...pass, ...fail, ...unknown].map((text) => readTrees(new Lines('e', text), readTag).map(plain));
  });
}

export function exampleTexts(): string[] {
  return base.requirements.flatMap((requirement) =>
    Object.values(requirement.examples ?? {}).flatMap(({ pass = [], fail = [], unknown = [] }) => [
      ...pass,
      ...fail,
      ...unknown,
    ]),
  );
}

function plain(raw: Raw): Json {
  if (raw.kind === 'scalar') return raw.value;
  if (raw.kind === 'seq') return raw.items.map(plain);
  return Object.fromEntries([...raw.entries].map(([key, { value }]) => [key, plain(value)]));
}
