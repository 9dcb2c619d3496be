import { type AnswerValue, formChoices } from '@authscript/prior-auth'
import type { MapEntry } from './field-map.ts'
import { type FieldRole, type ReadRole, readRole } from './field-role.ts'
import { optionsFor } from './options.ts'
import { type TickMark, wordsOf } from './tick-marks.ts'
import type { WidgetPlace } from './widget-places.ts'

export interface TickField {
  readonly role: FieldRole
  readonly isEssential: boolean
  /** The box for each value, by its word. */
  readonly options: Readonly<Record<string, string>>
}

const answers: readonly AnswerValue[] = ['met', 'not_met', 'unclear']
/** How many points a box may differ from its position in the map. */
const tolerance = 6

/**
 * Check boxes of one name with several values, or the buttons of a radio group, as one field with a choice. The map names the choice once
 * (`patient.gender`), or each box by its value (`patient.gender=female`) and its place or `option`.
 *
 * A text says why it cannot be filled.
 */
export function tickFieldOf(
  entries: readonly MapEntry[],
  marks: readonly TickMark[],
  placeOf: (mark: TickMark) => WidgetPlace | undefined,
): TickField | string {
  const words = wordsOf(marks)
  if (words.includes('')) return 'is several boxes, and not all have a drawing of being ticked'
  const reads = entries.flatMap((entry) => {
    const read = entry.role === null ? undefined : readRole(entry.role)
    return read === undefined ? [] : [{ entry, read }]
  })
  const [first, ...others] = reads
  if (first === undefined) return 'has no role'
  const { role, isEssential } = first.read
  if (role.kind === 'tick') return ticksOf(reads, { marks, words, placeOf })
  if (others.length > 0) return 'is mapped twice'
  const values = valuesOf(role)
  if (values === undefined)
    return `has the values ${words.join(', ')}; it needs a role with a choice: ${Object.keys(formChoices).join(', ')}, criterion[1].answer`
  const options = optionsFor(values, words, first.entry.options)
  return Object.keys(options).length === 0
    ? `none of its options (${words.join(', ')}) is one of ${values.join(', ')}; say which under "options" in the map`
    : { role, isEssential, options }
}

function valuesOf(role: FieldRole): readonly string[] | undefined {
  if (role.kind === 'choice') return formChoices[role.choice]
  return role.kind === 'criterion' && role.part === 'answer' ? answers : undefined
}

function ticksOf(
  reads: readonly { readonly entry: MapEntry; readonly read: ReadRole }[],
  {
    marks,
    words,
    placeOf,
  }: {
    readonly marks: readonly TickMark[]
    readonly words: readonly string[]
    readonly placeOf: (mark: TickMark) => WidgetPlace | undefined
  },
): TickField | string {
  const yesNo = reads.length === 1 ? yesNoOf(reads[0]?.read.role, words) : undefined
  if (yesNo !== undefined && reads[0]?.entry.option === undefined)
    return { ...yesNo, isEssential: reads[0]?.read.isEssential === true }
  const options: Record<string, string> = {}
  const choices = new Set<string>()
  let role: FieldRole | undefined
  for (const { entry, read } of reads) {
    if (read.role.kind !== 'tick') return 'is mapped twice'
    const { choice, value } = read.role
    choices.add(choice)
    role = { kind: 'choice', choice }
    const word =
      entry.option ??
      entry.options?.[value] ??
      marks.find((mark) => isAt(placeOf(mark), entry))?.word ??
      optionsFor([value], words)[value]
    if (word === undefined || !words.includes(word))
      return `none of its values (${words.join(', ')}) is known to be ${value}; say which as "option" in the map`
    options[value] = word
  }
  if (role === undefined || choices.size > 1) return 'is one field for several choices'
  if (new Set(Object.values(options)).size < Object.keys(options).length)
    return 'has one box for two values'
  return { role, isEssential: reads.some(({ read }) => read.isEssential), options }
}

/** "Urgent? Yes No": yes for the value of the role, no for any other that the chart states. */
function yesNoOf(
  role: FieldRole | undefined,
  words: readonly string[],
): Omit<TickField, 'isEssential'> | undefined {
  if (role?.kind !== 'tick') return undefined
  const { met: yes, not_met: no } = optionsFor(answers, words)
  if (yes === undefined || no === undefined) return undefined
  const others = formChoices[role.choice].filter((value) => !['unknown', 'other'].includes(value))
  return {
    role: { kind: 'choice', choice: role.choice },
    options: {
      ...Object.fromEntries(others.map((value) => [value, no])),
      [role.value]: yes,
    },
  }
}

function isAt(place: WidgetPlace | undefined, { page, x, y }: MapEntry): boolean {
  if (place === undefined || x === undefined || y === undefined) return false
  return (
    Math.abs(place.x - x) <= tolerance &&
    Math.abs(place.y - y) <= tolerance &&
    (page === undefined || page === place.page)
  )
}
