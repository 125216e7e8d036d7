import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import shapes from '#generated/diagrams.js';
import { diagramOf } from '#plan/diagram.js';
import { laidOut } from '#report/diagram/layout.js';
import { htmlReport } from '../../src/report/html.js';
import * as sample from '../evidence/oscal/sample.js';
import { plansToDraw } from './diagram/plans.js';
import { hostileReport, report } from './html-sample.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const quiet =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/** WCAG 2.2 AA and axe’s best practices, by axe-core in a real browser, and what axe cannot see. */
describe('the HTML report in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async function () {
    if (!executablePath) {
      process.stderr.write('      skipped: there is no chromium on this machine\n');
      return this.skip();
    }
    browser = await chromium.launch({ executablePath, args: quiet.split(' ') });
  });

  after(async () => {
    await browser?.close();
  });

  const open = async (text: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> => {
    // axe runs as a script the page itself does not allow.
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.setContent(text);
    return page;
  };

  const violations = async (page: Page): Promise<string[]> => {
    await page.addScriptTag({ path: axe });
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await page.evaluate<Violation[]>(
      `axe.run(document, { runOnly: ${JSON.stringify(tags)}, rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations)`,
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  };

  const longest = hostileReport(`${'A'.repeat(300)}<script>`);

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 768, 1280]) {
      it(`is accessible in ${colorScheme} at ${width} px, and nothing has to be scrolled sideways`, async () => {
        for (const input of colorScheme === 'light' ? [report, longest] : [report]) {
          const page = await open(htmlReport(input), width, colorScheme);
          assert.deepEqual(await violations(page), []);
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
          await page.context().close();
        }
      });
    }
  }

  it('shows the flows of a drawing without being scrolled sideways, up to where tables are cards and beyond', async () => {
    const [[, plan] = assert.fail()] = plansToDraw();
    const drawing = await laidOut(diagramOf(plan, shapes, 'AWS GovCloud (US)'));
    for (const width of [736, 737, 768, 820, 865, 960]) {
      const page = await open(htmlReport({ ...report, drawing }), width, 'light');
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
      await page.context().close();
    }
  });

  it('would be found out: the same check sees a missing title and a grey on grey', async () => {
    const broken = htmlReport(report)
      .replace(/<title>.*<\/title>/, '')
      .replace('--quiet: #545e67', '--quiet: #b0b0b0');
    const page = await open(broken, 1280, 'light');
    const ids = (await violations(page)).map((text) => text.slice(0, text.indexOf(':')));
    assert.deepEqual([...new Set(ids)].sort(), ['color-contrast', 'document-title']);
    await page.context().close();
  });

  it('runs no script that a name smuggles in, and keeps its style under its own policy', async () => {
    for (const name of [sample.hostile.join(' '), ...sample.hostile.slice(0, 4)]) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('dialog', (dialog) => {
        said.push(`a dialog: ${dialog.message()}`);
        dialog.dismiss().catch(() => undefined);
      });
      await page.setContent(htmlReport(hostileReport(name)));
      assert.deepEqual(said, []);
      assert.equal(await page.locator('script').count(), 0);
      assert.equal(await page.evaluate("getComputedStyle(document.querySelector('.skip')).position"), 'absolute');
      await context.close();
    }
  });

  it('offers the way past the contents first, in sight when focused', async () => {
    const page = await open(htmlReport(report), 1280, 'light');
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    assert.equal(await skip.textContent(), 'Skip to the report');
    const box = await skip.boundingBox();
    assert.ok(box && box.y >= 0 && box.x >= 0);
    assert.notEqual(await skip.evaluate((element) => getComputedStyle(element).outlineStyle), 'none');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    await page.context().close();
  });

  it('keeps tables tables where they are shown as cards', async () => {
    const page = await open(htmlReport(report), 320, 'light');
    const tree = await page.locator('section[aria-labelledby="waivers"]').ariaSnapshot();
    for (const role of [
      'table "2 accepted deviations, the next to end first"',
      'columnheader "Ends"',
      'rowheader',
      'cell',
    ]) {
      assert.ok(tree.includes(role), `${role} in\n${tree}`);
    }
    await page.context().close();
  });

  it('prints in ink on white, whatever the screen prefers', async () => {
    const page = await open(htmlReport(report), 720, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)');
    assert.equal(await page.evaluate('getComputedStyle(document.body).color'), 'rgb(29, 36, 41)');
    assert.equal(await page.evaluate("getComputedStyle(document.querySelector('nav')).display"), 'none');
    await page.context().close();
  });
});
