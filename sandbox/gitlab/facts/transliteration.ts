/**
 * Letters of Latin-1 and Latin Extended-A that are no letter with a mark, as Rails spells them in ASCII. Those that are
 * one lose it.
 */
export const SPELLINGS: Readonly<Record<string, string>> = {
  Æ: "AE",
  æ: "ae",
  Ð: "D",
  ð: "d",
  "×": "x",
  Ø: "O",
  ø: "o",
  Þ: "Th",
  þ: "th",
  ß: "ss",
  ẞ: "SS",
  Đ: "D",
  đ: "d",
  Ħ: "H",
  ħ: "h",
  ı: "i",
  Ĳ: "IJ",
  ĳ: "ij",
  ĸ: "k",
  Ŀ: "L",
  ŀ: "l",
  Ł: "L",
  ł: "l",
  ŉ: "'n",
  Ŋ: "NG",
  ŋ: "ng",
  Œ: "OE",
  œ: "oe",
  Ŧ: "T",
  ŧ: "t",
};

/** The last letter that Rails knows with a mark; it spells every later character as a question mark. */
export const LAST_MARKED = "ž";
