import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Finding } from '#model/finding.js';
import type { Tolerance } from '#model/gate.js';
import { type Verdict, verdicts } from '#model/verdict.js';
import { type HtmlReportInput, htmlReport } from '../../src/report/html.js';
import * as sample from '../evidence/oscal/sample.js';
import { hostileReport, report } from './html-sample.js';

/** What a reader sees, without markup and styles, entities read back. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

const section = (page: string, id: string): string => {
  const found = new RegExp(`<section[^>]*aria-labelledby="${id}"[\\s\\S]*?</section>`).exec(page);
  assert.ok(found, `there is no section ${id}`);
  return textOf(found[0]);
};

const judged = (...given: readonly Verdict[]): HtmlReportInput => ({
  ...report,
  findings: given.map((verdict, index) =>
    sample.finding('kms-key-rotation', verdict, `Key${index}`, 'AWS::KMS::Key', 'A reason.', {
      position: sample.at('a.yaml', index + 1),
      ...(verdict === 'waived' ? { waiver: sample.waiver } : {}),
    }),
  ),
});

const opening = (input: HtmlReportInput): string => section(htmlReport(input), 'verdict');

describe('the HTML report', () => {
  const page = htmlReport(report);

  describe('opens with the verdict', () => {
    it('that counts what blocks', () => {
      assert.match(
        section(page, 'verdict'),
        /Blocked 4 findings block the deployment: 2 failed, 1 could not be decided and 1 check broke\./,
      );
      assert.ok(page.indexOf('id="verdict"') < page.indexOf('id="coverage"'));
      assert.ok(page.includes('<title>Blocked: Benefits Assistant against FedRAMP rev 5 Moderate – Rampart</title>'));
    });

    it('that does not mistake nothing judged for nothing wrong', () => {
      assert.match(opening(judged()), /Nothing was judged .* This is not a pass\./);
      assert.match(opening(judged('not-applicable')), /Nothing was judged/);
      assert.match(opening(judged('pass')), /Nothing blocks 1 check passed and none failed, broke or stayed unknown\./);
    });

    it('that keeps waivers in sight, and is blocked by one that ran out', () => {
      assert.match(
        opening(judged('pass', 'waived')),
        /Nothing blocks .*; 1 accepted deviation remains, with an end date\./,
      );
      assert.match(
        opening({ ...judged('pass', 'waived'), time: '2027-01-01T00:00:00Z' }),
        /Blocked 1 finding blocks the deployment: 1 waiver no longer holds\./,
      );
    });

    it('that is blocked by a waiver with something wrong', () => {
      const waiverProblems = [
        { fault: 'too-broad' as const, waiver: sample.waiver, why: 'is too broad', next: 'Narrow it.' },
      ];
      assert.match(
        opening({ ...judged('pass'), waiverProblems }),
        /Blocked No finding blocks .*, but 1 waiver must be put right\./,
      );
      assert.match(
        opening({ ...judged('fail'), waiverProblems }),
        /Blocked 1 finding blocks .*1 waiver must be put right\./,
      );
      const shown = section(htmlReport({ ...judged('fail'), waiverProblems }), 'waivers');
      assert.match(shown, /Must be put right: it is too broad\./);
    });

    it('and what the thresholds let by, which neither blocks nor passes', () => {
      const letBy = (toleratedBy: Tolerance, ...given: Verdict[]) => ({
        ...judged(...given),
        findings: judged(...given).findings.map((each) =>
          each.verdict === 'unknown' ? { ...each, toleratedBy } : each,
        ),
      });
      const warned = htmlReport(letBy('unknown', 'pass', 'unknown'));
      assert.match(
        section(warned, 'verdict'),
        /! Nothing blocks, with warnings 1 check passed\. The thresholds let 1 finding by, which is no pass\./,
      );
      assert.match(section(warned, 'findings'), /\(only warned of: unknown is not a pass\)/);
      assert.match(section(warned, 'coverage'), /unknown: /);
      assert.match(
        opening(letBy('fail-on', 'fail', 'unknown', 'unknown')),
        /Blocked 1 finding blocks the deployment: 1 failed\. The thresholds let 2 more by, which are no passes\./,
      );
    });

    it('that is blocked exactly when something failed, broke or stayed unknown', () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...verdicts), { maxLength: 6 }), (given) => {
          const blocked = given.some((verdict) => ['fail', 'unknown', 'error'].includes(verdict));
          assert.equal(/^\s*× Blocked/.test(opening(judged(...given))), blocked);
        }),
        { numRuns: 40 },
      );
    });
  });

  describe('tells coverage', () => {
    const coverage = section(page, 'coverage');

    it('by family against the whole baseline, each control once and by the worst', () => {
      assert.match(coverage, /speaks about 11 of the 13 controls in FedRAMP rev 5 Moderate\./);
      assert.match(
        coverage,
        /AU Audit and Accountability failed: AU-9 waived: AU-11 3 × 1 \(33 %\) 0 ~ 1 \(33 %\) 0 · 1 \(33 %\)/,
      );
      assert.match(
        coverage,
        /AC Access Control failed: AC-4 supported in part: AC-3 2 × 1 \(50 %\) 0 0 ✓ 1 \(50 %\) 0/,
      );
      assert.match(coverage, /RA Risk Assessment 1 0 0 0 0 · 1 \(100 %\)/);
      assert.match(coverage, /All 13 × 7 \(54 %\) .* · 2 \(15 %\) By KSI theme/);
    });

    it('by theme where the baseline has indicators, and only there', () => {
      assert.match(
        coverage,
        /Cloud Native Architecture supported in part: KSI-CNA-RNT not covered: KSI-CNA-OFA \(optional\) 1 0 0 0 ✓ 1 \(100 %\) 0/,
      );
      // A control the baseline does not select does not count, and an indicator nothing speaks of is named.
      assert.match(coverage, /Cybersecurity Education not covered: KSI-CED-RAT 0 0 0 0 0 0/);
      assert.match(
        coverage,
        /Service Configuration failed: KSI-SVC-ASM unknown: KSI-SVC-VRI 3 × 2 \(67 %\) \? 1 \(33 %\) 0 0 0/,
      );
      assert.match(coverage, /All 4 × 2 \(50 %\) \? 1 \(25 %\) 0 ✓ 1 \(25 %\) 0 $/);
      const { indicators: _, ...without } = report;
      assert.doesNotMatch(section(htmlReport(without), 'coverage'), /theme/i);
      assert.match(section(htmlReport(without), 'coverage'), /By control family/);
    });

    it('never turns a control that failed or stayed unknown into a supported one', () => {
      const words = { fail: 'failed', error: 'failed', unknown: 'unknown', waived: 'waived' } as const;
      fc.assert(
        fc.property(fc.shuffledSubarray([...verdicts], { minLength: 1 }), (given) => {
          const shown = section(htmlReport(judged(...given)), 'coverage');
          const first = (['fail', 'error', 'unknown', 'waived'] as const).find((verdict) => given.includes(verdict));
          if (first) assert.match(shown, new RegExp(`${words[first]}: SC-12, SC-28\\(1\\)`));
          assert.equal(shown.includes('supported in part: '), first === undefined && given.includes('pass'));
        }),
        { numRuns: 40 },
      );
    });

    it('says a share in figures wherever it is shaded', () => {
      const shaded = [...page.matchAll(/<span class="heat [^"]*step-\d">(.*?)<\/td>/g)];
      assert.ok(shaded.length > 15);
      for (const [, cell] of shaded) assert.match(textOf(cell ?? ''), /[×?~✓·] +\d+ +\(\d+ %\)/);
      // What is there is never 0 %, and what is not whole never 100 %.
      assert.doesNotMatch(page, /\(0 %\)/);
    });
  });

  it('tells the record of each model: who says what, and every gap by name', () => {
    const records = section(page, 'records');
    assert.match(
      records,
      /2 fields missing\. State them under record [^:]*: Bias tests biasTests High-impact determination highImpact/,
    );
    assert.match(records, /Licence Apache-2\.0 Rampart’s dated data: README of openai\/gpt-oss 2026-11-21/);
    assert.match(records, /Intended use Summaries of case files Drafts of letters the system file/);
    assert.match(records, /Where the files came from Does not apply\. No file is handed out\./);
    assert.match(records, /triage sagemaker · openai\/gpt-oss-20b No field is missing\./);
    const { records: _, ...without } = report;
    assert.match(section(htmlReport(without), 'records'), /without a system file/);
  });

  it('shows each finding with its place, reason, controls and remedy', () => {
    const open = section(page, 'findings');
    for (const one of sample.findings.filter(({ verdict }) =>
      ['fail', 'unknown', 'error', 'waived'].includes(verdict),
    )) {
      for (const said of [one.title, one.reason, one.remediation, one.requirement, one.resource]) {
        assert.ok(open.includes(said), said);
      }
      assert.ok(open.includes(`${one.position?.file}:${one.position?.line}:${one.position?.column}`));
    }
    assert.match(open, /SC-12 sourced: AWS Security Hub KMS\.4 SC-28\(1\) Rampart’s own mapping/);
    assert.match(open, /when LongLived is "false"/);
    assert.doesNotMatch(open, /InvocationLogs/);
  });

  it('puts the severe before the mild and the waived last', () => {
    const order = [...page.matchAll(/<article[^>]*aria-labelledby="finding-\d+-([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(order, [
      'kms-key-rotation',
      'security-group-egress',
      'endpoint-config-kms',
      'cloudtrail-kms',
      'log-group-retention',
    ]);
  });

  it('lists every place a pass rests on, the file once', () => {
    assert.match(section(page, 'passed'), /BedrockRuntimeEndpoint deploy\/assistant-bedrock\.yaml:155:7, 158:7, 161:7/);
    assert.match(section(page, 'passed'), /Did not apply kms-key-rotation on SigningKey : KeySpec is ECC_NIST_P256/);
  });

  it('shows waivers with their end, and says which ran out or match nothing', () => {
    const waivers = section(page, 'waivers');
    assert.match(waivers, /LegacyKey 2026-09-30 Has run out\. Matches no finding\./);
    assert.match(
      waivers,
      /BuildLogs RetentionInDays is 30; it must be at least 365. 2026-12-31 41 days left Build logs hold no audit records/,
    );
    assert.match(section(htmlReport({ ...report, time: '2026-12-31T09:00:00Z' }), 'waivers'), /2026-12-31 Last day\./);
  });

  it('tells waivers of one resource in two files apart, each with what was found there', () => {
    const [first] = report.findings.filter(({ verdict }) => verdict === 'waived');
    assert.ok(first?.waiver);
    const { waiver } = first;
    const pin = ['0123456789abcdef'];
    const two = ['a.yaml', 'b.yaml'].map((file) => ({
      ...first,
      reason: `found in ${file}`,
      waiver: { ...waiver, file, pin },
    }));
    const text = section(htmlReport({ ...report, findings: two }), 'waivers');
    assert.match(text, /4 accepted deviations/);
    for (const file of ['a.yaml', 'b.yaml'])
      assert.ok(
        text.includes(`${file} For what was found when it was approved, and nothing else. found in ${file} 2026-12-31`),
        text,
      );
  });

  it('marks each waiver of which the verdict says that it must be put right, and calls none of them accepted', () => {
    const [waiver] = report.plan?.system.waivers ?? [];
    assert.ok(waiver);
    const problem = { fault: 'expired', waiver, why: 'ran out on 2026-09-30', next: '' } as const;
    const waivers = section(htmlReport({ ...report, waiverProblems: [problem] }), 'waivers');
    assert.match(waivers, /2 waivers, of which 1 must be put right, the next to end first/);
    assert.equal(waivers.split('Must be put right').length - 1, 1);
  });

  it('gives every setting its reasons', () => {
    assert.match(
      section(page, 'settings'),
      /logging\.retention-days Days log groups keep their records\. 400 parameter au-11_odp of the baseline: “a time period in compliance with M-21-31” log-group-retention asks for 365 , in support of AU-11 the system file asks for 400/,
    );
    const { plan: _, ...without } = report;
    assert.match(section(htmlReport(without), 'settings'), /without a system file/);
  });

  it('says what was looked at, what was not, and how to verify', () => {
    assert.match(
      section(page, 'grounds'),
      /kms:DescribeKey alias\/triage-volumes denied Grant kms:DescribeKey to the caller/,
    );
    assert.match(section(page, 'silence'), /Nested stacks that are named by an address/);
    assert.match(section(page, 'verify'), /rampart evidence verify/);
    assert.ok(section(page, 'verify').includes(sample.controlDataDigest));
  });

  it('supports controls and never satisfies them', () => {
    assert.doesNotMatch(page, /satisf|compliant/i);
    assert.match(page, /supports controls; whether a control is met is for an assessor to say/);
  });

  it('loads nothing, runs nothing, and allows its own style sheet only', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    assert.equal(
      policy?.replaceAll('&#39;', "'"),
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|\sstyle=|\son[a-z]+=|\ssrc=|url\(|@import/i);
    assert.ok([...page.matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith('#')));
  });

  it('gives the same bytes whatever the order of the input', () => {
    const turned: HtmlReportInput = {
      ...report,
      findings: [...report.findings].reverse(),
      manifests: [...(report.manifests ?? [])].reverse(),
      observations: [...(report.observations ?? [])].reverse(),
      sources: [...report.sources].reverse(),
    };
    assert.equal(htmlReport(turned), page);
  });

  it('has ids that are unique and links that lead somewhere', () => {
    const twins = {
      ...report,
      findings: [
        ...report.findings,
        ...['a b', 'a-b'].map((requirement): Finding => ({ ...(report.findings[0] as Finding), requirement })),
      ],
    };
    for (const text of [page, htmlReport(twins)]) {
      const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const [, id] of text.matchAll(/href="#([^"]*)"|aria-labelledby="([^"]*)"/g))
        if (id) assert.ok(ids.includes(id), id);
    }
  });

  describe('whatever names say', () => {
    /** Every tag of the page, in order: what a name must not be able to change. */
    const tags = (text: string) => text.match(/<[^>]*>/g);

    it('keeps the same tags as with harmless names', () => {
      const harmless = tags(htmlReport(hostileReport('name')));
      for (const name of sample.hostile.filter((one) => one.trim() !== '')) {
        // The fragment of a heading is cut from the name; everything else stays as it is.
        const given = tags(htmlReport(hostileReport(name)))?.map((tag) =>
          tag.replace(/finding-1-[a-z0-9-]+/, 'finding-1-name'),
        );
        assert.deepEqual(given, harmless, JSON.stringify(name));
      }
    });

    it('shows what is hidden', () => {
      const text = htmlReport(hostileReport('evil\u202etxt\u0007\ud83d\u200b'));
      assert.ok(text.includes('evil⟨U+202E⟩txt⟨U+0007⟩⟨U+D83D⟩⟨U+200B⟩'));
      for (const name of sample.hostile) {
        assert.doesNotMatch(htmlReport(hostileReport(name)).replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\u2028]/u);
      }
    });

    it('escapes them, by any text at all', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
          const text = htmlReport(hostileReport(`<b>${name}"'>`));
          assert.doesNotMatch(text, /<b>[^<]*"'>/);
          assert.ok(text.includes('&lt;b&gt;'));
        }),
        { numRuns: 50 },
      );
    });
  });
});
