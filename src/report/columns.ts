/** Printed ASCII, as nearly every text is. */
const plain = /^[ -~]*$/;

/** What a terminal gives two columns: flags, emoji with their skin, and the scripts and signs of East Asia. */
const wide =
  /\p{RI}{2}|\p{Emoji}\ufe0f|\p{Emoji_Presentation}\p{Emoji_Modifier}?|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3001-\u303e\u3099-\u30ff\uff01-\uff60\uffe0-\uffe6]/gu;

/** Of Katakana and Hangul there are narrow letters too. */
const narrow = /[\uff61-\uffdc]/g;

/** What stands over the letter before it. */
const combining = /[\p{Mn}\p{Me}]/gu;

/** Columns of a terminal a text takes that has nothing unseen in it. */
export function columnsOf(text: string): number {
  if (plain.test(text)) return text.length;
  const even = text.replace(narrow, 'x').replace(wide, 'xx').replace(combining, '');
  return [...even].length;
}
