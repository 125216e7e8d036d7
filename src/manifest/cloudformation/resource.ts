import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, plainWorld, type Value, type World } from '#model/value.js';
import { macroIn } from './macro.js';
import { scalarText } from './parameter.js';
import { Scope } from './scope.js';
import type { Stack } from './stack.js';
import type { Declared } from './template.js';

const attributes: readonly string[] = ['DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];

/** A resource of a template, or of one nested in it. */
export class TemplateResource implements Resource {
  readonly language = 'cloudformation';
  readonly address: string;
  readonly at: number;
  readonly construct?: string;
  private plain: Seen | undefined;
  private latest: Seen | undefined;

  constructor(
    id: string,
    readonly type: string,
    private readonly declared: Declared,
    readonly manifest: Manifest,
    private readonly stack: Stack,
  ) {
    this.address = stack.prefix + id;
    this.at = declared.at;
    const metadata = declared.value.entries.get('Metadata')?.value;
    const path = metadata?.kind === 'map' ? scalarText(metadata.entries.get('aws:cdk:path')?.value) : undefined;
    if (path !== undefined) this.construct = path;
  }

  existsIn(world: World): boolean {
    const { each, value } = this.declared;
    if (each === undefined && !this.stack.within && !value.entries.has('Condition')) return true;
    const { scope } = this.seenIn(world);
    if (!scope.isDeployed()) return false;
    if (each !== undefined && scope.choose(`${this.stack.prefix}${each}`, ['not empty', 'empty']) === 1) return false;
    return scope.creates(value);
  }

  /** The resource's `Properties`; an absent one is looked for at the resource's name. */
  properties(world: World): Dict {
    const seen = this.seenIn(world);
    seen.properties ??= this.evaluate(seen.scope);
    return seen.properties;
  }

  /** With the language extensions they may be expressions, which are evaluated like any other. */
  attributes(world: World): Dict {
    const { scope } = this.seenIn(world);
    const { entries } = this.declared.value;
    const get = (key: string): Value => {
      const entry = attributes.includes(key) ? entries.get(key) : undefined;
      if (!entry) return { kind: 'absent', at: this.at };
      return (key === 'Metadata' ? scope.bare() : scope).value(entry.value, entry.at);
    };
    return dictOf(
      attributes.filter((key) => entries.has(key)),
      get,
      this.at,
    );
  }

  private evaluate(scope: Scope): Dict {
    const macro = macroIn(this.declared.value, this.at);
    const properties = this.declared.value.entries.get('Properties')?.value;
    const value = macro ?? (properties ? scope.value(properties, this.at) : undefined);
    if (value?.kind === 'dict') return value;
    if (value?.kind === 'unknown') return dictOf([], () => value, this.at, value);
    return scope.value({ kind: 'map', entries: new Map(), at: this.at }) as Dict;
  }

  /** What was evaluated in the plain world is kept for good, what was in another only until the next one is asked for. */
  private seenIn(world: World): Seen {
    if (world === plainWorld) {
      this.plain ??= { scope: new Scope(this.stack, world) };
      return this.plain;
    }
    if (this.latest?.scope.world !== world) this.latest = { scope: new Scope(this.stack, world) };
    return this.latest;
  }
}

interface Seen {
  scope: Scope;
  properties?: Dict;
}
