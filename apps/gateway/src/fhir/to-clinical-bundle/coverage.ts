import type { CoverageEntry } from '@authscript/prior-auth'
import type { JsonObject } from '../client/parse-resource.ts'
import {
  conceptsAt,
  dateAt,
  numberAt,
  objectsAt,
  present,
  referencedId,
  sourceOf,
  textAt,
  textsAt,
} from './fields.ts'
import { chosenIdentifier, chosenTelecom } from './people/chosen.ts'
import { containedIn, typeOf } from './people/named.ts'
import { statusAt } from './status.ts'

/** `payers`: the organizations, by id, that the coverage's payor may reference. `day`: the day of the encounter. */
export function toCoverage(
  resource: JsonObject,
  payers: ReadonlyMap<string, JsonObject>,
  day?: string,
): CoverageEntry {
  const payer = payerOf(resource, payers)
  const order = numberAt(resource, 'order')
  const plan = classOf(resource, 'plan')
  const group = classOf(resource, 'group')
  const [type] = conceptsAt(resource, 'type')
  return {
    source: sourceOf(resource),
    ...present({
      status: statusAt(resource, 'status'),
      type: type === undefined || isEmpty(type) ? undefined : type,
      memberId: textAt(resource, 'subscriberId') ?? memberIdentifier(resource, day),
      payerName: payer.name,
      isSelfPay: payer.isPerson ? true : undefined,
      payerPhone: payer.organization && chosenTelecom(payer.organization, 'phone', day, 'work'),
      payerFax: payer.organization && chosenTelecom(payer.organization, 'fax', day, 'work'),
      subscriberName: textAt(resource, 'subscriber.display'),
      planName: plan === undefined ? undefined : textAt(plan, 'name', 'value'),
      groupNumber: group === undefined ? undefined : textAt(group, 'value'),
      relationship: relationshipOf(resource),
      periodStart: dateAt(resource, 'period.start'),
      periodEnd: dateAt(resource, 'period.end'),
      order: order === undefined || !Number.isInteger(order) ? undefined : order,
    }),
  }
}

function isEmpty({ codings, text }: NonNullable<CoverageEntry['type']>): boolean {
  return codings.length === 0 && text === undefined
}

interface Payer {
  readonly name?: string | undefined
  readonly organization?: JsonObject | undefined
  /** The patient or a relative pays: there is no insurer. */
  readonly isPerson?: boolean
}

const persons: ReadonlySet<string> = new Set(['Patient', 'RelatedPerson'])

/** The first payor with a name: from the reference's display, or from its organization, contained or read. */
function payerOf(resource: JsonObject, payers: ReadonlyMap<string, JsonObject>): Payer {
  const references = objectsAt(resource, 'payor')
  let found: Payer = {}
  for (const reference of references) {
    const text = textAt(reference, 'reference')
    if (persons.has(typeOf(reference, resource) ?? '')) continue
    const organization = text?.startsWith('#')
      ? containedIn(resource, text)
      : payers.get(referencedId(text, 'Organization') ?? '')
    const name =
      textAt(reference, 'display') ??
      (organization === undefined ? undefined : textAt(organization, 'name')) ??
      textAt(reference, 'identifier.assigner.display')
    if (name !== undefined) return { name, organization }
    found = { organization }
  }
  const isPerson =
    references.length > 0 &&
    references.every((reference) => persons.has(typeOf(reference, resource) ?? ''))
  return isPerson ? { isPerson } : found
}

/** Coverage.class by its code (`group`, `plan`) in any case, or by its text. */
function classOf(resource: JsonObject, type: 'plan' | 'group'): JsonObject | undefined {
  const classes = objectsAt(resource, 'class')
  const pattern = new RegExp(`^${type}(?:[ _-]?(?:no|num|number|id|name))?$`, 'i')
  return (
    classes.find((one) => textsAt(one, 'type.coding.code').some((code) => pattern.test(code))) ??
    classes.find((one) =>
      textsAt(one, 'type.text')
        .concat(textsAt(one, 'type.coding.display'))
        .some((text) => pattern.test(text)),
    )
  )
}

/** Codes of other code systems with the same meaning. @see http://terminology.hl7.org/CodeSystem/subscriber-relationship */
const relationships: Readonly<Record<string, string>> = {
  '18': 'self',
  oneself: 'self',
  onself: 'self',
  subscriber: 'self',
  '01': 'spouse',
  '19': 'child',
}

function relationshipOf(resource: JsonObject): string | undefined {
  const words = [
    ...textsAt(resource, 'relationship.coding.code'),
    ...textsAt(resource, 'relationship.text'),
  ].map((one) => one.toLowerCase())
  const known = words.map((one) => relationships[one] ?? one)
  return known.find((one) => one === 'self') ?? known[0]
}

/** @see http://terminology.hl7.org/CodeSystem/v2-0203 (MB, member number) */
function memberIdentifier(resource: JsonObject, day: string | undefined): string | undefined {
  return (
    chosenIdentifier(resource, day, (one) => textsAt(one, 'type.coding.code').includes('MB')) ??
    chosenIdentifier(resource, day, (one) =>
      /member|subscriber/i.test(textAt(one, 'type.text') ?? ''),
    )
  )
}
