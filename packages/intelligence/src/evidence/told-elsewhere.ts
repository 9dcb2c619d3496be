import type { ClinicalBundle } from '@authscript/prior-auth'
import { lookUpCode } from '../codes/look-up.ts'
import type { CodedRule } from '../policy/coded-rule.ts'
import type { NoteRule } from '../policy/note-rule.ts'
import { daysOf } from '../policy/sourced.ts'
import type { ChartIndex } from './coded/chart-index.ts'
import { mayBeWithin } from './coded/coded-reader.ts'
import { type BodySite, bodySiteNames, bodySites, mayBeAbout } from './notes/body-sites.ts'
import type { NoteReader } from './notes/note-reader.ts'
import { daysAgoIn } from './notes/when.ts'

/**
 * What is not on a list may still have been done: it stands on the list in words, in a report, in the title of a document, in a note. None of these
 * answers the question, but each forbids to conclude from the list that it was not done.
 */
export function isToldElsewhere(
  rule: CodedRule,
  bundle: ClinicalBundle,
  chart: ChartIndex,
  notes: NoteReader,
  asOf: string,
): boolean {
  const study = studyOf(rule)
  if (study === undefined) return false
  const isSpokenOf = (text: string) =>
    study.pattern.test(text) && (study.site === undefined || mayBeAbout(text, study.site))
  const isOfTime = (date: string | undefined) =>
    date === undefined || daysBefore(asOf, date) <= windowOf(rule)
  return (
    chart.findInWords(rule, isSpokenOf).some((entry) => mayBeWithin(entry, asOf, rule)) ||
    (bundle.reports ?? []).some(
      ({ code, status, effectiveDate }) =>
        status !== 'cancelled' &&
        isOfTime(effectiveDate) &&
        isSpokenOf([code.text, ...code.codings.map((one) => one.display)].join(' ; ')),
    ) ||
    bundle.documents.some(
      ({ title, type, status, date }) =>
        status !== 'superseded' &&
        status !== 'entered-in-error' &&
        isOfTime(date) &&
        isSpokenOf([title, type.text, ...type.codings.map((one) => one.display)].join(' ; ')),
    ) ||
    notes
      .find(study.noteRule)
      .some(
        ({ reading, evidence, day }) =>
          reading !== 'refutes' && isDone(evidence.quote?.text ?? '', day, rule, asOf),
      )
  )
}

interface Study {
  readonly pattern: RegExp
  readonly site: BodySite | undefined
  readonly noteRule: NoteRule
}

/** Kinds of study and treatment as our own titles of codes name them, and as people write them. */
const kinds: readonly (readonly [title: RegExp, words: readonly string[]])[] = [
  [/\bMRI\b|\bMR angio/, ['mri', 'mra', 'mr', 'nmr', 'magnetic resonance(?: imaging)?']],
  [/\bCT\b/, ['ct', 'cat scan', 'computed tomography']],
  [/radiograph/i, ['x-?rays?', 'radiographs?', 'plain films?']],
  [/echocardiogra/i, ['echo', 'tte', 'echocardiogra(?:m|phy)']],
  [/sleep study|polysomn/i, ['sleep (?:study|test)', 'polysomnogra(?:m|phy)', 'psg', 'hsat']],
  [/epidural/i, ['epidurals?', 'esi', 'tfesi']],
  [/arthroplast|replacement/i, ['arthroplasty', 'replacement']],
]

const studies = new WeakMap<CodedRule, Study | false>()

/** What the rule's codes are codes of; undefined where they are of nothing that has a row, or of several things. */
function studyOf(rule: CodedRule): Study | undefined {
  let study = studies.get(rule)
  if (study === undefined) {
    study = deriveStudy(rule) ?? false
    studies.set(rule, study)
  }
  return study === false ? undefined : study
}

function deriveStudy(rule: CodedRule): Study | undefined {
  if (rule.from !== 'procedures' && rule.from !== 'observations') return undefined
  const titles = (rule.codes ?? []).flatMap((set) =>
    set.system === 'cpt' || set.system === 'hcpcs'
      ? [...(set.codes ?? []), ...(set.under ?? [])].flatMap(
          (code) => lookUpCode(set.system as 'cpt' | 'hcpcs', code)?.display ?? [],
        )
      : [],
  )
  const found = kinds.filter(
    ([title]) => titles.length > 0 && titles.every((one) => title.test(one)),
  )
  const [kind] = found
  if (kind === undefined) return undefined
  const [, terms] = kind
  const site = bodySiteNames.find((one) => titles.every((title) => bodySites[one].test(title)))
  return {
    pattern: new RegExp(`\\b(?:${terms.join('|')})\\b`, 'i'),
    site,
    noteRule: { kind: 'done', terms, ...(site === undefined ? {} : { site }) },
  }
}

const asked =
  /\b(?:order(?:ed|ing)?|recommend\w*|plan(?:s|ned|ning)?|will|would|schedul\w*|request\w*|refer(?:red|ral)?|need(?:s|ed)?|obtain|get|consider\w*|pending|await\w*|authoriz\w*|approv\w*|if|before|until|proceed|repeat|follow-?up)\b/i
const told =
  /\b(?:show(?:s|ed|n|ing)?|reveal\w*|demonstrat\w*|confirm\w*|found|findings?|impression|results?|report(?:s|ed)?|read as|significant for|consistent with|evidence of|unremarkable|normal|negative|positive|dated|last|prior|previous|recent|old|outside|review(?:ed)?|had|underwent|done|performed|obtained|completed|was|were|ago)\b/i

/** Whether a sentence speaks of something that was done, and does not date it before the window. A plan is none, unless it stands beside a result. */
function isDone(text: string, day: string | undefined, rule: CodedRule, asOf: string): boolean {
  const ago = daysAgoIn(text, day ?? asOf)
  const age = (ago ?? 0) + (day === undefined ? 0 : Math.max(0, daysBefore(asOf, day)))
  if (age > windowOf(rule)) return false
  return (ago !== undefined && ago > 0) || (told.test(text) && !asked.test(text))
}

function windowOf({ within }: CodedRule): number {
  return within === undefined ? Number.POSITIVE_INFINITY : daysOf(within) + slackDays
}

/** What is dated to the month may have been up to half a month later. */
const slackDays = 15

function daysBefore(asOf: string, date: string): number {
  return (Date.parse(asOf) - Date.parse(date.slice(0, 10))) / 86_400_000
}
