import { type LeftField, leftFields, takesEmpty } from '#evidence/fedramp/left.js';
import { unknownFields } from '#evidence/fedramp/misspelt.js';
import {
  type DocumentType,
  documentTypes,
  type FedrampSchema,
  fieldsOf,
  isObject,
  rootOf,
  schemaNameOf,
} from '#evidence/fedramp/schema.js';
import { urnsIn } from '#evidence/fedramp/urn.js';
import { schemaProblems } from '#evidence/fedramp/validate.js';
import { defaultLimits, manifestPath, readMember, stampReader, verifyBundle } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { readText } from '#io/read.js';
import { type ExitName, RampartError } from '#model/error.js';
import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';

/** What is to be said of one FedRAMP document. */
export interface CheckedDocument {
  file: string;
  type: DocumentType;
  schema: string;
  problems: readonly string[];
  left: readonly LeftField[];
}

const largest = { maxBytes: 64 * 1024 * 1024 };

/**
 * Holds documents against FedRAMP's schemas and against the names of their fields: FedRAMP's schemas accept a field they do not
 * know, so that a misspelt one is lost without a word. With a bundle, each `urn:sha256:` must be one of its members.
 */
export async function checkFedramp(
  files: readonly string[],
  { type, bundle }: { type?: string | undefined; bundle?: string | undefined },
): Promise<{ documents: readonly CheckedDocument[]; exit: ExitName }> {
  const { default: validate } = await import('#generated/fedramp.js');
  const { schema } = validate;
  const members = bundle === undefined ? undefined : await membersOf(bundle);
  const documents: CheckedDocument[] = [];
  for (const file of files) {
    const document = parsed(file, await readText(file, largest));
    const is = documentTypes.find((each) => each === type) ?? typeOf(file, document, schema);
    const unknown = unknownFields(document, is, schema).map(
      ({ at, name, known }) => `${visible(at, 300)} is no field of FedRAMP’s.${didYouMean(name, known)}`,
    );
    const invalid = schemaProblems(document, is, validate).map(({ message }) => visible(message, 300));
    const astray = members
      ? urnsIn(document)
          .filter((urn) => !members.has(urn))
          .map((urn) => `${visible(urn, 100)} is no member of the bundle`)
      : [];
    documents.push({
      file,
      type: is,
      schema: schemaNameOf(schema, is),
      problems: [...unknown, ...invalid, ...astray],
      left: leftFields(document, is, schema, takesEmpty(is)),
    });
  }
  const isGood = documents.every(({ problems }) => problems.length === 0);
  return { documents, exit: isGood ? 'passed' : 'findings' };
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RampartError('RAMPART_NOT_JSON', `${visible(file, 200)} is not JSON`, {
      exit: 'input',
      next: 'FedRAMP asks for JSON: give the document itself.',
      cause,
    });
  }
}

/** The type most of whose fields a document has at its top. */
function typeOf(file: string, document: unknown, schema: FedrampSchema): DocumentType {
  const names = isObject(document) ? Object.keys(document) : [];
  const counted = documentTypes
    .map((type) => {
      const fields = fieldsOf(rootOf(schema, type));
      return { type, has: names.filter((name) => Object.hasOwn(fields, name)).length };
    })
    .sort((left, right) => right.has - left.has);
  const [best, next] = counted;
  if (best && next && best.has > next.has) return best.type;
  throw new RampartError(
    'RAMPART_FEDRAMP_TYPE',
    `${visible(file, 200)} cannot be told to be one document of FedRAMP’s`,
    {
      exit: 'usage',
      next: `Say which it is with --type: ${documentTypes.join(', ')}.`,
    },
  );
}

/** The URNs of a bundle's members, and of its manifest. */
async function membersOf(path: string): Promise<ReadonlySet<string>> {
  const source = await readBundle(path, defaultLimits);
  const { manifest, identity, problems } = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
  });
  if (manifest && identity !== undefined && readMember(source, manifestPath)) {
    return new Set([...manifest.members.map(({ sha256 }) => sha256), identity].map((digest) => `urn:sha256:${digest}`));
  }
  throw new RampartError('RAMPART_BUNDLE_NOT_TRUSTED', `${visible(path, 200)} is not whole`, {
    exit: 'untrusted',
    next: 'rampart evidence verify says which check failed.',
    problems,
  });
}
