import type { MeasuredValue } from '@authscript/prior-auth'
import type { Entry } from './listed-entries.ts'

/** An entry in a few words for the reviewer: its code and display, and its value. */
export function summaryOf(entry: Entry): string {
  const [concept] = entry.concepts
  const [coding] = concept?.codings ?? []
  const value =
    'value' in entry.resource
      ? valueText(entry.resource.value as MeasuredValue | undefined)
      : undefined
  const age = 'ageYears' in entry.resource ? `age ${String(entry.resource.ageYears)}` : undefined
  const parts = [coding?.code, coding?.display ?? concept?.text, value, age].filter(
    (part) => part !== undefined && part !== '',
  )
  return parts.length === 0 ? entry.source.resourceType : parts.join(' ')
}

function valueText(value: MeasuredValue | undefined): string | undefined {
  switch (value?.kind) {
    case 'quantity':
      return `${value.comparator ?? ''}${value.value}${value.unit === undefined ? '' : ` ${value.unit}`}`
    case 'concept':
      return value.concept.text ?? value.concept.codings[0]?.display
    case 'text':
      return value.text
    case 'boolean':
      return value.value ? 'yes' : 'no'
    case 'range':
      return [value.low, value.high].filter((one) => one !== undefined).join(' to ')
    case undefined:
      return undefined
  }
}
