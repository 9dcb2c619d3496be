/** Forms that the rules do not cover. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['ached', 'ache'],
  ['aches', 'ache'],
  ['aching', 'ache'],
  ['bled', 'bleed'],
  ['bursae', 'bursa'],
  ['disk', 'disc'],
  ['disks', 'disc'],
  ['fallen', 'fall'],
  ['feet', 'foot'],
  ['fell', 'fall'],
  ['felt', 'feel'],
  ['lost', 'lose'],
  ['manoeuvre', 'maneuver'],
  ['menisci', 'meniscus'],
  ['metre', 'meter'],
  ['programme', 'program'],
  ['slept', 'sleep'],
  ['taken', 'take'],
  ['took', 'take'],
  ['used', 'use'],
  ['uses', 'use'],
  ['using', 'use'],
  ['vertebrae', 'vertebra'],
  ['wore', 'wear'],
  ['worn', 'wear'],
])

/**
 * Converts British to American spelling. The lexicon and the text both pass through it, so an unnecessary change
 * does no harm.
 */
function toAmerican(word: string): string {
  if (word.length < 5) return word
  return word
    .replace(/ae(?!r)/g, 'e')
    .replace(word.length > 5 ? /oe/g : /^$/, 'e')
    .replace(/^(..+)our(?=$|s$|ed$|ing$|al$)/, word.length > 5 ? '$1or' : '$&')
    .replace(/([^w])is(?=(?:e|es|ed|ing|ation|ations)$)/, word.length > 7 ? '$1iz' : '$&')
    .replace(/ys(?=(?:e|es|ed|ing)$)/, word.length > 6 ? 'yz' : 'ys')
    .replace(/([tb])re(?=s?$)/, '$1er')
    .replace(/sulph/, 'sulf')
}

const hasVowel = /[aeiouy]/
const doubled = /([bcdfglmnprstz])\1$/
const consonantVowelConsonant = /^[^aeiou][aeiouy][^aeiouwxy]$/

/** The stem of a verb without -ed or -ing: "dropp" comes from drop, "not" from note. */
function verbStem(stem: string, word: string): string {
  if (stem.length < 3 || !hasVowel.test(stem)) return word
  if (doubled.test(stem)) return stem.slice(0, -1)
  return consonantVowelConsonant.test(stem) ? `${stem}e` : stem
}

function withoutSuffix(word: string): string {
  if (/(?:a|e|o|y)s[ie]s$/.test(word)) return word.slice(0, -2)
  if (/ie[sd]$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|zz)es$/.test(word)) return word.slice(0, -2)
  if (/[^sui]s$/.test(word)) return withoutSuffix(word.slice(0, -1))
  if (/[^e]ed$/.test(word)) return verbStem(word.slice(0, -2), word)
  if (word.endsWith('ing')) return verbStem(word.slice(0, -3), word)
  return word
}

const limit = 50_000
const known = new Map<string, string>()

/**
 * The lookup form of a word: without plural, -ed and -ing, in American spelling. It need not be an English word;
 * "not", "none" and "done" stay distinct from "note" and "noted".
 */
export function stemOf(word: string): string {
  const before = known.get(word)
  if (before !== undefined) return before
  const stem = computedStem(word)
  if (known.size >= limit) known.clear()
  known.set(word, stem)
  return stem
}

function computedStem(word: string): string {
  if (word.length <= 3 || word.length > 40 || !/^[a-z]+$/.test(word)) return word
  let stem = irregular.get(word) ?? withoutSuffix(toAmerican(word))
  if (stem.length > 4 && stem.endsWith('e')) stem = stem.slice(0, -1)
  if (stem.length > 3 && doubled.test(stem)) stem = stem.slice(0, -1)
  return stem
}
