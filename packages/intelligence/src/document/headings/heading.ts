import type { Line } from '../lines.ts'
import type { SectionKind, Span } from '../note-document.ts'
import { polarityOf } from '../answers.ts'
import { dayOfHeading } from './heading-day.ts'
import { isSystem, namesStudy, sectionKindOf, titlesReport } from './section-names.ts'

export interface Heading {
  readonly title: Span
  /**
   * `group`: a heading within its section, such as "Cardiovascular"; `unknown`: a line in the form of a heading
   * whose text is not a known name.
   */
  readonly kind: SectionKind | 'group' | 'unknown'
  /** Level 1 to 6 in Markdown and HTML: a deeper heading with an unknown name stays in its section. */
  readonly level?: number
  readonly day?: string
  /** Where the text after the heading begins on its line. */
  readonly contentStart: number
  /** Applies only to the paragraph of its own line: a dated study among other text. */
  readonly isPassing?: true
}

/** Where the text of a heading's section begins. The name of a dated study is part of the text. */
export const textStartOf = ({ title, contentStart, isPassing }: Heading): number =>
  isPassing === true ? title.start : contentStart

const maxTitleLength = 90
/** A family member at the beginning of a line or key. */
export const relative =
  /^(?:(?:maternal|paternal|half) )?(?:mother|father|brother|sister|son|daughter|parents?|siblings?|grandmother|grandfather|grandparents?|aunt|uncle|cousin|mom|dad|children)s?\b/i
/** Short names that are also ordinary words or abbreviations of other things. */
const needsColon =
  /^(?:[a-z]|cc|sh|fh|vs|pe|ap|ms|note|other|function|family|physical|social|medical|surgical|history|data|findings|summary|course|concerns?|procedures?|technique|comparison|tests|studies|risks|plans?|exam|lab|labs|imaging|problems|goals|management|education|discussion|differential|diagnosis|diagnoses|conclusions?|measurements|consent|operations|correction|screenings?|intake|scores|provider|insurance|billing|habits|lifestyle|orders|imp|dx|img|films|xrays?|x-rays?|o\/e|tests?|medicines)$/i
/** Cues that may stand before a colon and are not sections. */
const cue =
  /^(?:denies|reports|endorses|notes|states|admits|positive|negative|pertinent (?:positives|negatives))\b/i

const marks = /^(?:#{1,6}\s+|[=*_~<>«»-]{2,}\s*)|(?:\s*#+|\s*[=*_~<>«»-]{2,})$/g
const signOfMark = /[#=*_~<>«»-]/
const rule = /^(?:[=\-~_*#]{3,}|(?:[-=_*] ){3,}[-=_*]?)$/

export const isRule = (text: string): boolean => text.length <= 400 && rule.test(text)

export interface HeadingContext {
  /** The note is written in capitals, so capitals do not make a heading. */
  readonly isCapitals: boolean
  /** Beginnings of lines that the markup marks as headings, with their levels. */
  readonly marked: ReadonlyMap<number, number>
}

/** The heading that a line is or begins with. `next` is the following line. */
export function headingOfLine(
  line: Line,
  next: Line | undefined,
  { isCapitals, marked }: HeadingContext,
): Heading | undefined {
  const { text, start, end } = line
  if (cue.test(text)) return undefined
  const inline = inlineHeading(text, start)
  if (text.length > maxTitleLength) return inline
  const bare = bareTitle(text)
  if (bare.text.length < 2 && !/^[SOAP]:$/.test(text)) return inline
  if (polarityOf(bare.text) !== undefined || /[|\t☐-☒]|\[.?\]/.test(text)) return undefined
  const title = { start: start + bare.offset, end: start + bare.offset + bare.text.length }
  const level = marked.get(start) ?? /^#{1,6}(?=\s)/.exec(text)?.[0].length
  const isUnderlined = next !== undefined && !next.isAfterBlank && isRule(next.text)
  const isDecorated = bare.isDecorated && /[A-Za-z]{2}/.test(bare.text)
  const isShouted = !isCapitals && isInCapitals(bare.text) && !hasFigureCells(bare.text)
  const hasMarkUp = level !== undefined || isUnderlined || isDecorated || isShouted
  const withDay = (kind: Heading['kind']): Heading => {
    const day = dayOfHeading(bare.text)
    return {
      title,
      kind,
      contentStart: end,
      ...(level === undefined ? {} : { level }),
      ...(day === undefined ? {} : { day }),
    }
  }
  const kind = sectionKindOf(unnumbered(bare.text))
  const endsInColon = text.endsWith(':') || text.endsWith(':**')
  if (kind !== undefined && !/[.?!,;]$/.test(bare.text)) {
    if (hasMarkUp || endsInColon || !needsColon.test(bare.text) || isTitleAlone(line, next))
      return withDay(kind)
  }
  if (isSystem(bare.text) && !/[.,;]$/.test(bare.text)) return withDay('group')
  if (relative.test(bare.text) && /^[\w ]{1,40}$/.test(bare.text) && (hasMarkUp || endsInColon))
    return withDay('group')
  if (namesStudy(bare.text) && (hasMarkUp || endsInColon) && bare.text.length < 70)
    return withDay('results')
  if (hasMarkUp && !/[.?!,;]$/.test(bare.text) && !/:\s*\S/.test(bare.text))
    return withDay('unknown')
  return inline
}

/** "Radiographs: not obtained." answers what its heading names and does not open a section. */
const notMade =
  /^(?:no|(?:none|nil|never|not (?:yet |been )?(?:done|obtained|performed|taken|made|ordered))(?: [\w/]+){0,4})\s*(?:[.;]|$)/i

/**
 * "Family history: mother with …": a known name with a colon, a study with its day, or a known name in capitals
 * before other text.
 */
export function inlineHeading(text: string, start: number): Heading | undefined {
  const head = text.slice(0, maxTitleLength)
  const lead = /^(?:[#*_>\s-]{0,6}|\(?\d{1,2}[.)]\s{0,3})/.exec(head)?.[0].length ?? 0
  const colon = head.indexOf(':', lead)
  if (colon > lead) {
    const name = head.slice(lead, colon).replace(/[*_\s]+$/, '')
    if (!cue.test(name) && !/[.;!?]\s/.test(name)) {
      const after = /^[:*_]*\s*/.exec(text.slice(colon, colon + 40))?.[0].length ?? 1
      const title = { start: start + lead, end: start + lead + name.length }
      const contentStart = start + colon + after
      const day = dayOfHeading(name)
      const dated = day === undefined ? {} : { day }
      const kind = sectionKindOf(name)
      const isAnswered = kind === 'results' && notMade.test(head.slice(contentStart - start))
      if (kind !== undefined && !isAnswered) return { title, kind, contentStart, ...dated }
      if (day !== undefined && namesStudy(name))
        return { title, kind: 'results', contentStart, day, isPassing: true }
    }
  }
  return capitalHeading(head, start)
}

/** "a/p ACL tear, MRI": this abbreviation is a heading in upper or lower case, even without a colon. */
const assessmentMark = /^(?:a ?\/ ?p|a ?& ?p)(?=\s+\S)/i

/** "REVIEW OF SYSTEMS Denies …" in one paragraph. */
function capitalHeading(head: string, start: number): Heading | undefined {
  const mark = assessmentMark.exec(head)?.[0]
  if (mark !== undefined)
    return {
      title: { start, end: start + mark.length },
      kind: 'assessment',
      contentStart: start + mark.length + (/^\s*/.exec(head.slice(mark.length))?.[0].length ?? 0),
    }
  // "ECHOCARDIOGRAM REPORT" is a title.
  if (head.length < 70 && titlesReport(head)) return undefined
  const words = /^[A-Z][A-Z]+(?:[ /&,-]{1,3}[A-Z]+){0,6}(?=\s+[A-Z•*\d-]|$)/.exec(head)?.[0]
  if (words === undefined) return undefined
  if (words.length < head.length && !/[a-z]/.test(head.slice(words.length))) return undefined
  for (let name = words; name.length > 2; name = name.slice(0, name.lastIndexOf(' '))) {
    const kind = needsColon.test(name) ? undefined : sectionKindOf(name)
    if (kind !== undefined) {
      const after = /^\s*/.exec(head.slice(name.length))?.[0].length ?? 0
      return {
        title: { start, end: start + name.length },
        kind,
        contentStart: start + name.length + after,
      }
    }
    if (!name.includes(' ')) break
  }
  return undefined
}

function bareTitle(text: string): {
  readonly text: string
  readonly offset: number
  readonly isDecorated: boolean
} {
  const stripped = signOfMark.test(text)
    ? text.replaceAll(marks, (mark) => ' '.repeat(mark.length))
    : text
  const isDecorated = stripped !== text && /^\s.*\s$/.test(stripped)
  const bare = stripped.trimStart()
  const offset = stripped.length - bare.length
  return { text: bare.replace(/[\s:*_]+$/, ''), offset, isDecorated }
}

const unnumbered = (text: string): string =>
  text.replace(/^(?:\(?\d{1,2}[.)]|[IVX]{1,4}[.)])\s+/, '')

function isInCapitals(text: string): boolean {
  if (text.length > 60 || /[a-z]/.test(text)) return false
  const letters = text.replaceAll(/[^A-Za-z]/g, '')
  return letters.length >= 3
}

/** "ODI   44   36": the cells of a row. */
const hasFigureCells = (text: string): boolean => /\S(?: {2,}|\t)[<>~]?\d/.test(text)

/** "Plan" alone, followed by text or with blank lines around it. */
function isTitleAlone(line: Line, next: Line | undefined): boolean {
  return /^[A-Z]/.test(line.text) && line.text.length > 1 && next !== undefined
}
