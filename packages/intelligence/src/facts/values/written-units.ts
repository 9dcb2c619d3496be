import { PhraseTable, type Token } from './tokens.ts'

/** Units as written in notes, as the words that follow a number; longest first. Values are UCUM. */
const written = new PhraseTable<string>([
  [['events', 'per|/', 'hour|hr|h'], '/h'],
  [['events', 'an', 'hour'], '/h'],
  [['per|/', 'hour|hr|h'], '/h'],
  [['episodes', 'per|/', 'hour|hr|h'], '/h'],
  [['kg', '/', 'm', '^', '2'], 'kg/m2'],
  [['kg', '/', 'm', '2|²'], 'kg/m2'],
  [['kg', '/', 'm²'], 'kg/m2'],
  [['kg', 'per', 'm', '2'], 'kg/m2'],
  [['mm', '[', 'hg', ']'], 'mm[Hg]'],
  [['mm', 'of', 'hg|mercury'], 'mm[Hg]'],
  [['mm', 'hg'], 'mm[Hg]'],
  [['mmhg|torr'], 'mm[Hg]'],
  [['kpa'], 'kPa'],
  [['beats', 'per', 'minute'], '/min'],
  [['bpm'], '/min'],
  [['breaths', 'per|/', 'minute|min'], '/min'],
  [['mg', '/', 'dl'], 'mg/dL'],
  [['mg', 'per', 'dl'], 'mg/dL'],
  [['g', '/', 'dl'], 'g/dL'],
  [['g', '/', 'l'], 'g/L'],
  [['mmol', '/', 'l'], 'mmol/L'],
  [['meq', '/', 'l'], 'meq/L'],
  [['pg', '/', 'ml'], 'pg/mL'],
  [['ng', '/', 'ml'], 'ng/mL'],
  [['ml', '/', 'min'], 'mL/min'],
  [['l', '/|per', 'min|minute'], 'L/min'],
  [['lpm'], 'L/min'],
  [['l', 'nc|o2|oxygen'], 'L/min'],
  [['m', '/', 's'], 'm/s'],
  [['cm', '/', 's'], 'cm/s'],
  [['cm', '2|²'], 'cm2'],
  [['pack', '-', 'years|year'], '{pack-years}'],
  [['pack', 'years|year'], '{pack-years}'],
  [['percent|pct|%'], '%'],
  [['per', 'cent'], '%'],
  [['degrees|degree|deg|°'], 'deg'],
  [['points|point|pts'], '1'],
  [['mm|millimeters|millimeter|millimetres'], 'mm'],
  [['cm|centimeters|centimeter|centimetres'], 'cm'],
  [['feet|foot|ft'], '[ft_i]'],
  [['inches|inch'], '[in_i]'],
  [['lbs|lb|pounds|pound'], '[lb_av]'],
  [['kg|kgs|kilograms|kilogram'], 'kg'],
  [['meters|meter|metres|m'], 'm'],
  [['blocks|block'], '{blocks}'],
  [['miles|mile'], '[mi_i]'],
  [['flights|flight'], '{flights}'],
  [['minutes|minute|mins|min'], 'min'],
  [['hours|hour|hrs|hr'], 'h'],
  [['days|day'], 'd'],
  [['weeks|week|wks|wk'], 'wk'],
  [['months|month|mos|mo'], 'mo'],
  [['years|year|yrs|yr'], 'a'],
  [['mg|milligrams|milligram'], 'mg'],
  [['mcg|ug|micrograms|µg|μg'], 'ug'],
  [['g|grams|gram|gm'], 'g'],
  [['ml|milliliters|cc'], 'mL'],
  [['units|unit|iu'], '[iU]'],
  [['meq'], 'meq'],
])

export interface ReadUnit {
  readonly ucum: string
  readonly next: number
}

/**
 * The unit at a token, in UCUM; undefined if there is none. `words` are additional spellings of a concept's own
 * units (`concept.unitWords`).
 */
export function unitAt(
  tokens: readonly Token[],
  index: number,
  words: Readonly<Record<string, readonly string[]>> = {},
): ReadUnit | undefined {
  for (const [ucum, spellings] of Object.entries(words))
    for (const spelling of spellings) {
      const parts = spelling.toLowerCase().split(' ')
      if (parts.every((part, step) => tokens[index + step]?.text === part))
        return { ucum, next: index + parts.length }
    }
  const token = tokens[index]
  const at = token?.text === '-' && token.isGlued ? index + 1 : index
  const found = written.at(tokens, at)
  return found === undefined ? undefined : { ucum: found.value, next: found.next }
}
