/** What Node's `Intl` knows in a package: `icu:` of build.yml. */
export type IcuData = 'english' | 'full';

/**
 * Of the 190 converters, those behind the encodings of TextDecoder that Node does not decode itself
 * (https://encoding.spec.whatwg.org/#names-and-labels).
 */
const converters = new Set([
  // shift_jis, euc-jp, iso-2022-jp
  ...['ibm-943_P15A-2003.cnv', 'euc-jp-2007.cnv', 'ibm-33722_P12A_P12A-2009_U2.cnv'],
  // gbk, gb18030
  ...['ibm-1383_P110-1999.cnv', 'ibm-1386_P100-2001.cnv', 'gb18030-2022.cnv', 'windows-936-2000.cnv'],
  // big5
  ...['windows-950-2000.cnv', 'ibm-1375_P100-2008.cnv', 'ibm-1373_P100-2002.cnv'],
  // euc-kr
  ...['ibm-949_P11A-1999.cnv', 'ibm-970_P110_P110-2006_U2.cnv', 'windows-949-2000.cnv'],
  'ibm-1363_P11B-1998.cnv',
]);

/** What no function of JavaScript uses: transliteration, names of characters, StringPrep. */
const unused = /\/(?:translit\/.*|unames\.icu|confusables\.cfu|[^/]+\.spp)$/;

/**
 * Whether an item of ICU's data belongs to English, to all languages, or to none (time zones, currencies,
 * properties of characters). Not the dictionaries by which text without spaces is divided into words:
 * Chinese, Japanese, Thai, Lao, Khmer and Burmese.
 * @param name `icudt78l/curr/en_GB.res`
 */
export function isEnglishData(name: string): boolean {
  const file = name.slice(name.lastIndexOf('/') + 1);
  if (unused.test(name) || file.endsWith('.dict')) return false;
  if (file.endsWith('.cnv')) return converters.has(file);
  // The list of all locales, of which ICU asks only those that it finds.
  if (file === 'res_index.res') return true;
  // A language, and perhaps a script, a country or a variant. All other names are longer.
  const [, language] = /^([a-z]{2,3})(?:_.*)?\.res$/.exec(file) ?? [];
  return language === undefined || language === 'en';
}
