import { answerAtStart, polarityOf } from '../answers.ts'
import type { LayoutPolarity } from '../note-document.ts'
import type { TextCell } from './cells.ts'

/**
 * The meaning of a column. `yes`, `no`, `unknown`: a mark or text in it is that answer; `answer`: contains the
 * answer itself; `label`: contains the question; `comment`: contains an explanation; `value`: any other known
 * kind, such as a dose or a date.
 */
export interface Column {
  readonly role: 'yes' | 'no' | 'unknown' | 'answer' | 'label' | 'comment' | 'value' | 'meaningless'
  readonly header: TextCell
  /** For `answer`: only yes or no are valid. */
  readonly isStrict?: true
  /** It names a group of several rows. */
  readonly isGroup?: true
}

const maxHeaderLength = 60
const answerNames =
  /^(?:answers?|responses?|y ?\/ ?n|yes ?\/ ?no|y or n|yes or no|status|present\?|result|reported\?|patient (?:answer|response)|\+ ?\/ ?-|pos(?:itive)? ?\/ ?neg(?:ative)?|present ?\/ ?absent|absent or present|finding present\??|done\??|tried\??|completed\??|checked|selected)$/i
const commentNames =
  /^(?:comments?|notes?|details?|remarks?|descri\w+|expla\w+|if yes.*|specify|since|onset|when|additional.*|duration)$/i
const labelNames =
  /^(?:symptoms?|questions?|items?|findings?|systems?|body systems?|review of systems|ros|red flags?|signs?|conditions?|problems?|complaints?|area|category|criteria|criterion|symptom review|history of|diagnos[ie]s|do you have.*|have you.*|has the patient.*|concern|feature)$/i
const valueNames =
  /^(?:(?:start|end|stop|begin|first|last|service|visit|test|exam|collection|from|to|order)?(?:ed|ing)?[ -]?(?:dates?|days?|time)|start(?:ed)?|end(?:ed)?|stop(?:ped)?|from|to|through|dates?|dates? of .*|results?|outcomes?|response|relief|effect(?:iveness)?|helped\??|benefit|tolerance|reason.*|doses?|dosage|strength|frequency|freq|route|sig|directions|quantity|qty|refills?|values?|units?|range|reference.*|ref.*|flag|normal.*|abnormal|status|active|onset|duration|length|weeks|months|sessions?|visits?|number.*|#|side|laterality|level|site|location|body part|region|provider|ordered by|prescriber|facility|indication|interpretation|impression|therap(?:y|ies)|treatments?(?: tried)?|interventions?|modalit(?:y|ies)|medications?|drugs?|medicines?|agents?|tests?|labs?|study|studies|imaging|procedures?|surger(?:y|ies)|operations?|problems?|diagnos[ie]s|conditions?|measure(?:ment)?s?|parameters?|vitals?|exam(?:ination)?|films?|scans?|readings?|remarks?|begun|began|ended|given|effects?|meaning|situation|screening|therapy tried|other care|care|joints?|movements?|devices?|muscles?|right|left|bilateral|reflex(?:es)?|motion|rom|score|scale|instrument|relation(?:ship)?|relative|family member|age|year|type|name|allergen|reactions?|severity|device|order|cpt|icd.*|code|days|trial|current|previous|prior|baseline|today|bp|hr|temp|weight|height|bmi|spo2|rr|pulse|states?|positions?|activit(?:y|ies)|valves?|phase|setting|breathing|gas(?:es)?)s?$/i
/** Names of measurements with their conditions: "PaO2 (RA)", "ABG RA". */
const measureNames =
  /^(?:(?:sp|sa|pa|pc|pac|p|s)o2|o2 ?sat(?:uration)?|sats?|saturation|oximetry|pulse ox|abg|blood gas|hct|hgb|h\/h|hematocrit|haematocrit|hemoglobin|crit|(?:lv)?ef|rvsp|ahi|rdi|moca|mmse)(?:,? ?\(?(?:%|mm ?hg|torr|ra|r\/a|room air|on room air|(?:on )?o2|(?:at )?rest(?:ing)?)\)?){0,2}$/i

/** What the patient breathed while all values of the column were measured. */
const breathingNames =
  /^(?:on )?(?:ra|r\/a|room air|(?:nc|o2|oxygen)? ?\d{1,2}(?:\.\d)? ?(?:l|lpm|l\/min|liters?|litres?)(?: ?(?:nc|o2|oxygen))?|o2|oxygen)$/i

/** Headings that allow only yes or no: any other text in the column leaves the question open. */
const strictNames =
  /^(?:y ?\/ ?n|yes ?\/ ?no|y or n|yes or no|present\??|reported\?|\+ ?\/ ?-|pos(?:itive)? ?\/ ?neg(?:ative)?|present ?\/ ?absent|finding present\??|done\??|tried\??|completed\??|checked|selected)$/i

/** Names of groups of questions, placed before the question. */
const groupNames =
  /^(?:systems?|body systems?|category|area|region|group|section|domain|#|no\.?|number|item ?#|date)$/i

/** Tables reuse column names, so the results for some hundred names are cached. */
const cachedNames = new Map<string, Omit<Column, 'header'>>()
const maxCachedNames = 500

export function columnOf(header: TextCell): Column {
  let named = cachedNames.get(header.text)
  if (named === undefined) {
    named = namedColumn(header)
    if (cachedNames.size >= maxCachedNames) cachedNames.clear()
    if (header.text.length <= maxHeaderLength) cachedNames.set(header.text, named)
  }
  return { ...named, header }
}

function namedColumn(header: TextCell): Omit<Column, 'header'> {
  const text = header.text.replaceAll(/[*_]{2}/g, '')
  const role = roleOf(text)
  const name = nameOf(text)
  return {
    role,
    ...(role === 'answer' && strictNames.test(name) ? { isStrict: true } : {}),
    ...(groupNames.test(name) ? { isGroup: true } : {}),
  }
}

function roleOf(text: string): Column['role'] {
  if (text.length > maxHeaderLength) return 'meaningless'
  const name = nameOf(text)
  if (answerNames.test(name)) return 'answer'
  const answer = answerPolarity(name)
  if (answer !== undefined) return answer
  if (commentNames.test(name)) return 'comment'
  if (labelNames.test(name)) return 'label'
  const isValue = valueNames.test(name) || measureNames.test(name) || breathingNames.test(name)
  return isValue ? 'value' : 'meaningless'
}

const nameOf = (text: string): string => text.replace(/[:.]{1,3}$/, '').trim()

/** "Yes", "Positive findings", "Denies", "No (negative)". */
function answerPolarity(name: string): Exclude<LayoutPolarity, 'unmarked'> | undefined {
  const whole = polarityOf(name)
  if (whole !== undefined) return whole === 'unmarked' ? undefined : whole
  const answer = answerAtStart(name)
  if (answer === undefined || answer.polarity === 'unmarked') return undefined
  const rest = name.slice(answer.length).trim()
  return /^(?:\(.{0,40}\)?|\/.{0,20}|findings?|symptoms?|for|responses?|since.*|-.*)$/i.test(rest)
    ? answer.polarity
    : undefined
}

export const isAnswering = ({ role }: Column): boolean =>
  role === 'yes' || role === 'no' || role === 'unknown' || role === 'answer'

/** Columns that are read together: a label with its answers and comments. Tables repeat such groups side by side. */
export function groupsOf(columns: readonly Column[]): readonly (readonly number[])[] {
  const isLabelFirst = columns[0] !== undefined && !isAnswering(columns[0])
  const groups: number[][] = [[]]
  for (const [index, column] of columns.entries()) {
    const isLabel = !isAnswering(column) && column.role !== 'comment'
    const last = groups.at(-1) ?? []
    const hasAnswer = last.some((at) => isAnsweringAt(columns, at))
    const hasLabel = last.some(
      (at) => columns[at]?.role !== 'comment' && !isAnsweringAt(columns, at),
    )
    const hasMoreAnswers = columns.slice(index + 1).some(isAnswering)
    const begins = isLabelFirst
      ? isLabel && hasAnswer && hasMoreAnswers
      : isAnswering(column) && hasLabel
    if (begins) groups.push([index])
    else last.push(index)
  }
  return groups
}

const isAnsweringAt = (columns: readonly Column[], at: number): boolean => {
  const column = columns[at]
  return column !== undefined && isAnswering(column)
}
