import { terminal } from '#io/environment.js';
import { RampartError } from '#model/error.js';
import { didYouMean } from '#plan/suggest.js';
import { explain, subjects } from '#report/explain.js';
import { baselineOf, loadBase } from './load.js';
import { paletteFor } from './palette.js';

/** The text of `rampart explain`. Throws `RAMPART_NO_SUBJECT` (exit `usage`) with the nearest name there is. */
export async function explainSubject(
  subject: string,
  baseline: string | undefined,
  own?: readonly string[],
  requirements?: readonly string[],
): Promise<string> {
  const base = await loadBase(own, requirements);
  const { width, colour } = terminal();
  const text = explain(subject, base, {
    palette: await paletteFor(colour),
    width,
    ...(baseline === undefined ? {} : { baseline: baselineOf(base, baseline) }),
  });
  if (text !== undefined) return text;
  throw new RampartError(
    'RAMPART_NO_SUBJECT',
    `${JSON.stringify(subject)} is no requirement, control, indicator, threat or setting`,
    {
      exit: 'usage',
      next: `${didYouMean(subject.toLowerCase(), subjects(base))} rampart controls list names them all.`.trim(),
    },
  );
}
