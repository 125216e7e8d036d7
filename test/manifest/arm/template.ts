import { Lines } from '#model/position.js';
import type { Manifest, Resource } from '#model/resource.js';
import { plainWorld, type Value } from '#model/value.js';
import { readManifest } from '../../../src/manifest/read.js';
import { base } from '../../controls/base.js';

const cloud = base.boundary.clouds?.find(({ language }) => language === 'arm');

export const azure = { locations: cloud?.locations ?? [], environment: cloud?.environment ?? {} };

export const head = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
};

/** Reads a template's text as the gate does. */
export function readText(text: string, values: Record<string, unknown> = {}): Manifest {
  const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {}, azure, values };
  const manifest = readManifest('main.json', text, given);
  if (!('resources' in manifest)) throw new Error(manifest.reason);
  return manifest;
}

export const read = (template: object, values: Record<string, unknown> = {}): Manifest =>
  readText(JSON.stringify({ ...head, ...template }, null, 2), values);

/** One resource whose property `x` is an expression, with what the template around it defines. */
export function evaluate(expression: unknown, around: object = {}, values: Record<string, unknown> = {}): Value {
  const resources = [{ type: 'Microsoft.Test/things', apiVersion: '2024-01-01', name: 'it', x: expression }];
  const manifest = read({ resources, ...around }, values);
  return (manifest.resources.at(-1) as Resource).properties(plainWorld).get('x');
}

/** A value in short: scalars as JSON, texts with their open parts in braces, `?` for what is unknown. */
export function short(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return JSON.stringify(value.value);
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : `{${short(part)}}`)).join('');
    case 'unknown':
      return `? ${value.settledBy}`;
    case 'reference':
      return `-> ${value.to}${value.attribute === undefined ? '' : `.${value.attribute}`}`;
    case 'absent':
      return 'absent';
    case 'list':
      return `[${[...value.items, ...(value.open ? [value.open] : [])].map(short).join(', ')}]`;
    case 'dict':
      return `{${value
        .keys()
        .map((key) => `${key}: ${short(value.get(key))}`)
        .join(', ')}}`;
  }
}

export const lines = (text: string): Lines => new Lines('main.json', text);
