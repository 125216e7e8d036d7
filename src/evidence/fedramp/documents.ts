import { type Problem, RampartError } from '#model/error.js';
import { sha256 } from '../digest.js';
import { line } from '../oscal/text.js';
import { decisionRecord } from './decision-record.js';
import { certificationIn, type FedrampInput } from './input.js';
import { leftFields, takesEmpty } from './left.js';
import { type LeftForPeople, leftForPeople, type WrittenDocument } from './left-for-people.js';
import { unknownFields } from './misspelt.js';
import { ongoingReport } from './ongoing-report.js';
import { packageOverview } from './package-overview.js';
import { type DocumentType, type FedrampSchema, type Json, schemaNameOf } from './schema.js';
import { known, parameterValues, toComplete } from './to-complete.js';
import { urnOf } from './urn.js';
import { schemaProblems, type ValidateFedramp } from './validate.js';

/** FedRAMP's documents of one run, and the list of what they leave open. */
export interface FedrampDocuments {
  documents: readonly (WrittenDocument & { document: Json; bytes: Uint8Array })[];
  left: LeftForPeople;
}

/**
 * The three documents of a FedRAMP certification package. Each is named for what it is: `….json` is valid by FedRAMP's schema,
 * `….draft.json` is not yet. Throws RAMPART_FEDRAMP_INVALID (a bug) when one has a field the schema does not know, or the
 * Security Decision Record, which can always be valid, is not.
 */
export function fedrampDocuments(
  input: FedrampInput,
  schema: FedrampSchema,
  validate: ValidateFedramp,
): FedrampDocuments {
  const write = (type: DocumentType, document: Json) => written(type, document, schema, validate);
  const overview = write('certification-package-overview', packageOverview(input));
  const told = certificationIn(input).certificationPackageOverviewUri;
  const overviewUri = told ?? urnOf(sha256(overview.bytes));
  const record = write('security-decision-record', decisionRecord(input, overviewUri));
  if (record.state === 'draft') throw invalid(record.problems.map((message) => ({ message })));
  const report = write('ongoing-certification-report', ongoingReport(input, overviewUri));
  const documents = [record, overview, report];
  return { documents, left: leftForPeople(documents.map(withoutNeedless(input)), toComplete(input), known(input)) };
}

/** A control that has no parameters leaves no values of them open. */
const withoutNeedless = ({ controls }: FedrampInput) => {
  const without = new Set(controls.flatMap(({ label, parameters }) => (parameters === 'none' ? [line(label)] : [])));
  return <D extends WrittenDocument>(document: D): D => ({
    ...document,
    left: document.left.flatMap((field) => {
      if (field.field !== parameterValues || field.of === undefined) return [field];
      const of = field.of.filter((label) => !without.has(label));
      return of.length > 0 ? [{ ...field, of }] : [];
    }),
  });
};

function written(type: DocumentType, document: Json, schema: FedrampSchema, validate: ValidateFedramp) {
  const misspelt = unknownFields(document, type, schema);
  if (misspelt.length > 0)
    throw invalid(misspelt.map(({ at }) => ({ message: `${type}: ${at} is no field of FedRAMP’s` })));
  const problems = schemaProblems(document, type, validate).map(({ message }) => message);
  const state: WrittenDocument['state'] = problems.length === 0 ? 'valid' : 'draft';
  return {
    type,
    path: `fedramp/${type}${state === 'draft' ? '.draft' : ''}.json`,
    schema: schemaNameOf(schema, type),
    state,
    problems,
    left: leftFields(document, type, schema, takesEmpty(type)),
    document,
    bytes: new TextEncoder().encode(`${JSON.stringify(document)}\n`),
  };
}

const invalid = (problems: readonly Problem[]): RampartError =>
  new RampartError('RAMPART_FEDRAMP_INVALID', 'a FedRAMP document is not as it must be, so nothing was sealed', {
    exit: 'bug',
    next: 'Report this with the system file and the manifests.',
    problems,
  });
