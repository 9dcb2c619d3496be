import { isIP } from 'node:net'
import { z } from 'zod'

/** What the schema of a key does not contain. Errors, the example and docs/configuration.md are made from it. */
export interface KeyNotes {
  /** What the key decides, and what happens when it is changed. */
  readonly effect: string
  /** What a number counts or measures. */
  readonly unit?: string
  /** What is allowed, if the checks of the schema cannot describe it. */
  readonly range?: string
  /** What applies when the key is not set, if that is not a constant. */
  readonly defaultText?: string
  /** Its value is never shown. */
  readonly secret?: boolean
  /** The value in the example that is printed when there is no configuration file. */
  readonly example?: unknown
}

export interface SectionNotes {
  readonly about: string
}

export const configNotes = z.registry<Partial<KeyNotes & SectionNotes>>()

/** Adds notes to the schema of a key. The schema must be used for this key only. */
export function key<Schema extends z.ZodType>(schema: Schema, notes: KeyNotes): Schema {
  return annotate(schema, notes)
}

/** Says in a sentence what a section is for. */
export function about<Schema extends z.ZodType>(schema: Schema, sentence: string): Schema {
  return annotate(schema, { about: sentence })
}

function annotate<Schema extends z.ZodType>(
  schema: Schema,
  notes: Partial<KeyNotes & SectionNotes>,
): Schema {
  configNotes.add(schema, { ...configNotes.get(schema), ...notes })
  return schema
}

const fromText = (convert: (text: string) => unknown) => (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? convert(value.trim()) : value

/** Environment variables are text: `"4"` is 4. Text that is not a number stays text, so that the error can show it. */
const toNumber = fromText((text) => (Number.isNaN(Number(text)) ? text : Number(text)))
const toBoolean = fromText((text) => ({ true: true, false: false })[text.toLowerCase()] ?? text)
const toList = fromText((text) => text.split(/[\s,]+/))
/** Names may contain spaces, so only commas and semicolons separate them. */
const toNames = fromText((text) => text.split(/\s*[,;]\s*/))
/** Names that are numbers, as practice ids are, turn a section of the environment into a list. */
const toRecord = (value: unknown) =>
  Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : value

export const integer = (min: number, max: number) =>
  z.preprocess(toNumber, z.number().int().min(min).max(max))

export const decimal = (min: number, max: number) =>
  z.preprocess(toNumber, z.number().min(min).max(max))

export const flag = () => z.preprocess(toBoolean, z.boolean())

export const text = () => z.string().min(1)

/** An empty text counts as not set: a shipped file lists keys that wait for their values. */
export const optionalText = () =>
  z.preprocess((value) => (value === '' ? undefined : value), text().optional())

export const matching = (pattern: RegExp, range: string) =>
  annotate(z.string().regex(pattern), { range })

/** Separated by spaces or commas in an environment variable. */
export const listOf = <Item extends z.ZodType>(item: Item, minItems = 0) =>
  z.preprocess(toList, z.array(item).min(minItems))

/** Separated by commas or semicolons in an environment variable. */
export const namesOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(toNames, z.array(item).min(1))

export const list = (minItems = 0) => listOf(text(), minItems)

/** A section whose keys are free names, such as practice ids. */
export const recordOf = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(toRecord, z.record(z.string(), value))

export const timeZone = () =>
  annotate(z.string().refine(isTimeZone), { range: 'an IANA time zone, like America/New_York' })

export const httpUrl = () =>
  annotate(z.url({ protocol: /^https?$/ }), {
    range: 'an address that starts with http:// or https://',
  })

/** An IP address, or a range of them in CIDR notation. */
export const addressRange = () =>
  annotate(z.string().refine(isAddressRange), {
    range: 'an IP address, or a range like 10.0.0.0/8',
  })

export const megabyte = 1024 * 1024

/** A name, not an offset: an offset ignores daylight saving time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0)
    return true
  } catch {
    return false
  }
}

function isAddressRange(range: string): boolean {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(range) ?? []
  const version = isIP(address)
  // A range of /0 is every address, so each client could choose its own.
  if (bits === undefined) return version !== 0
  return version !== 0 && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128)
}
