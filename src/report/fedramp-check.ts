import { visible } from '#model/unseen.js';

interface Told {
  file: string;
  schema: string;
  problems: readonly string[];
  left: readonly { field: string; required: boolean; of?: readonly string[] }[];
}

/** A schema takes an empty list for filled, of what only people can say too. */
const headOf = ({ problems, left }: Pick<Told, 'problems' | 'left'>): string =>
  problems.length > 0 ? 'NOT VALID' : left.some(({ required }) => required) ? 'VALID AS FAR AS FILLED' : 'VALID';

/** What holding FedRAMP's documents against their schemas found, as people read it. */
export const fedrampCheckText = (documents: readonly Told[]): string =>
  documents
    .flatMap(({ file, schema, problems, left }) => [
      `${headOf({ problems, left })} ${visible(file)}`,
      `  by ${schema}`,
      ...problems.map((problem) => `  problem: ${problem}`),
      ...left.map(
        ({ field, required, of }) =>
          `  not filled: ${field}${required ? ', which is required' : ''}${of ? ` (in ${of.length} ${of.length === 1 ? 'item' : 'items'})` : ''}`,
      ),
    ])
    .join('\n');
