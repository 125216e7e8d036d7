import type { Lines } from '#model/position.js';
import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, plainWorld, type World } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { scalarText } from './parameter.js';
import { type Given, Scope } from './scope.js';
import { readTemplate, type Template } from './template.js';

/** Types that deploy what another file says. */
const nested = new Set(['AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::Serverless::Application']);

/** Reads a CloudFormation template. Throws `RAMPART_CFN_*` (exit `input`) with the place for one it cannot follow. */
export function readCloudFormation(tree: RawMap, lines: Lines, given: Given): Manifest {
  const template = readTemplate(tree, lines);
  const notFollowed: { what: string; at: number }[] = [...template.loops];
  for (const macro of template.macros) notFollowed.push({ what: `macro ${macro}`, at: 0 });
  const resources: Resource[] = [];
  const manifest: Manifest = { language: 'cloudformation', file: lines.file, lines, resources, notFollowed };
  for (const [address, { at, value }] of template.resources) {
    const type = scalarText(value.entries.get('Type')?.value) ?? '';
    if (nested.has(type)) notFollowed.push({ what: `nested stack ${address}`, at });
    else if (type.startsWith('AWS::Serverless::')) notFollowed.push({ what: `${type} ${address}`, at });
    resources.push(new TemplateResource(address, type, at, value, manifest, template, given));
  }
  return manifest;
}

class TemplateResource implements Resource {
  readonly language = 'cloudformation';
  private plain: Seen | undefined;
  private latest: Seen | undefined;

  constructor(
    readonly address: string,
    readonly type: string,
    readonly at: number,
    private readonly raw: RawMap,
    readonly manifest: Manifest,
    private readonly template: Template,
    private readonly given: Given,
  ) {}

  existsIn(world: World): boolean {
    const condition = scalarText(this.raw.entries.get('Condition')?.value);
    return condition === undefined || this.seenIn(world).scope.condition(condition);
  }

  /** The resource's `Properties`; an absent one is looked for at the resource's name. */
  properties(world: World): Dict {
    const seen = this.seenIn(world);
    seen.properties ??= this.evaluate(seen.scope);
    return seen.properties;
  }

  private evaluate(scope: Scope): Dict {
    const properties = this.raw.entries.get('Properties')?.value;
    const value = properties ? scope.value(properties, this.at) : undefined;
    if (value?.kind === 'dict') return value;
    if (value?.kind === 'unknown') return dictOf([], () => value, this.at, value);
    return scope.value({ kind: 'map', entries: new Map(), at: this.at }) as Dict;
  }

  /** What was evaluated in the plain world is kept for good, what was in another only until the next one is asked for. */
  private seenIn(world: World): Seen {
    if (world === plainWorld) {
      this.plain ??= { scope: new Scope(this.template, this.given, world) };
      return this.plain;
    }
    if (this.latest?.scope.world !== world) this.latest = { scope: new Scope(this.template, this.given, world) };
    return this.latest;
  }
}

interface Seen {
  scope: Scope;
  properties?: Dict;
}
