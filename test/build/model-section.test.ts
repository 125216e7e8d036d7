import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { ModelRecord } from '#model/model-record.js';
import type { System } from '#model/system.js';
import { recordSection } from '../../src/build/model-section.js';
import { starterSystem } from '../../src/plan/init.js';
import { completeAnswers } from '../../src/plan/questions.js';
import { readSystem } from '../../src/plan/read-system.js';
import { base } from '../controls/base.js';
import { validate } from '../plan/validator.js';

const said = { organization: 'Agency', contact: 'isso@agency.example' };

describe('the page on records of models', () => {
  it('has an example a system file may hold', () => {
    const example = recordSection(base).blocks.find(({ block }) => block === 'manifest');
    assert.ok(example?.block === 'manifest');
    const { endpoints } = parse(example.text) as { endpoints: { record: ModelRecord }[] };
    const system = parse(starterSystem(completeAnswers(said, base), './x.json')) as System;
    const record = endpoints[0]?.record;
    const text = JSON.stringify({ ...system, endpoints: [{ ...system.endpoints[0], record }] });
    assert.deepEqual(readSystem(text, 'rampart.yaml', validate, base).endpoints[0]?.record, record);
  });

  it('says what each field is', () => {
    const [fields] = recordSection(base).blocks.filter(({ block }) => block === 'table');
    assert.ok(fields?.block === 'table' && fields.rows.length > 12);
    for (const [, [description] = []] of fields.rows) assert.match(String(description), /\w{3}.*\.$/);
  });
});

describe('the first system file', () => {
  it('shows a record that can be taken as it stands, once its blanks are filled', () => {
    const text = starterSystem(completeAnswers(said, base), './x.json');
    const shown = /^#( {4}record:\n(?:# {6}.*\n)+)/m.exec(text)?.[1]?.replace(/^#/gm, '');
    assert.ok(shown);
    const record = (
      parse(shown.replace(/<YYYY-MM-DD>/g, '"2026-11-01"').replace('<data-retention mode>', 'none')) as {
        record: unknown;
      }
    ).record;
    const system = parse(text) as System;
    const whole = JSON.stringify({ ...system, endpoints: [{ ...system.endpoints[0], record }] });
    assert.deepEqual(readSystem(whole, 'rampart.yaml', validate, base).endpoints[0]?.record, record);
  });
});
