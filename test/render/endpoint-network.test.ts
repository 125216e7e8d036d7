import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import shapes from '#generated/diagrams.js';
import type { Endpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Network, System } from '#model/system.js';
import { diagramOf } from '#plan/diagram.js';
import { plan } from '../../src/plan/plan.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { existingOf } from './clouds.js';
import { existing, templates } from './plans.js';

const targets = {
  bedrock: ['cloudformation', 'terraform'],
  'bedrock-mantle': ['cloudformation', 'terraform'],
  sagemaker: ['cloudformation', 'terraform'],
  'eks-vllm': ['cloudformation', 'terraform'],
  'azure-openai': ['arm', 'terraform'],
  'vertex-ai': ['terraform'],
} as const;

type Kind = keyof typeof targets;
const kinds = Object.keys(targets) as Kind[];

function starter(kind: Kind): System {
  const file = kind === 'bedrock-mantle' ? 'bedrock' : kind;
  const text = readFileSync(new URL(`../../templates/system/${file}.yaml`, import.meta.url), 'utf8');
  const system = parse(text) as System;
  if (kind !== 'bedrock-mantle') return system;
  const region = system.boundary.regions[0] as string;
  return { ...system, endpoints: [{ kind, name: 'agent', region, model: 'openai.gpt-oss-120b' }] };
}

/** A network that is there, as the cloud of a kind names it, and what of it stands in every file that speaks of it. */
const networkOf = (kind: Kind): Network =>
  kind in existingOf ? existingOf[kind as keyof typeof existingOf] : existing;

/** Two endpoints of a kind: the first in the system's network, the second in one of its own. */
function planOf(kind: Kind, network: Network, own: Network): Plan {
  const system = starter(kind);
  const [first = assert.fail()] = system.endpoints;
  const second = { ...first, name: 'second', network: own } as Endpoint;
  return plan({ ...system, network, endpoints: [{ ...first, name: 'first' } as Endpoint, second] }, base);
}

/** The files of an endpoint that make something. */
const textOf = (of: Plan, target: string, endpoint: string): string =>
  render(of, target, templates, base.boundary)
    .filter((file) => file.endpoint === endpoint && !/\.(md|example|example\.json)$/.test(file.path))
    .map(({ text }) => text)
    .join('\n');

/** What is true only of a network that is made: in one that was there the files make neither its rules nor its other endpoints. */
const ofNetworkMade: Readonly<Record<Kind, RegExp>> = {
  bedrock: /^own account only$/,
  'bedrock-mantle': /^own account only$/,
  sagemaker: /^own (account|image, weights and groups) only$/,
  'eks-vllm': /endpoint policies|^own images and weights only$/,
  'azure-openai': /443/,
  'vertex-ai': /443|and nothing else$/,
};

const made: Network = { create: { cidr: '10.77.0.0/20' } };

describe('a network of one endpoint', () => {
  for (const kind of kinds) {
    const there = networkOf(kind);
    const vpc = 'existing' in there ? there.existing.vpc : assert.fail();

    for (const target of targets[kind]) {
      it(`is in its files and in no others: ${kind}, ${target}`, () => {
        const ownThere = planOf(kind, made, there);
        assert.match(textOf(ownThere, target, 'first'), /10\.77\./);
        assert.ok(!textOf(ownThere, target, 'first').includes(vpc));
        assert.ok(textOf(ownThere, target, 'second').includes(vpc));
        assert.doesNotMatch(textOf(ownThere, target, 'second'), /10\.77\./);

        const ownMade = planOf(kind, there, made);
        assert.ok(textOf(ownMade, target, 'first').includes(vpc));
        assert.match(textOf(ownMade, target, 'second'), /10\.77\./);
        assert.ok(!textOf(ownMade, target, 'second').includes(vpc));
      });
    }

    it(`is drawn around what is in it: ${kind}`, () => {
      const { zones, parts } = diagramOf(planOf(kind, made, there), shapes, 'the provider');
      const within = (id: string) => zones.find((zone) => zone.id === id)?.within;
      assert.equal(within('network first'), 'endpoint first');
      assert.equal(within(`network ${vpc}`), 'boundary');
      assert.equal(within('network second'), undefined);
      for (const zone of ['network first', `network ${vpc}`])
        assert.ok(
          parts.some((part) => part.zone === zone),
          zone,
        );
    });

    it(`is said to be guarded by what the files set: ${kind}`, () => {
      const said = (network: Network): string[] => {
        const { flows, parts } = diagramOf(planOf(kind, network, network), shapes, 'the provider');
        return [...flows.map(({ protection }) => protection), ...parts.map(({ detail = '' }) => detail)];
      };
      const claims = said(made).filter((text) => ofNetworkMade[kind].test(text));
      assert.notDeepEqual(claims, []);
      for (const claim of claims) assert.ok(!said(there).includes(claim), claim);
    });
  }
});
