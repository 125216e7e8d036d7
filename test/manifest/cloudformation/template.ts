import type { Manifest, Resource } from '#model/resource.js';
import { onlyWorld, type Value } from '#model/value.js';
import type { Opened } from '../../../src/manifest/cloudformation/scope.js';
import { readManifest } from '../../../src/manifest/read.js';

/** Reads templates by name, the first of which is the one the user gives. */
export function readFiles(files: Readonly<Record<string, string>>, parameters = {}): Manifest {
  const [[first, text] = ['', '']] = Object.entries(files);
  const open = (path: string): Opened => {
    const found = files[path.replace(/^\.\//, '')];
    return found === undefined ? { refused: `${path} does not exist` } : { file: path, text: found, identity: path };
  };
  const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters, open };
  const manifest = readManifest(first, text, given);
  if (!('resources' in manifest)) throw new Error(manifest.reason);
  return manifest;
}

export const read = (text: string, parameters = {}): Manifest => readFiles({ 'main.yaml': text }, parameters);

/** Property `V` of a resource in a template whose other sections are `around`. */
export function evaluate(expression: string, around = '', parameters = {}): Value {
  const text = `${around}\nResources:\n  It:\n    Type: AWS::Test::Thing\n    Properties:\n      V: ${expression}\n`;
  const it = read(text, parameters).resources.find(({ address }) => address === 'It') as Resource;
  return it.properties(onlyWorld).get('V');
}
