/** What stops a shell that stops at the first command that fails: a search of the variable for a sign, or a test that it is not empty. */
const tests = String.raw`printenv +(\w+) *\| *grep +-q +'\[!-~\]'|(?:test|\[) +-n +"\$\{?(\w+)\}?"(?: +\])?`;
/** What stops every shell. */
const demand = String.raw`: +"?\$\{(\w+):\?[^}\n]*\}"?`;

const command = (form: string): RegExp => new RegExp(String.raw`(?:^|[;\n])[ \t]*(?:${form})[ \t]*(?=[;\n]|$)`, 'g');
const inStrict = command(`${tests}|${demand}`);
const inAny = command(demand);

/** Nobody insists on more. */
const most = 20;

/** Variables without which a script does not go on; not those it changes afterwards. `isStrict`: its shell stops at the first command that fails. */
export function insistedOn(script: string, isStrict: boolean): ReadonlySet<string> {
  const isStopping = isStrict || /^\s*set +-[a-z]*e/.test(script);
  const names = new Set<string>();
  let seen = 0;
  for (const match of script.matchAll(isStopping ? inStrict : inAny)) {
    seen += 1;
    if (seen > most) break;
    const name = match.slice(1).find((each) => each !== undefined) ?? '';
    const after = script.slice(match.index + match[0].length);
    if (!new RegExp(String.raw`\b${name}=|\b(?:unset|read) [^;\n]{0,200}\b${name}\b`).test(after)) names.add(name);
  }
  return names;
}
