import assert from 'node:assert/strict';
import fc from 'fast-check';
import { code, type Page, paragraph, table } from '../../src/report/explain/page.js';
import { anchorOf, escaped, pageMarkdown } from '../../src/report/explain/page-markdown.js';

const page = (parts: Partial<Page>): Page => ({
  kind: 'requirement',
  id: 'x',
  title: 'T',
  facts: [],
  lead: [],
  sections: [],
  ...parts,
});

/** What somebody may write in a title, a reason or a manifest of their own. */
const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'https://evil.example and www.evil.example and a@evil.example',
  '`code` **bold** _it_ ~~gone~~ $x$',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  'a | b | c',
  'a \\| b',
  '&lt;b&gt; &#60;',
  'two\n\n# lines',
  '```\nfence',
  'hid\u202eden\u200b \u001b[31mred',
];

describe('pages as Markdown', () => {
  it('words stay words', () => {
    for (const text of hostile) {
      const written = escaped(text);
      assert.doesNotMatch(written, /[\n\r]|(?<!\\)[`*_[\]|~$]|[<>]|:\/\/|\bwww\.|@/, written);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      assert.doesNotMatch(written, /^\s*([-+#=]|\d+[.)])|[\u0000-\u001f\u202a-\u202e\u200b]/, written);
    }
    assert.equal(escaped('&lt;b&gt;'), '&amp;lt;b&amp;gt;');
    assert.equal(escaped('Set EnableKeyRotation (SC-28(1)).'), 'Set EnableKeyRotation (SC-28(1)).');
  });

  it('no text makes a line, a cell or a heading of its own', () => {
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme' }), fc.string());
    fc.assert(
      fc.property(text, text, (one, other) => {
        const written = pageMarkdown(
          page({
            title: one,
            facts: [['F', [one]]],
            lead: [paragraph(one, code(other))],
            sections: [{ title: other, blocks: [table(['A', 'B'], [[[one], [code(other)]]])] }],
          }),
        );
        const lines = written.split('\n');
        assert.equal(lines.length, 12, written);
        assert.deepEqual(
          lines.map((line) => /^(#+ |- \*\*F|\| )?/.exec(line)?.[0] ?? ''),
          ['# ', '', '- **F', '', '', '', '## ', '', '| ', '| ', '| ', ''],
        );
        const cells = (lines[10] ?? '').replace(/\\\\/g, '').match(/(?<!\\)\|/g);
        assert.equal(cells?.length, 3, lines[10]);
      }),
    );
  });

  it('code is whole, whatever it holds; with a bar in it a cell takes it as HTML', () => {
    const lead = (text: string) => pageMarkdown(page({ lead: [paragraph(code(text))] })).split('\n')[2];
    assert.equal(lead('^(a|b)$'), '`^(a|b)$`');
    assert.equal(lead('a`b'), '``a`b``');
    assert.equal(lead('`a`'), '`` `a` ``');
    assert.equal(lead(' '), '“”');
    const cell = (text: string) => pageMarkdown(page({ lead: [table(['A'], [[[code(text)]]])] })).split('\n')[4];
    assert.equal(cell('^(a|b)$'), '| <code>^(a\\|b)\\$</code> |');
    assert.equal(cell('a\\|b'), '| <code>a\\\\\\|b</code> |');
  });

  it('a manifest stays within its fence', () => {
    const written = pageMarkdown(page({ lead: [{ block: 'manifest', text: 'a: |\n  ````\n  # no heading\n' }] }));
    assert.ok(written.includes('`````yaml\na: |\n  ````\n  # no heading\n`````\n'), written);
  });

  it('links go only where the caller says', () => {
    const lead = [paragraph({ kind: 'requirement', id: 'a', text: 'a' }, ' ', { kind: 'control', id: 'b', text: 'B' })];
    assert.match(pageMarkdown(page({ lead })), /^`a` B$/m);
    assert.match(
      pageMarkdown(page({ lead }), (kind, id) => (kind === 'requirement' ? `${id}.md` : undefined)),
      /^\[a\]\(a\.md\) B$/m,
    );
  });

  it('anchors are GitHub’s', () => {
    assert.equal(anchorOf('Attack on GPU infrastructure'), 'attack-on-gpu-infrastructure');
    assert.equal(anchorOf('Supply-chain attack'), 'supply-chain-attack');
  });
});
