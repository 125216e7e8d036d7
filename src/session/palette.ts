import type { Palette } from '#report/palette.js';

/** Colours, or the plain text where colour is off. */
export async function paletteFor(colour: boolean): Promise<Palette> {
  const plain = (text: string): string => text;
  if (!colour) return { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
  const { Ansis } = await import('ansis');
  return new Ansis(1);
}
