import assert from 'node:assert/strict';
import validate from '#generated/fedramp.js';
import type { Control as Named } from '#model/control.js';
import { verdicts } from '#model/verdict.js';
import { decisionRecord } from '../../../src/evidence/fedramp/decision-record.js';
import { fedrampDocuments } from '../../../src/evidence/fedramp/documents.js';
import { leftMarkdown } from '../../../src/evidence/fedramp/left-markdown.js';
import { unknownFields } from '../../../src/evidence/fedramp/misspelt.js';
import { type DocumentType, documentTypes, type Json } from '../../../src/evidence/fedramp/schema.js';
import * as oscal from '../oscal/sample.js';
import { certification, type Given, inputOf } from './sample.js';

const { schema } = validate;
const made = (given: Given = {}) => fedrampDocuments(inputOf(given), schema, validate);

interface Indicator {
  ksiId: string;
  ksiImplementationStatus?: string;
  ksiImplementation: string[];
  ksiValidation: string[];
  ksiTests: string[];
  ksiEvidence: { evidenceLocation: string; evidenceText: string }[];
}
interface Control {
  controlId: string;
  controlImplementationStatus?: string;
  controlImplementationDescription?: string;
  parameterValues?: { parameterId: string; parameterValue: string }[];
}
interface Record {
  securityControls: Control[];
  fedRampRequirements: { frrID: string; frrImplementation: string[] }[];
  keySecurityIndicators: Indicator[];
}

function documentOf(type: DocumentType, given: Given = {}): Json {
  const found = made(given).documents.find((each) => each.type === type);
  assert.ok(found);
  return found.document;
}
const record = (given: Given = {}) => documentOf('security-decision-record', given) as unknown as Record;
const text = (given: Given = {}): string => JSON.stringify(documentTypes.map((type) => documentOf(type, given)));

describe('FedRAMP’s documents', () => {
  it('without what people know: a valid record, and two drafts that say what is missing', () => {
    const { documents } = made();
    assert.deepEqual(
      documents.map(({ path, state }) => `${path} ${state}`),
      [
        'fedramp/security-decision-record.json valid',
        'fedramp/certification-package-overview.draft.json draft',
        'fedramp/ongoing-certification-report.draft.json draft',
      ],
    );
    for (const { type, document, problems } of documents) {
      assert.equal(validate({ [type]: document }).length === 0, problems.length === 0, type);
      assert.deepEqual(unknownFields(document, type, schema), []);
    }
    assert.deepEqual(documentOf('certification-package-overview'), {
      serviceIdentification: {
        providerName: 'Department of Examples',
        serviceName: 'Benefits Assistant',
        certificationType: 'Rev5',
      },
    });
  });

  it('with it, all three are valid and leave open nothing a system file can state', () => {
    const { documents, left } = made({ certification });
    assert.deepEqual(
      documents.map(({ path }) => path),
      documentTypes.map((type) => `fedramp/${type}.json`),
    );
    for (const { type, document } of documents) assert.deepEqual(validate({ [type]: document }), []);
    const [record, overview, report] = left.documents;
    assert.deepEqual(overview?.fields, []);
    assert.ok(!record?.fields.some(({ field }) => field.startsWith('/portsAndProtocols')));
    assert.deepEqual(report?.fields, []);
    assert.match(text({ certification }), /"https:\/\/trust\.example\.com\/fedramp\/overview\.json"/);
  });

  it('does not call whole what only a person can fill, and asks for no values of controls without parameters', () => {
    const { left } = made({ certification, baseline: 'fedramp-class-c' });
    const [record, overview] = left.documents;
    assert.equal(record?.state, 'valid');
    assert.ok((record?.required ?? 0) > 0, 'the assessor’s part');
    assert.equal(overview?.required, 0);
    const text = leftMarkdown(left);
    assert.match(
      text,
      /Valid as far as it is filled, by https:.*: \d+ of its fields are left for people, \d+ of them required\./,
    );
    assert.match(text, /Valid by https:[^\n]*overview[^\n]*\. Every field is filled\./);
    assert.match(text, /`\/securityControls\/\*\/parameterValues`: Only controls that have parameters/);
    const asks = (controls: readonly Named[]): readonly string[] => {
      const { documents } = fedrampDocuments(
        { ...inputOf({ baseline: 'fedramp-class-c' }), controls },
        schema,
        validate,
      ).left;
      return documents[0]?.fields.find(({ field }) => field.endsWith('/parameterValues'))?.of ?? [];
    };
    const { controls } = inputOf({ baseline: 'fedramp-class-c' });
    const silent = controls.map(({ parameters: _, ...control }) => control);
    for (const label of ['AC-3', 'SC-39', 'IA-7']) {
      assert.ok(!asks(controls).includes(label), `${label} has no parameters`);
      assert.ok(asks(silent).includes(label), 'where nothing says so, they are asked for');
    }
  });

  it('tells what it knows of fields that are for people, and who says so', () => {
    const makers = new Map([['assistant', 'OpenAI (the system file)']]);
    const { left } = fedrampDocuments({ ...inputOf(), makers }, schema, validate);
    const knownOf = (type: string, at: string) =>
      left.documents.find((each) => each.type === type)?.fields.find(({ field }) => field === at)?.known;
    const models = knownOf('certification-package-overview', '/thirdPartyInformationResources') ?? [];
    assert.equal(models.filter((each) => each.endsWith(', made by OpenAI (the system file).')).length, 1);
    assert.deepEqual(
      knownOf('security-decision-record', '/portsAndProtocols')?.[0],
      'assistant is called over TLS on TCP 443, as Rampart renders it.',
    );
  });

  it('a document people’s words make invalid stays a draft and says why', () => {
    const contactInformation = [{ contactType: 'Security' }];
    const { documents } = made({ certification: { ...certification, contactInformation } });
    const overview = documents[1];
    assert.equal(overview?.path, 'fedramp/certification-package-overview.draft.json');
    assert.deepEqual(overview?.problems, [
      '/contactInformation/0/contactType is not "Sales"',
      '/contactInformation must contain at least 1 valid item(s)',
    ]);
  });

  it('names the draft of the overview by its digest where nobody published it', () => {
    const uri = String(documentOf('security-decision-record').certificationPackageOverviewUri);
    assert.match(uri, /^urn:sha256:[0-9a-f]{64}$/);
    assert.equal(documentOf('ongoing-certification-report').certificationPackageOverviewUri, uri);
    assert.ok(made().left.toComplete.some(({ field }) => field === '/certificationPackageOverviewUri'));
    assert.ok(
      !made({ certification }).left.toComplete.some(({ field }) => field === '/certificationPackageOverviewUri'),
    );
  });

  for (const verdict of verdicts) {
    it(`nothing that is only ${verdict} appears as met`, () => {
      const findings = [
        oscal.finding('kms-key-rotation', verdict, 'Key', 'AWS::KMS::Key', 'A reason.', {
          position: oscal.at('a.yaml', 3),
        }),
      ];
      const { securityControls, keySecurityIndicators } = record({ findings, baseline: 'fedramp-class-c' });
      const control = securityControls.find(({ controlId }) => controlId === 'SC-12');
      const told = keySecurityIndicators.filter(({ ksiTests }) => ksiTests.length > 0);
      assert.doesNotMatch(text({ findings }), /"Implemented"/);
      if (verdict === 'not-applicable') {
        assert.deepEqual(told, []);
        assert.equal(control?.controlImplementationDescription, undefined);
        return;
      }
      assert.ok(told.length > 0);
      const status = { fail: 'Not Implemented', waived: 'Not Implemented' }[verdict as string];
      assert.equal(control?.controlImplementationStatus, status);
      for (const indicator of told) {
        assert.equal(indicator.ksiImplementationStatus, status);
        assert.equal(indicator.ksiImplementation.length > 0, verdict === 'pass');
        assert.match(indicator.ksiValidation[0] ?? '', new RegExp(`: 1 ${verdict}\\.`));
        assert.equal(/Not shown to be met/.test(indicator.ksiValidation.join()), verdict !== 'pass');
      }
    });
  }

  it('what passes here and fails there is implemented in part, and says in how much', () => {
    const findings = (['pass', 'fail', 'unknown'] as const).map((verdict, index) =>
      oscal.finding('kms-key-rotation', verdict, `Key${index}`, 'AWS::KMS::Key', 'A reason.', {
        position: oscal.at('a.yaml', 3 + index),
      }),
    );
    const told = record({ findings, baseline: 'fedramp-class-c' }).keySecurityIndicators.find(
      ({ ksiTests }) => ksiTests.length > 0,
    );
    assert.equal(told?.ksiImplementationStatus, 'Partially Implemented');
    assert.match(told?.ksiImplementation[0] ?? '', /in place in 1 of 3 places judged/);
    assert.match(told?.ksiEvidence[0]?.evidenceText ?? '', /^kms-key-rotation: 1 fail, 1 unknown, 1 pass$/);
  });

  it('a class has all its indicators, rev 5 those something was judged for', () => {
    const all = record({ baseline: 'fedramp-class-c' }).keySecurityIndicators;
    const some = record().keySecurityIndicators;
    assert.equal(all.length, inputOf().indicators.length);
    assert.deepEqual(
      some.map(({ ksiId }) => ksiId),
      all.filter(({ ksiTests }) => ksiTests.length > 0).map(({ ksiId }) => ksiId),
    );
    for (const { ksiTests, ksiEvidence, ksiImplementation } of all) {
      assert.equal(ksiTests.length === 0, ksiEvidence.length === 0);
      if (ksiTests.length === 0) assert.deepEqual(ksiImplementation, []);
    }
  });

  it('of what only Rampart relates to an indicator it says so', () => {
    const own = { controls: ['sc-12'], because: 'keys are looked after' };
    const [first, ...others] = inputOf({ baseline: 'fedramp-class-c' }).indicators;
    assert.ok(first);
    const related = {
      ...inputOf({ baseline: 'fedramp-class-c' }),
      indicators: [{ ...first, controls: ['sc-12'], own }, ...others],
    };
    const { keySecurityIndicators } = decisionRecord(related, 'x') as unknown as Record;
    const said = keySecurityIndicators.map(({ ksiValidation }) => ksiValidation.join(' '));
    assert.match(
      said[0] ?? '',
      /Related to this indicator by Rampart, not by FedRAMP's rules: SC-12; keys are looked after\.$/,
    );
    assert.ok(!said.slice(1).some((each) => /by Rampart, not/.test(each)));
  });

  it('cites members by URNs of their digests only', () => {
    const { findings, observations, assessmentResults, manifests } = inputOf().cited;
    const known = [findings, observations, assessmentResults, ...manifests].map((each) => `urn:sha256:${each?.sha256}`);
    const cited = record().keySecurityIndicators.flatMap(({ ksiEvidence }) =>
      ksiEvidence.map(({ evidenceLocation }) => evidenceLocation),
    );
    assert.deepEqual([...new Set(cited)].sort(), [...known].sort());
  });

  it('tells of every control of the baseline, with the values its publisher assigns', () => {
    const { securityControls } = record();
    assert.equal(securityControls.length, inputOf().baseline.controls.length);
    const retention = securityControls.find(({ controlId }) => controlId === 'AU-11');
    assert.ok(retention?.parameterValues?.some(({ parameterId }) => parameterId.startsWith('au-11_odp')));
    assert.match(
      retention?.controlImplementationDescription ?? '',
      /`logging\.retention-days` = 400 \(assistant, triage\)/,
    );
    const placed = securityControls.flatMap(({ parameterValues = [] }) =>
      parameterValues.map((each) => each.parameterId),
    );
    assert.deepEqual(placed.sort(), Object.keys(inputOf().baseline.parameters).sort());
  });

  it('answers only rules that are for its path', () => {
    const ids = (given: Given) => record(given).fedRampRequirements.map(({ frrID }) => frrID);
    const known = new Map(inputOf().rules.rules.map((rule) => [rule.id, rule.appliesTo]));
    for (const id of ids({})) assert.notEqual(known.get(id) ?? '20x', '20x', id);
    const modern = ids({ certification: { ...certification, certificationType: '20x' } });
    for (const id of modern) assert.notEqual(known.get(id) ?? 'rev5', 'rev5', id);
    assert.equal(new Set([...ids({}), ...modern]).size, inputOf().rules.answers?.length);
    assert.doesNotMatch(JSON.stringify(record().fedRampRequirements), /[{]\w+[}]/);
  });

  it('gives the same bytes twice, and in whatever order findings come', () => {
    const bytes = (given: Given) => made(given).documents.map((each) => Buffer.from(each.bytes).toString());
    assert.deepEqual(bytes({}), bytes({}));
    assert.deepEqual(bytes({ findings: [...oscal.findings].reverse() }), bytes({}));
  });

  it('whatever names say, they stay data: valid, one line, no markup', () => {
    for (const name of oscal.hostile) {
      const findings = oscal.findings.map((each) => ({
        ...each,
        resource: name,
        title: name,
        reason: name,
        requirement: name,
        ...(each.waiver ? { waiver: { ...each.waiver, resource: name } } : {}),
      }));
      const given = { findings, system: { name, owner: { organization: name, contact: name } } };
      const { documents, left } = made(given);
      assert.equal(documents[0]?.state, 'valid', JSON.stringify(name));
      const all = [...documents.map((each) => Buffer.from(each.bytes).toString()), leftMarkdown(left)].join('\n');
      assert.doesNotMatch(all, /[\u202e\u200b\ufeff]|\p{Cc}(?<!\n)|\\u00[01]/u);
      const validations = JSON.stringify(record(given).keySecurityIndicators.map(({ ksiValidation }) => ksiValidation));
      assert.doesNotMatch(validations, /(?<!\\)<script|(?<!\\)<img|(?<!\\)\[link/);
    }
  });

  it('refuses to seal a field FedRAMP’s schema does not know', () => {
    const older = structuredClone(schema) as {
      properties: { [type: string]: { properties: { [field: string]: unknown } } };
    };
    delete older.properties['security-decision-record']?.properties.keySecurityIndicators;
    assert.throws(() => fedrampDocuments(inputOf(), older as unknown as Json, validate), {
      code: 'RAMPART_FEDRAMP_INVALID',
    });
  });
});
