/**
 * Characters a person cannot see, as the inside of a class of a regular expression with the flag `u`: controls, direction marks,
 * fillers, selectors, joiners, and what no font has a sign for. One list for whatever refuses or names them.
 */
export const UNSEEN_CHARACTERS =
  '\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}' +
  // Combining grapheme joiner, Hangul fillers, Khmer vowels without a sign, the blank Braille pattern, variation selectors.
  '\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0\\u{e0100}-\\u{e01ef}';
