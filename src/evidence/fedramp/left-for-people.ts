import type { LeftField } from './left.js';
import type { DocumentType } from './schema.js';

/** One document as it was written. */
export interface WrittenDocument {
  type: DocumentType;
  /** Path in the bundle. */
  path: string;
  /** FedRAMP's schema and its version. */
  schema: string;
  /** `draft`: FedRAMP's schema refuses it until people have filled what it asks for. */
  state: 'valid' | 'draft';
  /** What the schema says against a draft. */
  problems: readonly string[];
  left: readonly LeftField[];
}

export interface LeftForPeople {
  about: string;
  documents: readonly (Omit<WrittenDocument, 'left'> & { fields: readonly NamedField[] })[];
  /** Filled, but only with what Rampart knows. */
  toComplete: readonly ToComplete[];
}

export interface ToComplete {
  type: DocumentType;
  field: string;
  why: string;
}

type NamedField = LeftField & { by: 'provider' | 'independent assessor'; give?: string; known?: readonly string[] };

/** Field of a document → where a system file states it. What stands below a field is stated below that key. */
const places: Readonly<Record<DocumentType, Readonly<Record<string, string>>>> = {
  'security-decision-record': {},
  'certification-package-overview': {
    '/serviceIdentification/fedRampPackageId': 'fedRampPackageId',
    '/serviceIdentification/ueiNumber': 'ueiNumber',
    '/serviceIdentification/serviceAcronym': 'serviceAcronym',
    '/serviceIdentification/serviceDescription': 'serviceDescription',
    '/serviceIdentification/certificationType': 'certificationType',
    '/serviceIdentification/website': 'website',
    '/serviceIdentification/logo': 'logo',
    '/serviceProperties': 'serviceType and deploymentModel',
    '/serviceProperties/serviceType': 'serviceType',
    '/serviceProperties/deploymentModel': 'deploymentModel',
    '/contactInformation': 'contactInformation',
    '/contactInformation/*/contactName': 'contactInformation',
    '/contactInformation/*/contactEmail': 'contactInformation',
    '/contactInformation/*/contactPhone': 'contactInformation',
  },
  'ongoing-certification-report': {
    '/reportPeriod': 'ongoingReport.reportPeriod',
    '/certificationDataChanges': 'ongoingReport.certificationDataChanges',
    '/plannedCertificationDataChanges': 'ongoingReport.plannedCertificationDataChanges',
    '/transformativeChanges': 'ongoingReport.transformativeChanges',
    '/updatedRecommendations': 'ongoingReport.updatedRecommendations',
    '/activeAgencies': 'ongoingReport.activeAgencies',
    '/reportableIncidents': 'ongoingReport.reportableIncidents',
  },
};

const about =
  'Fields of FedRAMP’s documents that are not filled, each by name: Rampart does not know what they ask for and invents ' +
  'nothing. “give” is a key under certification in the system file; a field without one is written into the published copy. A ' +
  'document whose name ends in .draft.json is not valid until what is required is filled.';

/** The list that goes beside the documents. `known` holds facts that help with a field, by its name. */
export function leftForPeople(
  documents: readonly WrittenDocument[],
  toComplete: readonly ToComplete[],
  known: Readonly<Record<string, readonly string[]>>,
): LeftForPeople {
  return {
    about,
    documents: documents.map(({ type, path, schema, state, problems, left }) => ({
      type,
      path,
      schema,
      state,
      problems,
      fields: left.map((field) => named(type, field, known[`${type}${field.field}`])),
    })),
    toComplete,
  };
}

function named(type: DocumentType, field: LeftField, known: readonly string[] | undefined): NamedField {
  const give = Object.hasOwn(places[type], field.field) ? places[type][field.field] : undefined;
  return {
    ...field,
    by: /Assessment$/.test(field.field) ? 'independent assessor' : 'provider',
    ...(give === undefined ? {} : { give: `certification: ${give}` }),
    ...(known && known.length > 0 ? { known } : {}),
  };
}
