import { z } from 'zod'

/** Kinds of values, from a file or as the text of an environment variable. */

export const fromText = (convert: (text: string) => unknown) => (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? convert(value.trim()) : value

/** Environment variables are text: `"4"` is 4, and what is no number stays text so that the fault can show it. */
export const toNumber = fromText((text) => (Number.isNaN(Number(text)) ? text : Number(text)))
export const toBoolean = fromText(
  (text) => ({ true: true, false: false })[text.toLowerCase()] ?? text,
)
/** Set to nothing is not set: a shipped file names keys that wait for their values. */
export const optional = () =>
  z.preprocess((value) => (value === '' ? undefined : value), z.string().min(1).optional())
export const toList = fromText((text) => text.split(/[\s,]+/))
/** Names hold spaces: only commas and semicolons part them. */
export const toNames = fromText((text) => text.split(/\s*[,;]\s*/))

export const integer = (min: number, max: number) =>
  z.preprocess(toNumber, z.number().int().min(min).max(max))
export const decimal = (min: number, max: number) =>
  z.preprocess(toNumber, z.number().min(min).max(max))
export const flag = () => z.preprocess(toBoolean, z.boolean())
export const list = () => z.preprocess(toList, z.array(z.string().min(1)))

/** Keys that are numbers, as practice ids are, make a list of an environment variable's section. */
export const toRecord = (value: unknown) =>
  Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : value

export const timeZone = () =>
  z.string().refine(isTimeZone, 'must be an IANA time zone, like America/New_York')

export const httpUrl = z.url({ protocol: /^https?$/ })
export const megabyte = 1024 * 1024

/** A name, not an offset: an offset knows no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0)
    return true
  } catch {
    return false
  }
}
