import type { Concept, OrderEntry } from '@authscript/prior-auth'
import { sideOf } from '../../codes/look-up.ts'
import { systemNameOf } from '../../codes/system-name.ts'
import { type Side, sideInText, sideOfConcepts } from '../laterality.ts'
import type { Entry } from './listed-entries.ts'

/** The side of a coded entry: by its body site, else by its words, else by what its ICD-10-CM code means. */
export function sideOfEntry(entry: Entry): Side | undefined {
  return sideOfConcepts(entry.sites) ?? sideOfConcepts(entry.concepts) ?? sideByCode(entry.concepts)
}

/** The side an order is for: by its body site, its own words, its notes, its reasons. */
export function sideOfOrder(order: OrderEntry): Side | undefined {
  return (
    sideOfConcepts(order.bodySites) ??
    sideOfConcepts([order.code]) ??
    sideInText(order.notes.join(' ; ')) ??
    sideOfConcepts(order.reasons) ??
    sideByCode(order.reasons)
  )
}

function sideByCode(concepts: readonly Concept[]): Side | undefined {
  const sides = new Set(
    concepts
      .flatMap((concept) => concept.codings)
      .filter((coding) => systemNameOf(coding.system) === 'icd10cm')
      .flatMap((coding) => sideOf(coding.code ?? '') ?? []),
  )
  const [side] = sides
  if (side === undefined || sides.size > 1) return undefined
  return side === 'bilateral' ? 'both' : side
}
