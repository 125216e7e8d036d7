import assert from 'node:assert/strict';
import markdownIt from 'markdown-it';
import validate from '#generated/fedramp.js';
import { fedrampDocuments } from '../../../src/evidence/fedramp/documents.js';
import { recordMarkdown } from '../../../src/evidence/fedramp/record-markdown.js';
import type { Json } from '../../../src/evidence/fedramp/schema.js';
import * as oscal from '../oscal/sample.js';
import { certification, type Given, inputOf } from './sample.js';

const recordOf = (given: Given): Json => {
  const [record] = fedrampDocuments(inputOf(given), validate.schema, validate).documents;
  assert.ok(record);
  return record.document;
};
const names = new Map([['AU-11', 'Audit Record Retention']]);

/** Every text of a document. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
const bare = (text: string): string => text.replaceAll('\\', '').replace(/\s+/g, ' ');

describe('the Security Decision Record as people read it', () => {
  for (const baseline of ['fedramp-rev5-moderate', 'fedramp-class-d'])
    it(`${baseline}: holds every text of the JSON document`, () => {
      const record = recordOf({ baseline, certification });
      const page = bare(recordMarkdown(record, names));
      const texts = textsIn(record).flatMap((text) => text.split('\n'));
      assert.ok(texts.length > 500);
      for (const text of texts) assert.ok(page.includes(bare(text)), text);
      assert.match(page, /### AU-11 Audit Record Retention/);
    });

  it('says of a status and a list nobody filled that it is left for people', () => {
    const page = recordMarkdown(recordOf({ baseline: 'fedramp-class-c' }), names);
    const kept = page.slice(page.indexOf('### KSI-CED-RAT'), page.indexOf('### KSI-CMT-LMC'));
    assert.match(kept, /Status: left for people\./);
    assert.equal(kept.match(/- Left for people\./g)?.length, 5);
    assert.doesNotMatch(page, /Status: Implemented/);
  });

  it('shows hostile names as text', () => {
    for (const name of oscal.hostile) {
      const findings = oscal.findings.map((each) => ({ ...each, resource: name, title: name, requirement: name }));
      const html = markdownIt({ html: true }).render(recordMarkdown(recordOf({ findings }), names));
      assert.doesNotMatch(html, /<(script|img|a|style)\b/, JSON.stringify(name));
    }
  });
});
