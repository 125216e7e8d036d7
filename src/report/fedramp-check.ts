import { visible } from '#model/unseen.js';

interface Told {
  file: string;
  schema: string;
  problems: readonly string[];
  left: readonly { field: string; required: boolean; of?: readonly string[] }[];
}

/** What holding FedRAMP's documents against their schemas found, as people read it. */
export const fedrampCheckText = (documents: readonly Told[]): string =>
  documents
    .flatMap(({ file, schema, problems, left }) => [
      `${problems.length === 0 ? 'VALID' : 'NOT VALID'} ${visible(file)}`,
      `  by ${schema}`,
      ...problems.map((problem) => `  problem: ${problem}`),
      ...left.map(
        ({ field, required, of }) =>
          `  not filled: ${field}${required ? ', which is required' : ''}${of ? ` (in ${of.length} ${of.length === 1 ? 'item' : 'items'})` : ''}`,
      ),
    ])
    .join('\n');
