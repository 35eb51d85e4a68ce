// Prints what Intl, TextDecoder, Temporal and strings do in English, by topic: node-runtime/trim-icu.real.test.ts compares
// Node with all of ICU's data and with what is left of it.
const { createHash } = require('node:crypto');
const short = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
const attempt = (work) => {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
};

const encodings = [
  ...[
    'utf-8',
    'ibm866',
    'koi8-r',
    'koi8-u',
    'macintosh',
    'windows-874',
    'x-mac-cyrillic',
    'gbk',
    'gb18030',
    'big5',
  ],
  ...[
    'euc-jp',
    'iso-2022-jp',
    'shift_jis',
    'euc-kr',
    'utf-16be',
    'utf-16le',
    'x-user-defined',
    'iso-8859-8-i',
  ],
  ...[2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part) => `iso-8859-${part}`),
  ...Array.from({ length: 9 }, (_, at) => `windows-125${at}`),
];
// Every byte; every pair of a lead byte and another; gb18030's four; the escapes of iso-2022-jp.
const bytes = (numbers) => Uint8Array.from(numbers);
const samples = [
  bytes(Array.from({ length: 256 }, (_, at) => at)),
  ...Array.from({ length: 128 }, (_, lead) =>
    bytes(Array.from({ length: 192 }, (_, at) => [lead + 128, at + 64]).flat()),
  ),
  ...Array.from({ length: 128 }, (_, lead) =>
    bytes(Array.from({ length: 94 }, (_, at) => [0x8f, lead + 128, at + 161]).flat()),
  ),
  bytes(
    Array.from({ length: 4000 }, (_, at) => [
      0x81 + (at % 4),
      0x30 + (at % 10),
      0x81 + (at % 126),
      0x30 + (at % 7),
    ]).flat(),
  ),
  Buffer.from('\x1b$B$3$s\x1b(Bok\x1b(J\x5c\x1b$@0!\x1b(I12\x1b$(D"/\x1b(B', 'latin1'),
];
const decoded = (label) =>
  attempt(() => {
    const decoder = new TextDecoder(label);
    const strict = new TextDecoder(label, { fatal: true });
    return [
      decoder.encoding,
      short(samples.map((sample) => attempt(() => decoder.decode(sample)))),
      short(samples.map((sample) => attempt(() => strict.decode(sample)))),
    ].join(' ');
  });

const moments = [0, 951782400000, 1718000000000, 1735689599999, -2208988800000].map((time) => new Date(time));
const locales = ['en', 'en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-ZA', 'en-001', 'en-150', undefined];
const zones = Intl.supportedValuesOf('timeZone');
const calendars = Intl.supportedValuesOf('calendar');
const words = [
  'ä',
  'a',
  'Z',
  'z',
  'résumé',
  'resume',
  '10',
  '9',
  'ß',
  'ss',
  'Å',
  'ﬁ',
  '中',
  'あ',
  'ก',
  'ñ',
  'Ω',
  'ж',
  '😀',
  '-',
  ' x',
];
const styles = ['full', 'long', 'medium', 'short'];

const topics = {
  encodings: () => encodings.map((label) => `${label}: ${decoded(label)}`),
  'time zones': () =>
    zones.map((timeZone) => [
      timeZone,
      moments.map((date) => date.toLocaleString('en-US', { timeZone, timeZoneName: 'short' })),
      moments.map((date) => date.toLocaleString('en-GB', { timeZone, timeZoneName: 'long' })),
      new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longGeneric' }).format(moments[2]),
    ]),
  dates: () =>
    locales.flatMap((locale) =>
      styles.flatMap((style) =>
        moments.map((date) =>
          date.toLocaleString(locale, { dateStyle: style, timeStyle: style, timeZone: 'UTC' }),
        ),
      ),
    ),
  calendars: () =>
    calendars.map((calendar) =>
      moments.map((date) => date.toLocaleDateString('en', { calendar, dateStyle: 'full', timeZone: 'UTC' })),
    ),
  numbers: () =>
    locales.map((locale) => [
      ...['decimal', 'percent'].map((style) => (1234567.891).toLocaleString(locale, { style })),
      ...Intl.supportedValuesOf('currency').map(
        (currency) =>
          (1234.5).toLocaleString(locale, { style: 'currency', currency, currencyDisplay: 'name' }) +
          (-3).toLocaleString(locale, { style: 'currency', currency }),
      ),
      ...Intl.supportedValuesOf('unit').map((unit) =>
        (2).toLocaleString(locale, { style: 'unit', unit, unitDisplay: 'long' }),
      ),
      ...['short', 'long'].map((compactDisplay) =>
        (98765432).toLocaleString(locale, { notation: 'compact', compactDisplay }),
      ),
      ...Intl.supportedValuesOf('numberingSystem').map((numberingSystem) =>
        (42).toLocaleString(locale, { numberingSystem }),
      ),
    ]),
  'plurals and lists': () =>
    locales.map((locale) => [
      ...[0, 1, 2, 3, 11, 21, 1.5].map(
        (n) =>
          new Intl.PluralRules(locale, { type: 'ordinal' }).select(n) +
          new Intl.PluralRules(locale).select(n),
      ),
      ...['conjunction', 'disjunction', 'unit'].map((type) =>
        new Intl.ListFormat(locale, { type }).format(['a', 'b', 'c']),
      ),
      ...['second', 'day', 'week', 'month', 'year'].map((unit) =>
        new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, unit),
      ),
      new Intl.DurationFormat(locale, { style: 'long' }).format({ hours: 2, minutes: 5 }),
    ]),
  names: () =>
    ['language', 'region', 'script', 'currency', 'calendar'].map((type) => {
      const names = new Intl.DisplayNames('en', { type });
      const codes = {
        language: ['de', 'zh-Hant', 'pt-BR', 'sr-Latn'],
        region: ['DE', 'US', '419'],
        script: ['Latn', 'Hans'],
        currency: ['EUR', 'JPY'],
        calendar: ['gregory', 'roc'],
      };
      return codes[type].map((code) => names.of(code));
    }),
  sorting: () => [
    words.toSorted((a, b) => a.localeCompare(b)),
    words.toSorted(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare),
    words.toSorted(new Intl.Collator('en-GB', { caseFirst: 'upper' }).compare),
  ],
  normalisation: () =>
    ['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) =>
      short(Array.from({ length: 0x3000 }, (_, at) => String.fromCodePoint(at * 11 + 1).normalize(form))),
    ),
  'upper and lower case': () =>
    ['en', 'tr', 'lt', 'el', 'az', 'de'].map((locale) =>
      ['iıIİ', 'straße', 'Άί', 'j̀'].map(
        (text) => text.toLocaleUpperCase(locale) + text.toLocaleLowerCase(locale),
      ),
    ),
  'properties in regular expressions': () =>
    ['\\p{L}', '\\p{Script=Greek}', '\\p{Emoji}', '\\p{Lu}', '\\p{ID_Start}', '\\p{RGI_Emoji}'].map(
      (property) =>
        short(
          Array.from({ length: 0x20000 }, (_, at) =>
            new RegExp(`^${property}$`, 'v').test(String.fromCodePoint(at)),
          ),
        ),
    ),
  segments: () =>
    ['grapheme', 'word', 'sentence'].map((granularity) =>
      [
        ...new Intl.Segmenter('en', { granularity }).segment('Hello, Mr. Smith! 👩‍👩‍👧 naïve words. Two.'),
      ].map(({ segment }) => segment),
    ),
  'host names': () =>
    ['https://münchen.de/ü', 'https://faß.de', 'https://日本語.jp', 'https://xn--mnchen-3ya.de'].map((url) =>
      attempt(() => [new URL(url).href, require('node:url').domainToUnicode(new URL(url).hostname)]),
    ),
  temporal: () => [
    Temporal.Instant.fromEpochMilliseconds(0).toString(),
    ...zones.map((zone) =>
      moments.map((date) =>
        Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone).toString(),
      ),
    ),
    ...calendars.map((calendar) =>
      attempt(() => Temporal.PlainDate.from('2024-02-29').withCalendar(calendar).toString()),
    ),
    ...zones.map((zone) =>
      attempt(() =>
        Temporal.ZonedDateTime.from(`2024-03-31T02:30[${zone}]`).getTimeZoneTransition('next')?.toString(),
      ),
    ),
    Temporal.PlainDateTime.from('2024-06-15T12:34').toLocaleString('en-GB'),
  ],
  'supported values': () =>
    ['calendar', 'currency', 'numberingSystem', 'timeZone', 'unit'].map((key) => Intl.supportedValuesOf(key)),
  defaults: () => [
    Intl.DateTimeFormat().resolvedOptions(),
    Intl.NumberFormat('en-IN').resolvedOptions(),
    new Intl.Locale('en').getWeekInfo?.(),
    new Intl.Locale('und-GB').maximize().toString(),
    Intl.getCanonicalLocales('iw-IL'),
  ],
  'other buffers': () =>
    ['latin1', 'ucs2', 'ascii', 'utf8'].map((to) =>
      require('node:buffer').transcode(Buffer.from('€ä'), 'utf8', to).toString('hex'),
    ),
};

process.stdout.write(
  JSON.stringify(Object.fromEntries(Object.entries(topics).map(([topic, work]) => [topic, attempt(work)]))),
);
