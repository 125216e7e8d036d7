import type { Verdict } from '#model/verdict.js';
import { blocks, dayOf, type HtmlReportInput, isOpen } from './input.js';
import { verdictWords } from './mark.js';
import { count, html, type Markup } from './markup.js';

/** What the report opens with: whether the deployment is blocked, by how much, and what was counted. */
export function verdictSection(input: HtmlReportInput): Markup {
  const { word, sign, tone, sentence } = verdictOf(input);
  return html`<section class="verdict ${tone}" aria-labelledby="verdict">
<h2 id="verdict"><span class="sign" aria-hidden="true">${sign}</span>${word}</h2>
<p class="lead">${sentence}</p>
<dl class="counts">${tiles.map(
    (verdict) =>
      html`<div class="${verdict}"><dt><span aria-hidden="true">${verdictWords[verdict].sign}</span> ${verdictWords[verdict].word}</dt><dd>${numberOf(input, verdict)}</dd></div>\n`,
  )}</dl>
<p class="quiet">A passed check supports the controls it names, in part. It never shows that a control is met as a whole.</p>
</section>`;
}

const tiles: readonly Verdict[] = ['fail', 'unknown', 'error', 'waived', 'pass', 'not-applicable'];

const numberOf = ({ findings }: HtmlReportInput, verdict: Verdict): number =>
  findings.filter((finding) => finding.verdict === verdict).length;

interface Opening {
  word: string;
  sign: string;
  tone: 'blocked' | 'hollow' | 'open';
  sentence: string;
}

/** The opening words. Nothing judged is told apart from nothing wrong. */
export function verdictOf(input: HtmlReportInput): Opening {
  const day = dayOf(input);
  const blocking = input.findings.filter((finding) => blocks(finding, day));
  const of = (verdict: Verdict) => blocking.filter((finding) => finding.verdict === verdict).length;
  const lapsed = of('waived');
  const letBy = input.findings.filter((finding) => isOpen(finding, day) && !blocks(finding, day)).length;
  const wrong = input.waiverProblems?.length ?? 0;
  if (blocking.length === 0 && wrong > 0) {
    const sentence = `No finding blocks the deployment, but ${count(wrong, 'waiver')} must be put right.`;
    return { word: 'Blocked', sign: '×', tone: 'blocked', sentence };
  }
  if (blocking.length > 0) {
    const parts = [
      of('fail') > 0 && `${of('fail')} failed`,
      of('unknown') > 0 && `${of('unknown')} could not be decided`,
      of('error') > 0 && `${count(of('error'), 'check')} broke`,
      lapsed > 0 && `${count(lapsed, 'waiver')} no longer ${lapsed === 1 ? 'holds' : 'hold'}`,
    ].filter((part) => part !== false);
    return {
      word: 'Blocked',
      sign: '×',
      tone: 'blocked',
      sentence: `${count(blocking.length, 'finding blocks', 'findings block')} the deployment: ${listed(parts)}.${wrong > 0 ? ` ${count(wrong, 'waiver')} must be put right.` : ''}${letBy > 0 ? ` The thresholds let ${letBy} more by, which ${areNo(letBy)}.` : ''}`,
    };
  }
  const passed = numberOf(input, 'pass');
  const waived = numberOf(input, 'waived');
  if (passed + waived === 0) {
    return {
      word: 'Nothing was judged',
      sign: '?',
      tone: 'hollow',
      sentence: 'No requirement was judged on any resource. This is not a pass.',
    };
  }
  if (letBy > 0) {
    return {
      word: 'Nothing blocks, with warnings',
      sign: '!',
      tone: 'hollow',
      sentence: `${count(passed, 'check')} passed. The thresholds let ${count(letBy, 'finding')} by, which ${areNo(letBy)}${remain(waived)}.`,
    };
  }
  return {
    word: 'Nothing blocks',
    sign: '✓',
    tone: 'open',
    sentence: `${count(passed, 'check')} passed and none failed, broke or stayed unknown${remain(waived)}.`,
  };
}

const areNo = (number: number): string => (number === 1 ? 'is no pass' : 'are no passes');

const remain = (waived: number): string =>
  waived === 0 ? '' : `; ${count(waived, 'accepted deviation')} remain${waived === 1 ? 's' : ''}, with an end date`;

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
