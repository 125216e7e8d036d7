import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Waiving, waive } from '#check/waive.js';
import type { Finding } from '#model/finding.js';
import { severities } from '#model/severity.js';
import { type Verdict, verdicts } from '#model/verdict.js';
import type { Waiver, WaiverFault } from '#model/waiver.js';

const finding = (resource: string, verdict: Verdict = 'fail', parts: Partial<Finding> = {}): Finding => ({
  requirement: 'r',
  title: 'R',
  severity: 'medium',
  controls: [],
  resource,
  type: 'T',
  verdict,
  reason: 'is wrong',
  remediation: 'Mend it.',
  position: { file: 'a.yaml', line: 1, column: 1 },
  ...parts,
});

const waiver = (resource: string, parts: Partial<Waiver> = {}): Waiver => ({
  requirement: 'r',
  resource,
  owner: 'Platform',
  approver: 'ISSO',
  approved: '2026-01-01',
  reason: 'because',
  expires: '2026-03-01',
  ticket: 'T-1',
  ...parts,
});

const how: Waiving = {
  day: '2026-02-01',
  limits: { maxDays: { critical: 30, high: 90, medium: 180, low: 365 }, mostFindings: 2 },
  severities: new Map([
    ['r', 'medium'],
    ['c', 'critical'],
    ['other', 'low'],
  ]),
  judged: new Set(['r', 'c']),
  files: ['a.yaml', './deploy/b.yaml'],
  isWhole: true,
};

const faultsOf = (waivers: readonly Waiver[], findings: readonly Finding[]): WaiverFault[] =>
  waive(findings, waivers, how).problems.map(({ fault }) => fault);
const verdictsOf = (waivers: readonly Waiver[], findings: readonly Finding[]): Verdict[] =>
  waive(findings, waivers, how).findings.map(({ verdict }) => verdict);

describe('a waiver', () => {
  it('waives the resource it names, and no other', () => {
    const findings = [finding('A'), finding('B'), finding('A', 'fail', { requirement: 'c' })];
    assert.deepEqual(verdictsOf([waiver('A')], findings), ['waived', 'fail', 'fail']);
    assert.deepEqual(faultsOf([waiver('A')], findings), []);
  });

  it('may name a pattern, with a type or a file', () => {
    const findings = [finding('BuildLogs'), finding('AuditLogs')];
    assert.deepEqual(verdictsOf([waiver('Build*', { type: 'T' })], findings), ['waived', 'fail']);
    assert.deepEqual(verdictsOf([waiver('Build*', { type: 'U' })], findings), ['fail', 'fail']);
    assert.deepEqual(verdictsOf([waiver('Build*', { file: 'a.yaml' })], findings), ['waived', 'fail']);
    assert.deepEqual(faultsOf([waiver('Build*')], findings), ['too-broad']);
    assert.deepEqual(verdictsOf([waiver('Build*')], findings), ['fail', 'fail']);
    for (const bare of ['*', '**', 'a*', '*ab'])
      assert.deepEqual(faultsOf([waiver(bare, { type: 'T' })], findings), ['too-broad'], bare);
    assert.deepEqual(faultsOf([waiver('BuildLogs', { file: '*' })], findings), ['too-broad']);
  });

  it('that stands for more findings than one may waives none of them', () => {
    const findings = ['Log1', 'Log2', 'Log3'].map((name) => finding(name));
    const broad = [waiver('Log*', { type: 'T' })];
    assert.deepEqual(faultsOf(broad, findings), ['too-broad']);
    assert.deepEqual(verdictsOf(broad, findings), ['fail', 'fail', 'fail']);
    assert.deepEqual(verdictsOf(broad, findings.slice(1)), ['waived', 'waived']);
  });

  it('with a fault of its own does not hold, and the finding says so', () => {
    const cases: [WaiverFault, Partial<Waiver>, RegExp][] = [
      ['expired', { expires: '2026-01-31' }, /ran out on 2026-01-31/],
      ['not-yet', { approved: '2026-02-02' }, /yet to come/],
      ['too-long', { expires: '2026-07-01' }, /lasts 181 days from its approval on 2026-01-01, longer than the 180/],
      ['self-approved', { approver: ' platform ' }, /approved by its own owner/],
    ];
    for (const [fault, parts, why] of cases) {
      const { findings, problems, unused } = waive([finding('A')], [waiver('A', parts)], how);
      assert.deepEqual(
        problems.map((each) => each.fault),
        [fault],
      );
      assert.equal(findings[0]?.verdict, 'fail');
      assert.match(findings[0]?.reason ?? '', why);
      assert.deepEqual(unused, []);
    }
    const { approved: _, ...undated } = waiver('A', { expires: '2026-08-01' });
    assert.match(waive([finding('A')], [undated], how).problems[0]?.why ?? '', /lasts 181 days from today/);
    assert.deepEqual(faultsOf([waiver('A', { expires: '2026-06-30' })], [finding('A')]), [], 'the 180th day');
    assert.deepEqual(faultsOf([waiver('A', { expires: '2026-02-01' })], [finding('A')]), [], 'its last day');
    const critical = waiver('A', { requirement: 'c', expires: '2026-02-01' });
    assert.deepEqual(faultsOf([critical], [finding('A', 'fail', { requirement: 'c' })]), ['too-long']);
  });

  it('that matches nothing, or is not needed, is told of', () => {
    assert.deepEqual(faultsOf([waiver('Gone')], [finding('A')]), ['unmatched']);
    assert.deepEqual(faultsOf([waiver('A')], [finding('A', 'pass')]), ['unused']);
    assert.deepEqual(faultsOf([waiver('Gone', { file: 'deploy/*' })], [finding('A')]), ['unmatched']);
  });

  it('for what this run did not look at is no fault', () => {
    for (const elsewhere of [
      waiver('A', { requirement: 'other' }),
      waiver('A', { file: 'c.yaml' }),
      waiver('A', { file: 'infra/*' }),
    ]) {
      const { problems, unused } = waive([finding('A')], [elsewhere], how);
      assert.deepEqual(problems, []);
      assert.equal(unused.length, 1);
    }
  });

  it('that matches nothing, or is not needed, in some files only is no fault: others may need it', () => {
    const some = { ...how, isWhole: false };
    const told = (parts: Waiver, findings: readonly Finding[]) => {
      const { problems, unused } = waive(findings, [parts], some);
      return [problems.map(({ fault }) => fault).join(), unused.map(({ why }) => why).join()];
    };
    assert.deepEqual(told(waiver('Gone'), [finding('A')]), [
      '',
      'matches no finding in the files that were judged, and may be for others',
    ]);
    assert.deepEqual(told(waiver('A'), [finding('A', 'pass')]), ['', 'is not needed in the files that were judged']);
    assert.equal(told(waiver('Gone', { file: 'deploy/*' }), [finding('A')])[0], '');
    // The one file it is for was judged.
    assert.equal(told(waiver('Gone', { file: 'a.yaml' }), [finding('A')])[0], 'unmatched');
    assert.equal(told(waiver('A', { file: 'a.yaml' }), [finding('A', 'pass')])[0], 'unused');
    // What is wrong with it in itself is wrong in every run.
    assert.equal(told(waiver('Gone', { expires: '2026-01-31' }), [finding('A')])[0], 'expired');
    assert.equal(told(waiver('*', { type: 'T' }), [finding('A')])[0], 'too-broad');
    assert.equal(told(waiver('Gone', { approver: 'platform' }), [finding('A')])[0], 'self-approved');
  });

  it('never waives a judgement that broke down', () => {
    const { findings, problems, unused } = waive([finding('A', 'error')], [waiver('A')], how);
    assert.equal(findings[0]?.verdict, 'error');
    assert.deepEqual(problems, []);
    assert.match(unused[0]?.why ?? '', /broke down/);
  });
});

describe('waivers, whatever they are', () => {
  const names = ['Ab1', 'Ab2', 'Cd1', 'Cd*', 'Ab*', '*d1'];
  const someFinding = fc
    .record({
      resource: fc.constantFrom('Ab1', 'Ab2', 'Cd1', 'Cd2'),
      requirement: fc.constantFrom('r', 'c'),
      verdict: fc.constantFrom(...verdicts),
      severity: fc.constantFrom(...severities),
      file: fc.constantFrom('a.yaml', './deploy/b.yaml'),
    })
    .map(({ resource, verdict, file, ...parts }) =>
      finding(resource, verdict, { ...parts, position: { file, line: 1, column: 1 } }),
    );
  const someWaiver = fc
    .record(
      {
        resource: fc.constantFrom(...names),
        requirement: fc.constantFrom('r', 'c', 'other'),
        type: fc.constantFrom('T', 'U'),
        file: fc.constantFrom('a.yaml', 'deploy/*', 'elsewhere'),
        expires: fc.constantFrom('2026-01-15', '2026-01-31', '2026-02-10', '2026-12-31'),
        approver: fc.constantFrom('ISSO', 'Platform'),
      },
      { requiredKeys: ['resource', 'requirement', 'expires'] },
    )
    .map(({ resource, ...parts }) => waiver(resource, parts));

  it('change fail and unknown to waived and nothing else, where their pattern matches only', () => {
    fc.assert(
      fc.property(fc.array(someFinding), fc.array(someWaiver), (findings, waivers) => {
        const after = waive(findings, waivers, how).findings;
        assert.equal(after.length, findings.length);
        after.forEach((now, index) => {
          const before = findings[index] as Finding;
          if (now.verdict === before.verdict) return;
          assert.equal(now.verdict, 'waived');
          assert.ok(before.verdict === 'fail' || before.verdict === 'unknown');
          const { waiver: by } = now;
          assert.ok(by && by.requirement === before.requirement && by.expires >= how.day);
          assert.ok(new RegExp(`^${by.resource.replaceAll('*', '.*')}$`).test(before.resource));
          assert.ok(by.type === undefined || by.type === before.type);
        });
      }),
    );
  });

  it('do the same in any order', () => {
    fc.assert(
      fc.property(fc.array(someFinding), fc.array(someWaiver), fc.nat(), (findings, waivers, turn) => {
        const at = waivers.length === 0 ? 0 : turn % waivers.length;
        const turned = [...waivers.slice(at), ...waivers.slice(0, at)].reverse();
        assert.deepEqual(waive(findings, turned, how), waive(findings, waivers, how));
      }),
    );
  });

  it('of one resource leave the findings of all others as they were', () => {
    fc.assert(
      fc.property(fc.array(someFinding), fc.array(someWaiver), (findings, waivers) => {
        const more = waiver('Cd1');
        const without = waive(findings, waivers, how).findings;
        const withMore = waive(findings, [...waivers, more], how).findings;
        findings.forEach((each, index) => {
          if (each.resource !== 'Cd1') assert.deepEqual(withMore[index], without[index]);
        });
      }),
    );
  });

  describe('that pins what was found', () => {
    const pinned: Waiving = { ...how, pinOf: ({ verdict, reason }) => `${verdict} ${reason}` };
    const told = (waivers: readonly Waiver[], findings: readonly Finding[]) => {
      const { findings: found, problems } = waive(findings, waivers, pinned);
      return {
        said: found.map(({ verdict, reason }) => `${verdict}: ${reason}`),
        faults: problems.map((each) => each.fault),
      };
    };
    const then = { pin: ['fail is wrong'] };

    it('waives that, and nothing else of the resource', () => {
      assert.deepEqual(told([waiver('A', then)], [finding('A')]), { said: ['waived: is wrong'], faults: [] });
      const other = 'its waiver was approved for another value than stands there now';
      assert.deepEqual(told([waiver('A', then)], [finding('A', 'fail', { reason: 'is worse' })]), {
        said: [`fail: is worse (${other})`],
        faults: ['changed'],
      });
      assert.deepEqual(told([waiver('A', then)], [finding('A'), finding('A', 'fail', { reason: 'is worse' })]), {
        said: ['waived: is wrong', `fail: is worse (${other})`],
        faults: [],
      });
    });

    it('does not waive what can be decided now, nor count for what it does not waive', () => {
      const unknown = waiver('A', { pin: ['unknown is wrong'] });
      assert.deepEqual(told([unknown], [finding('A', 'unknown')]).said, ['waived: is wrong']);
      assert.deepEqual(told([unknown], [finding('A')]).faults, ['changed']);
      const many = [finding('A'), ...[1, 2, 3].map((at) => finding('A', 'fail', { reason: `is worse ${at}` }))];
      assert.deepEqual(told([waiver('A', then)], many).faults, []);
    });

    it('leaves the rest to another, and pins nothing where nothing can be pinned', () => {
      const both = [waiver('A', then), waiver('A', { pin: ['fail is worse'] })];
      const found = [finding('A'), finding('A', 'fail', { reason: 'is worse' })];
      assert.deepEqual(told(both, found), { said: ['waived: is wrong', 'waived: is worse'], faults: [] });
      assert.deepEqual(verdictsOf([waiver('A', then)], [finding('A')]), ['fail']);
    });

    it('is not needed where all passes', () => {
      assert.deepEqual(told([waiver('A', then)], [finding('A', 'pass')]).faults, ['unused']);
    });
  });

  it('keeps in mind that what it waives could not be decided', () => {
    const [undecided, wrong] = waive([finding('A', 'unknown'), finding('B')], [waiver('A'), waiver('B')], how).findings;
    assert.equal(undecided?.undecided, true);
    assert.equal(wrong?.undecided, undefined);
  });
});
