import { dirname, join, relative, resolve, sep } from 'node:path';
import { listFiles } from '#io/list-files.js';
import { writeWhole } from '#io/write-whole.js';

const installed = 'node_modules/rampart/dist/schemas';
const copies = '.rampart';

/** What editors know the fields of a file by. */
export interface EditorSchema {
  /** Its path from the folder of that file, as the file names it. */
  reference: string;
  /** Writes it beside the file, where the project has no Rampart of its own; gives what was written. */
  write(): Promise<string | undefined>;
}

/**
 * The schema of the Rampart the project has installed, in the folder or above it. Where the program is installed elsewhere that is a
 * place of this machine only: a copy beside the file is there for everybody, and without a network.
 */
export function editorSchema(folder: string, name: string, schema: object): EditorSchema {
  const file = `${name}.schema.json`;
  const start = resolve(folder);
  for (let above = start; ; above = dirname(above)) {
    const place = join(above, installed, file);
    if (listFiles([place]).files.length > 0) {
      const path = relative(start, place).split(sep).join('/');
      return { reference: path.startsWith('..') ? path : `./${path}`, write: async () => undefined };
    }
    if (above === dirname(above)) break;
  }
  const copy = `${copies}/${file}`;
  const bytes = Buffer.from(`${JSON.stringify(schema, null, 1)}\n`);
  return {
    reference: `./${copy}`,
    write: async () => (await writeWhole([{ path: copy, bytes }], { root: folder, force: true }))[0],
  };
}
