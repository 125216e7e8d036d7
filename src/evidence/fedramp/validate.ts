import type { ErrorObject } from 'ajv';
import type { DocumentType } from './schema.js';

/** FedRAMP's compiled schemas: every error, or none, of a document under the name of its type. The build makes it. */
export type ValidateFedramp = (document: unknown) => readonly ErrorObject[];

export interface SchemaProblem {
  /** JSON pointer. */
  at: string;
  message: string;
  /** Set where a field is missing: the pointer of that field. */
  missing?: string;
}

const most = 50;

/** What FedRAMP's schema says against a document, each once. */
export function schemaProblems(document: unknown, type: DocumentType, validate: ValidateFedramp): SchemaProblem[] {
  const problems = validate({ [type]: document })
    // What these say is said by the errors they stand on.
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, keyword, message, params }): SchemaProblem => {
      const at = instancePath.slice(type.length + 1);
      if (keyword === 'required') {
        const missing = `${at}/${params.missingProperty}`;
        return { at, message: `${missing} is missing`, missing };
      }
      // Of a list that must contain something, ajv tells what each item is not.
      const wanted = keyword === 'const' ? `is not ${JSON.stringify(params.allowedValue)}` : undefined;
      return { at, message: `${at || '/'} ${wanted ?? message ?? 'is not valid'}` };
    });
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()].slice(0, most);
}
