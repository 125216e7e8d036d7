/**
 * The code ajv generates for a validator, said in fewer words: what stands at every error is a third of it. `withoutPlaces`
 * leaves out where in the schema an error comes from, for validators nobody asks that of.
 */
export function compacted(code: string, { withoutPlaces = false } = {}): string {
  const shorter = code.replace(
    /if\(vErrors === null\)\{vErrors = \[(err\d+)\];\}else \{vErrors\.push\(\1\);\}/g,
    '(vErrors ??= []).push($1);',
  );
  return withoutPlaces ? shorter.replace(/,schemaPath:"(?:[^"\\]|\\.)*"(?=,keyword:)/g, '') : shorter;
}

/** The code of a validator of whose errors nobody reads more than that there are some: where they are is not handed on either. */
export const wordless = (code: string): string =>
  code
    .replace(/const (err\d+) = \{\};\(vErrors \?\?= \[\]\)\.push\(\1\);/g, '(vErrors ??= []).push(0);')
    .replace(/(validate\d+\(\w+),\s*\{instancePath:[^{}]*\}\)/g, '$1)');
